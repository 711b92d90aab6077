using AbstractReview.App.Call;
using AbstractReview.Domain;
using AbstractReview.Domain.Programmes;
using MediatR;

namespace AbstractReview.App.Programme;

/// <summary>The draft with its clashes, for the committee; the newest release for everybody else.</summary>
public sealed record ReadProgramme(Actor By) : IQuery<ProgrammeReading>;

/// <param name="IsDraft">Whether this is the committee's draft.</param>
/// <param name="Version">The draft's version, or the release's number.</param>
/// <param name="Programme">What is in it.</param>
/// <param name="Document">The draft as edits and PUT take it; null for a release.</param>
/// <param name="Clashes">What is wrong with the draft; empty for a release.</param>
/// <param name="Unscheduled">Accepted submissions without a place; empty for a release.</param>
/// <param name="Steps">The newest versions of the draft.</param>
public sealed record ProgrammeReading(bool IsDraft, int Version, ProgrammeView Programme, ProgrammeDocument? Document, IReadOnlyList<Clash> Clashes,
    IReadOnlyList<AcceptedTalk> Unscheduled, IReadOnlyList<DraftStep> Steps)
{
    /// <summary>The accepted submissions by number; empty for a release.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyDictionary<int, AcceptedTalk> Accepted { get; init; } = new Dictionary<int, AcceptedTalk>();
}

internal sealed class ReadProgrammeHandler(ProgrammeStore store, AcceptedTalks talks, ConferenceReader reader, Releases releases, TimeProvider clock) : IRequestHandler<ReadProgramme, ProgrammeReading>
{
    public async Task<ProgrammeReading> Handle(ReadProgramme query, CancellationToken ct)
    {
        if (!Access.MaySeeProgrammeDraft(query.By))
        {
            var release = await releases.Newest(ct) ?? throw new NotFoundException("The programme has not been released yet.");
            return new ProgrammeReading(false, release.Number, release.ForEverybody(), null, [], [], []);
        }

        var conference = await reader.Current(ct);
        var draft = await store.Draft(conference, ct);
        var accepted = await talks.Read(ct);
        var view = new ViewBuilder(conference, accepted, await releases.Newest(ct)).Build(draft.Document, 0, clock.GetUtcNow());
        var clashes = Clashes.Check(draft.Document, accepted.Talks, conference);
        var unscheduled = accepted.Talks.Values.Where(t => draft.Document.Find(t.Number) is null).OrderBy(t => t.Number).ToList();
        return new ProgrammeReading(true, draft.Version, view.ForEverybody(), draft.Document, clashes, unscheduled, await store.Steps(20, ct)) { Accepted = accepted.Talks };
    }
}
