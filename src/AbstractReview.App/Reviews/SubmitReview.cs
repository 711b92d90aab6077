using AbstractReview.App.Audit;
using AbstractReview.Domain;
using AbstractReview.Domain.Reviews;
using MediatR;

namespace AbstractReview.App.Reviews;

/// <summary>A reviewer hands in a complete review; the submission's standing is collected anew. Handing in again replaces what was handed in.</summary>
/// <param name="Number">The submission.</param>
/// <param name="Form">All of it; null hands in the draft as it stands.</param>
/// <param name="Version">The version it was written over, 0 for none; null does not ask.</param>
/// <param name="By">The reviewer.</param>
public sealed record SubmitReview(int Number, ReviewForm? Form, int? Version, Actor By) : ICommand<SavedReview>;

internal sealed class SubmitReviewHandler(ReviewDesk desk, ReviewRows rows, AuditLog audit, TimeProvider clock) : IRequestHandler<SubmitReview, SavedReview>
{
    public async Task<SavedReview> Handle(SubmitReview command, CancellationToken ct)
    {
        var (call, before) = await desk.Open(command.Number, command.Version, command.By, ct);
        // A second press of the button changes nothing.
        if (command.Form is null && before is { State: ReviewState.Submitted }) return new SavedReview(before.Version, before.State, before.UpdatedAt);
        var form = command.Form ?? before?.Form ?? new ReviewForm();
        if (form.CheckComplete(call.Review) is { Count: > 0 } errors) throw new RuleBrokenException(errors);
        var now = clock.GetUtcNow();
        var after = new StoredReview
        {
            State = ReviewState.Submitted, Form = form, Overall = form.Overall(call.Review), UpdatedAt = now, SubmittedAt = now, Version = (before?.Version ?? 0) + 1,
        };
        await rows.Store(command.Number, command.By.PersonId, after, ct);
        await rows.MarkDue(command.Number, call.Review.ReviewsPerSubmission, ct);
        await audit.Write(command.By, "review.submitted", "submission", command.Number, new { before?.Overall }, new { after.Version, after.Overall }, ct);
        return new SavedReview(after.Version, after.State, after.UpdatedAt);
    }
}
