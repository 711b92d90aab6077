using AbstractReview.App.Audit;
using AbstractReview.Domain;
using AbstractReview.Domain.Reviews;
using MediatR;

namespace AbstractReview.App.Reviews;

/// <summary>A reviewer takes a handed-in review back to work on it; until it is handed in again it does not count.</summary>
public sealed record ReopenReview(int Number, int? Version, Actor By) : ICommand<SavedReview>;

internal sealed class ReopenReviewHandler(ReviewDesk desk, ReviewRows rows, AuditLog audit, TimeProvider clock) : IRequestHandler<ReopenReview, SavedReview>
{
    public async Task<SavedReview> Handle(ReopenReview command, CancellationToken ct)
    {
        var (call, before) = await desk.Open(command.Number, command.Version, command.By, ct);
        if (before is not { State: ReviewState.Submitted }) throw new RuleBrokenException("state", "This review is not handed in: there is nothing to re-open.");
        var after = before with { State = ReviewState.Draft, Overall = null, SubmittedAt = null, UpdatedAt = clock.GetUtcNow(), Version = before.Version + 1 };
        await rows.Store(command.Number, command.By.PersonId, after, ct);
        await rows.MarkDue(command.Number, call.Review.ReviewsPerSubmission, ct);
        await audit.Write(command.By, "review.reopened", "submission", command.Number, new { before.Overall }, new { after.Version }, ct);
        return new SavedReview(after.Version, after.State, after.UpdatedAt);
    }
}
