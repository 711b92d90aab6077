using AbstractReview.App.Audit;
using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using MediatR;

namespace AbstractReview.App.Reviews;

/// <summary>What may be switched while review runs.</summary>
/// <param name="LateReviews">Reviews are taken after the deadline.</param>
/// <param name="Rebuttal">Authors may answer their reviews.</param>
/// <param name="RebuttalOpens">From when, local; from the review deadline where empty.</param>
/// <param name="RebuttalCloses">Until when, local; until decisions are due where empty.</param>
public sealed record ReviewingSwitches(bool LateReviews, bool Rebuttal, DateTime? RebuttalOpens, DateTime? RebuttalCloses)
{
    public static ReviewingSwitches Of(ReviewRules rules) => new(rules.LateReviews, rules.Rebuttal, rules.RebuttalOpens, rules.RebuttalCloses);
}

/// <summary>The chair takes late reviews or no longer, and opens or moves the round of authors' answers.</summary>
public sealed record ChangeReviewing(ReviewingSwitches Switches, Actor By) : ICommand<Unit>;

internal sealed class ChangeReviewingHandler(Db db, ConferenceReader conference, AuditLog audit, TimeProvider clock) : IRequestHandler<ChangeReviewing, Unit>
{
    public async Task<Unit> Handle(ChangeReviewing command, CancellationToken ct)
    {
        Access.Require(Access.MayEditCall(command.By), "change how reviewing goes on");
        var standing = await conference.Current(ct);
        var before = ReviewingSwitches.Of(standing.Review);
        var (late, rebuttal, opens, closes) = command.Switches;
        if (command.Switches == before) return Unit.Value;
        var changed = standing with { Review = standing.Review with { LateReviews = late, Rebuttal = rebuttal, RebuttalOpens = opens, RebuttalCloses = closes } };
        var document = ConferenceFile.Write(changed);
        // Read back, so that what the file's rules forbid is refused here too.
        ConferenceFile.Read(document);
        await db.Run(Store, new { document, now = clock.GetUtcNow() }, ct);
        conference.Forget();
        await audit.Write(command.By, "reviewing.changed", "conference", 1, before, command.Switches, ct);
        return Unit.Value;
    }

    private const string Store = "update Conference set Document = @document, Version = Version + 1, ChangedAt = @now where Id = 1";
}
