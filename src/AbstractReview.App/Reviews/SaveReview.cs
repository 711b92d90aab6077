using AbstractReview.App.Audit;
using AbstractReview.Domain;
using AbstractReview.Domain.Reviews;
using MediatR;

namespace AbstractReview.App.Reviews;

/// <summary>A reviewer keeps a review that is not finished yet; nobody else sees it. A review that was handed in is re-opened first.</summary>
/// <param name="Number">The submission.</param>
/// <param name="Form">All of it, as it stands.</param>
/// <param name="Version">The version it was written over, 0 for none; null does not ask.</param>
/// <param name="By">The reviewer.</param>
public sealed record SaveReview(int Number, ReviewForm Form, int? Version, Actor By) : ICommand<SavedReview>;

public sealed record SavedReview(int Version, ReviewState State, DateTimeOffset UpdatedAt);

internal sealed class SaveReviewHandler(ReviewDesk desk, ReviewRows rows, AuditLog audit, TimeProvider clock) : IRequestHandler<SaveReview, SavedReview>
{
    public async Task<SavedReview> Handle(SaveReview command, CancellationToken ct)
    {
        var (call, before) = await desk.Open(command.Number, command.Version, command.By, ct);
        if (before?.State == ReviewState.Submitted) throw new RuleBrokenException("state", "This review was handed in. Re-open it to change it.");
        if (command.Form.CheckDraft(call.Review) is { Count: > 0 } errors) throw new RuleBrokenException(errors);
        var after = new StoredReview
        {
            State = ReviewState.Draft, Form = command.Form, Overall = null, UpdatedAt = clock.GetUtcNow(), SubmittedAt = null, Version = (before?.Version ?? 0) + 1,
        };
        await rows.Store(command.Number, command.By.PersonId, after, ct);
        await audit.Write(command.By, "review.saved", "submission", command.Number, null, new { after.Version }, ct);
        return new SavedReview(after.Version, after.State, after.UpdatedAt);
    }
}
