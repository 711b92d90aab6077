using AbstractReview.App.Call;
using AbstractReview.App.Programme.Imports;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Programmes;
using MediatR;

namespace AbstractReview.App.Programme;

/// <summary>
/// What a timetable from elsewhere would change: Indico's contribution CSV, a CSV table or workbook with named columns, frab XML or
/// schedule.json, told apart by their content. The file is kept so that <see cref="ApplyTimetable"/> takes what was seen.
/// </summary>
/// <param name="File">Up to 4 MB.</param>
/// <param name="Whole">Submissions that the file does not mention are taken out.</param>
/// <param name="By">Who asks.</param>
public sealed record PreviewTimetable(byte[] File, bool Whole, Actor By) : IQuery<TimetablePreview>;

/// <param name="File">SHA-256 of the file, for <see cref="ApplyTimetable"/>.</param>
/// <param name="Version">The draft's version it was compared with.</param>
/// <param name="Whole">Whether what it does not mention is taken out.</param>
/// <param name="Events">How many events it holds.</param>
/// <param name="Changes">What would change, a line each.</param>
/// <param name="Problems">What could not be taken over, a line each.</param>
/// <param name="Clashes">What would clash afterwards and does not now.</param>
public sealed record TimetablePreview(string File, int Version, bool Whole, int Events, IReadOnlyList<string> Changes, IReadOnlyList<string> Problems, IReadOnlyList<Clash> Clashes);

internal sealed class PreviewTimetableHandler(ProgrammeStore store, AcceptedTalks talks, ConferenceReader reader, IFiles files, TimeProvider clock) : IRequestHandler<PreviewTimetable, TimetablePreview>
{
    public async Task<TimetablePreview> Handle(PreviewTimetable query, CancellationToken ct)
    {
        Access.Require(Access.MayEditProgramme(query.By), "import a timetable");
        var conference = await reader.Current(ct);
        var draft = await store.Draft(conference, ct);
        var accepted = await talks.Read(ct);
        var events = TimetableFile.Read(query.File, conference);
        var (document, problems) = TimetableImport.Lay(draft.Document, events, accepted, conference, query.Whole);
        var builder = new ViewBuilder(conference, accepted, null);
        var changes = ReleaseDifference.Between(builder.Build(draft.Document, 0, clock.GetUtcNow()), builder.Build(document, 0, clock.GetUtcNow()));
        var known = Clashes.Check(draft.Document, accepted.Talks, conference).Select(c => c.Words).ToHashSet();
        var clashes = Clashes.Check(document, accepted.Talks, conference).Where(c => c.Rule != "unplaced" && !known.Contains(c.Words)).ToList();
        return new TimetablePreview(await files.Put(query.File, ct), draft.Version, query.Whole, events.Count, changes.Select(c => c.Words).ToList(), problems, clashes);
    }
}

/// <summary>Takes a previewed timetable over into the draft, as one step. Answers the new version.</summary>
/// <param name="File">SHA-256 from the preview.</param>
/// <param name="Whole">As previewed.</param>
/// <param name="Version">The draft's version that was previewed; null for whatever stands.</param>
/// <param name="By">Who asks.</param>
public sealed record ApplyTimetable(string File, bool Whole, int? Version, Actor By) : ILongCommand<int>;

internal sealed class ApplyTimetableHandler(ProgrammeStore store, AcceptedTalks talks, ConferenceReader reader, IFiles files) : IRequestHandler<ApplyTimetable, int>
{
    public async Task<int> Handle(ApplyTimetable command, CancellationToken ct)
    {
        Access.Require(Access.MayEditProgramme(command.By), "import a timetable");
        var conference = await reader.Current(ct);
        var draft = await store.Draft(conference, ct);
        if (command.Version is { } seen && seen != draft.Version) throw new StaleException("Somebody changed the programme since this preview. Look at the difference again.", draft.Version);
        if (command.File.Length != 64 || !command.File.All(char.IsAsciiHexDigitLower) || await files.Get(command.File, ct) is not { } bytes) throw new NotFoundException("There is no such preview; choose the file again.");
        var accepted = await talks.Read(ct);
        var (document, _) = TimetableImport.Lay(draft.Document, TimetableFile.Read(bytes, conference), accepted, conference, command.Whole);
        DraftRules.RefuseUnsavable(Clashes.Check(document, accepted.Talks, conference));
        return await store.Save(document, draft.Version, "Timetable imported", command.By, ct);
    }
}
