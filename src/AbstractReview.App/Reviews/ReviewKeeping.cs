using AbstractReview.App.Audit;
using AbstractReview.Domain;
using AbstractReview.Domain.Reviews;

namespace AbstractReview.App.Reviews;

/// <summary>How a review is kept and handed in, whichever door it comes through. Only inside a transaction.</summary>
public sealed class ReviewKeeping(ReviewDesk desk, ReviewRows rows, Reminders reminders, AuditLog audit, TimeProvider clock)
{
    /// <summary>Keeps a draft; see <see cref="SaveReview"/>.</summary>
    internal async Task<SavedReview> Save(int number, ReviewForm form, int? version, Actor by, CancellationToken ct)
    {
        var (call, before) = await desk.Open(number, version, by, ct);
        if (before?.State == ReviewState.Submitted) throw new RuleBrokenException("state", "This review was handed in. Re-open it to change it.");
        if (form.CheckDraft(call.Review) is { Count: > 0 } errors) throw new RuleBrokenException(errors);
        var after = new StoredReview
        {
            State = ReviewState.Draft, Form = form, Overall = null, UpdatedAt = clock.GetUtcNow(), SubmittedAt = null, Version = (before?.Version ?? 0) + 1,
        };
        await rows.Store(number, by.PersonId, after, ct);
        await audit.Write(by, "review.saved", "submission", number, null, new { after.Version }, ct);
        return new SavedReview(after.Version, after.State, after.UpdatedAt);
    }

    /// <summary>Hands a review in; see <see cref="SubmitReview"/>.</summary>
    internal async Task<SavedReview> Submit(int number, ReviewForm? handedIn, int? version, Actor by, CancellationToken ct)
    {
        var (call, before) = await desk.Open(number, version, by, ct);
        // A second press of the button changes nothing.
        if (handedIn is null && before is { State: ReviewState.Submitted }) return new SavedReview(before.Version, before.State, before.UpdatedAt);
        var form = handedIn ?? before?.Form ?? new ReviewForm();
        if (form.CheckComplete(call.Review) is { Count: > 0 } errors) throw new RuleBrokenException(errors);
        var now = clock.GetUtcNow();
        var after = new StoredReview
        {
            State = ReviewState.Submitted, Form = form, Overall = form.Overall(call.Review), UpdatedAt = now, SubmittedAt = now, Version = (before?.Version ?? 0) + 1,
        };
        await rows.Store(number, by.PersonId, after, ct);
        await rows.MarkDue(number, call.Review.ReviewsPerSubmission, ct);
        await rows.Name(number, by.PersonId, call.Review.ReviewsPerSubmission, ct);
        await reminders.DropIfDone(by.PersonId, ct);
        await audit.Write(by, "review.submitted", "submission", number, new { before?.Overall }, new { after.Version, after.Overall }, ct);
        return new SavedReview(after.Version, after.State, after.UpdatedAt);
    }
}
