using AbstractReview.App.Call;
using AbstractReview.Domain;
using AbstractReview.Domain.Programmes;
using MediatR;

namespace AbstractReview.App.Programme;

/// <summary>The committee stores a whole document as the draft. Answers the new version.</summary>
public sealed record SaveProgramme(ProgrammeDocument Document, int? Version, Actor By) : ICommand<int>
{
    /// <summary>What the list of versions says of it.</summary>
    public string Words { get; init; } = "Whole programme saved";
}

internal sealed class SaveProgrammeHandler(ProgrammeStore store, AcceptedTalks talks, ConferenceReader reader) : IRequestHandler<SaveProgramme, int>
{
    public async Task<int> Handle(SaveProgramme command, CancellationToken ct)
    {
        Access.Require(Access.MayEditProgramme(command.By), "edit the programme");
        var conference = await reader.Current(ct);
        var standing = (await store.Draft(conference, ct)).Version;
        if (command.Version is { } version && version != standing) throw new StaleException("Somebody changed the programme in the meantime.", standing);
        var document = command.Document with { Sessions = command.Document.Sessions.Select(s => s with { Slots = s.InOrder() }).ToList() };
        DraftRules.RefuseUnsavable(Clashes.Check(document, (await talks.Read(ct)).Talks, conference));
        return await store.Save(document, standing, command.Words, command.By, ct);
    }
}

internal static class DraftRules
{
    /// <exception cref="RuleBrokenException">Something blocks saving.</exception>
    public static void RefuseUnsavable(IReadOnlyList<Clash> clashes)
    {
        var errors = clashes.Where(c => c.Level == ClashLevel.BlocksSaving).Select(c => new FieldError("sessions", c.Words)).ToList();
        if (errors.Count > 0) throw new RuleBrokenException(errors);
    }
}
