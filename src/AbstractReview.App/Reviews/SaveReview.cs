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

internal sealed class SaveReviewHandler(ReviewKeeping reviews) : IRequestHandler<SaveReview, SavedReview>
{
    public Task<SavedReview> Handle(SaveReview command, CancellationToken ct) => reviews.Save(command.Number, command.Form, command.Version, command.By, ct);
}
