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

internal sealed class EditProgrammeHandler(DraftEditing editing) : IRequestHandler<EditProgramme, int>
{
    public Task<int> Handle(EditProgramme command, CancellationToken ct) => editing.Apply([command.Edit], ProgrammeEdits.Words(command.Edit), command.Version, command.By, ct);
}

/// <summary>Several edits as one step: all of them or none, and one undo takes them back. Merged like a single one. Answers the new version.</summary>
/// <param name="Edits">At least one, at most 5,000; done in order.</param>
/// <param name="Words">What the list of versions says of it, up to 200 characters.</param>
/// <param name="Version">The version they were made on; null for whatever stands.</param>
/// <param name="By">Who asks.</param>
public sealed record EditProgrammeTogether(IReadOnlyList<ProgrammeEdit> Edits, string Words, int? Version, Actor By) : ICommand<int>;

internal sealed class EditProgrammeTogetherHandler(DraftEditing editing) : IRequestHandler<EditProgrammeTogether, int>
{
    public Task<int> Handle(EditProgrammeTogether command, CancellationToken ct)
    {
        if (command.Edits.Count is 0 or > 5000) throw new RuleBrokenException("edits", "Send 1 to 5,000 edits.");
        if (command.Words.Length is 0 or > 200) throw new RuleBrokenException("words", "Say in 1 to 200 characters what the edits are for.");
        return editing.Apply(command.Edits, command.Words, command.Version, command.By, ct);
    }
}

/// <summary>Applies edits to the draft as it stands. Inside a command's transaction.</summary>
public sealed class DraftEditing(ProgrammeStore store, AcceptedTalks talks, ConferenceReader reader)
{
    /// <exception cref="StaleException">Somebody touched the same talk or session since <paramref name="version"/>.</exception>
    internal async Task<int> Apply(IReadOnlyList<ProgrammeEdit> edits, string words, int? version, Actor by, CancellationToken ct)
    {
        Access.Require(Access.MayEditProgramme(by), "edit the programme");
        var conference = await reader.Current(ct);
        var draft = await store.Draft(conference, ct);
        if (version is { } seen && seen != draft.Version && await store.At(seen, conference, ct) is var then && edits.Select(e => Touched(e, then, draft.Document)).FirstOrDefault(w => w is not null) is { } what)
            throw new StaleException($"Somebody else changed {what} in the meantime. Look again before you change it.", draft.Version);
        var accepted = await talks.Read(ct);
        var document = edits.Aggregate(draft.Document, (d, edit) => ProgrammeEdits.Apply(d, edit, accepted.Talks, conference));
        DraftRules.RefuseUnsavable(Clashes.Check(document, accepted.Talks, conference));
        return await store.Save(document, draft.Version, words, by, ct);
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
public sealed record StepProgramme(bool Redo, Actor By) : ICommand<int>
{
    /// <summary>The version whose last step is meant; null for whatever stands.</summary>
    public int? Version { get; init; }
}

internal sealed class StepProgrammeHandler(ProgrammeStore store, ConferenceReader reader) : IRequestHandler<StepProgramme, int>
{
    public async Task<int> Handle(StepProgramme command, CancellationToken ct)
    {
        Access.Require(Access.MayEditProgramme(command.By), "edit the programme");
        return await store.Step(command.Redo, command.Version, await reader.Current(ct), command.By, ct);
    }
}
