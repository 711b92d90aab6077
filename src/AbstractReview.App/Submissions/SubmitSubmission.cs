using AbstractReview.App.Audit;
using AbstractReview.App.Call;
using AbstractReview.Domain;
using AbstractReview.Domain.Submissions;
using MediatR;

namespace AbstractReview.App.Submissions;

/// <summary>An author hands in a draft, or again what the committee returned; the deadline is checked in this transaction.</summary>
public sealed record SubmitSubmission(int Number, Actor By) : ICommand<HandedIn>;

/// <param name="Number">The submission.</param>
/// <param name="Version">Its version now.</param>
/// <param name="Revision">1 for the first.</param>
/// <param name="At">When it was taken, by the server's clock.</param>
/// <param name="ContentHash">SHA-256 of the content in lower-case hex.</param>
public sealed record HandedIn(int Number, int Version, int Revision, DateTimeOffset At, string ContentHash);

internal sealed class SubmitSubmissionHandler(ConferenceReader conferences, Relations relations, SubmissionStore store, HandingIn handingIn, AuditLog audit, TimeProvider clock)
    : IRequestHandler<SubmitSubmission, HandedIn>
{
    public async Task<HandedIn> Handle(SubmitSubmission command, CancellationToken ct)
    {
        var relation = await relations.RequireSeen(command.Number, command.By, ct);
        Access.Require(Access.MayEditSubmission(command.By, relation), $"submit submission {command.Number}");
        var conference = await conferences.Current(ct);
        var draft = await store.Load(command.Number, ct);
        draft.State.After(Verb.Submit);
        var now = clock.GetUtcNow();
        await handingIn.MustBeOpen(conference, draft.Content.AreaCode, draft, command.By, now, ct);
        SaveDraftHandler.Refuse(ContentRules.CheckComplete(draft.Content, conference));
        var (submitted, json) = HandingIn.Revise(draft, draft.Content, now);
        await store.Update(submitted, draft.Version, authorsChanged: false, ct);
        await handingIn.Record(conference, submitted, json, command.By, ct);
        await audit.Write(command.By, "submission.submitted", "submission", command.Number, new { draft.State, draft.Revision }, new { submitted.State, submitted.Revision, submitted.ContentHash }, ct);
        return new HandedIn(command.Number, draft.Version + 1, submitted.Revision, now, submitted.ContentHash);
    }
}
