using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Programmes;
using MediatR;

namespace AbstractReview.App.Programme;

/// <summary>
/// The committee places, moves or removes something, or names chairs. An edit made on an older version is merged when nobody
/// else touched the same talk or session since. Answers the new version.
/// </summary>
public sealed record EditProgramme(ProgrammeEdit Edit, int? Version, Actor By) : ICommand<int>;

internal sealed class EditProgrammeHandler(ProgrammeStore store, AcceptedTalks talks, ConferenceReader reader) : IRequestHandler<EditProgramme, int>
{
    public async Task<int> Handle(EditProgramme command, CancellationToken ct)
    {
        Access.Require(Access.MayEditProgramme(command.By), "edit the programme");
        var conference = await reader.Current(ct);
        var draft = await store.Draft(conference, ct);
        if (command.Version is { } seen && seen != draft.Version && Touched(command.Edit, await store.At(seen, conference, ct), draft.Document) is { } what)
            throw new StaleException($"Somebody else changed {what} in the meantime. Look again before you change it.", draft.Version);
        var accepted = await talks.Read(ct);
        var document = ProgrammeEdits.Apply(draft.Document, command.Edit, accepted.Talks, conference);
        DraftRules.RefuseUnsavable(Clashes.Check(document, accepted.Talks, conference));
        return await store.Save(document, draft.Version, ProgrammeEdits.Words(command.Edit), command.By, ct);
    }

    // What the edit speaks of and somebody changed since it was seen.
    private static string? Touched(ProgrammeEdit edit, ProgrammeDocument? seen, ProgrammeDocument standing)
    {
        if (seen is null) return "the programme";
        if (edit.Number is { } number && Json.Write(seen.Find(number)?.Slot) != Json.Write(standing.Find(number)?.Slot)) return Slot.CodeOf(number);
        if (edit.Number is null && edit.Session is { } session && Json.Write(seen.Session(session)) != Json.Write(standing.Session(session))) return session;
        return null;
    }
}

/// <summary>Takes back the last step of the draft, or brings it again. Answers the new version.</summary>
public sealed record StepProgramme(bool Redo, Actor By) : ICommand<int>;

internal sealed class StepProgrammeHandler(ProgrammeStore store, ConferenceReader reader) : IRequestHandler<StepProgramme, int>
{
    public async Task<int> Handle(StepProgramme command, CancellationToken ct)
    {
        Access.Require(Access.MayEditProgramme(command.By), "edit the programme");
        return await store.Step(command.Redo, await reader.Current(ct), command.By, ct);
    }
}
