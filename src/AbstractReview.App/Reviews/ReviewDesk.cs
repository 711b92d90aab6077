using AbstractReview.App.Call;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Reviews;

namespace AbstractReview.App.Reviews;

/// <summary>What every change of a review asks first: is it this person's to write, is it still time, and is it the version they saw.</summary>
public sealed class ReviewDesk(Relations relations, ConferenceReader conference, ReviewRows rows, TimeProvider clock)
{
    /// <exception cref="NotFoundException">The submission does not exist for this person.</exception>
    /// <exception cref="NotAllowedException">They do not review it.</exception>
    /// <exception cref="RuleBrokenException">Reviews of it are closed.</exception>
    /// <exception cref="StaleException">The review changed since <paramref name="version"/> (0 for none yet; null does not ask).</exception>
    internal async Task<(Conference Conference, StoredReview? Before)> Open(int number, int? version, Actor by, CancellationToken ct)
    {
        var relation = await relations.RequireSeen(number, by, ct);
        Access.Require(Access.MayReview(by, relation), $"review submission {number}");
        var call = await conference.Current(ct);
        ReviewTime.MustBeOpen(call, relation.State, clock.GetUtcNow());
        var before = await rows.Of(number, by.PersonId, ct);
        if (version is { } seen && seen != (before?.Version ?? 0))
            throw new StaleException("This review was saved elsewhere in the meantime.", before?.Version ?? 0);
        return (call, before);
    }
}
