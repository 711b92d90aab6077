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

internal sealed class SubmitReviewHandler(ReviewKeeping reviews) : IRequestHandler<SubmitReview, SavedReview>
{
    public Task<SavedReview> Handle(SubmitReview command, CancellationToken ct) => reviews.Submit(command.Number, command.Form, command.Version, command.By, ct);
}
