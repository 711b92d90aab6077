using AbstractReview.App.Call;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Programme;

/// <summary>What a release would change and whom it would be told, before anybody presses the button.</summary>
public sealed record PreviewRelease(Actor By) : IQuery<ReleasePreview>;

/// <param name="Last">The release that stands; 0 when there is none.</param>
/// <param name="Changes">A line each.</param>
/// <param name="Mails">How many people would be told.</param>
public sealed record ReleasePreview(int Last, IReadOnlyList<string> Changes, int Mails);

internal sealed class PreviewReleaseHandler(ProgrammeStore store, AcceptedTalks talks, ConferenceReader reader, Releases releases, TimeProvider clock) : IRequestHandler<PreviewRelease, ReleasePreview>
{
    public async Task<ReleasePreview> Handle(PreviewRelease query, CancellationToken ct)
    {
        Access.Require(Access.MaySeeProgrammeDraft(query.By), "see the programme's draft");
        var conference = await reader.Current(ct);
        var draft = await store.Draft(conference, ct);
        var accepted = await talks.Read(ct);
        var last = await releases.Newest(ct);
        var view = new ViewBuilder(conference, accepted, last).Build(draft.Document, (last?.Number ?? 0) + 1, clock.GetUtcNow());
        var changes = ReleaseDifference.Between(last, view);
        return new ReleasePreview(last?.Number ?? 0, changes.Select(c => c.Words).ToList(), ReleaseNotices.Between(last, view, changes, accepted, draft.Document).Count);
    }
}
