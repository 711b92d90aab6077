using AbstractReview.App.Call;
using AbstractReview.App.Jobs;
using AbstractReview.App.Storage;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Reviews;
using MediatR;

namespace AbstractReview.App.Reviews;

/// <summary>
/// Brings every standing that is due up to date, and the calibrated scores of all, which move a little with each review.
/// Answers how many were due. A standing that falls due again meanwhile stays due.
/// </summary>
[Timetable(Alarms.Scores, "*/5 * * * *")]
public sealed record CollectScores : IRequest<int>;

/// <summary>What a standing holds beside its columns.</summary>
public sealed record StandingDocument
{
    public IReadOnlyDictionary<string, double> Criteria { get; init; } = new Dictionary<string, double>();
    public IReadOnlyDictionary<Recommendation, int> Recommendations { get; init; } = new Dictionary<Recommendation, int>();
    /// <summary>The reviews lie further apart than chance explains.</summary>
    public bool Disagreement { get; init; }
}

internal sealed class CollectScoresHandler(Db db, ConferenceReader conference, TimeProvider clock) : IRequestHandler<CollectScores, int>
{
    // Standings stored in one transaction: small enough that reviewers who save meanwhile hardly wait.
    private const int Batch = 250;

    public async Task<int> Handle(CollectScores request, CancellationToken ct)
    {
        // Read before the reviews: what changes after this has another version and stays due.
        var standings = await db.All<StandingRow>(ReadStandings, null, ct);
        if (!standings.Any(s => s.Due)) return 0;
        var call = await conference.Current(ct);
        var rules = call.Review;
        var reviews = await db.All<ReviewRow>(ReadReviews, null, ct);
        var calibration = Calibration.Of(reviews.Select(r => new Scored(r.SubmissionNumber, r.ReviewerId, r.Overall)).ToList(), rules.ScoreMin, rules.ScoreMax);
        var bySubmission = reviews.ToLookup(r => r.SubmissionNumber);
        var moved = standings.Select(s => (Standing: s, Now: calibration.Submissions.GetValueOrDefault(s.SubmissionNumber))).Where(m => m.Standing.Due || Moved(m.Standing, m.Now));
        foreach (var batch in moved.Chunk(Batch))
            await db.LongTransaction(async () =>
            {
                foreach (var (standing, now) in batch)
                    // All of them move a little with each review; what was collected from a submission's own reviews moves only with those.
                    if (standing.Due || standing.Disagreement != (now?.Disagreement ?? false)) await db.Run(Store, Collect(standing, bySubmission[standing.SubmissionNumber], now, call), ct);
                    else await db.Run(StoreCalibrated, new { standing.SubmissionNumber, standing.Version, Calibrated = now?.Score, now?.Low, now?.High, now = clock.GetUtcNow() }, ct);
            }, ct);
        return standings.Count(s => s.Due);
    }

    private static bool Moved(StandingRow standing, Calibrated? now)
        => !Near(standing.Calibrated, now?.Score) || !Near(standing.Low, now?.Low) || !Near(standing.High, now?.High) || standing.Disagreement != (now?.Disagreement ?? false);

    private object Collect(StandingRow standing, IEnumerable<ReviewRow> reviews, Calibrated? calibrated, Conference call)
    {
        var collected = Collected.Of(reviews.Select(r => r.HandedIn()).ToList(), call.Review);
        return new
        {
            standing.SubmissionNumber, standing.Version, Wanted = call.ReviewsWanted(standing.AreaCode), collected.Reviews, collected.Mean, collected.WeightedMean, collected.Spread,
            Calibrated = calibrated?.Score, calibrated?.Low, calibrated?.High, now = clock.GetUtcNow(),
            Document = Json.Write(new StandingDocument { Criteria = collected.Criteria, Recommendations = collected.Recommendations, Disagreement = calibrated?.Disagreement ?? false }),
        };
    }

    private static bool Near(double? a, double? b) => a == b || (a is { } x && b is { } y && Math.Abs(x - y) < 1e-12);

    private sealed record StandingRow
    {
        public required int SubmissionNumber { get; init; }
        public required string AreaCode { get; init; }
        public required bool Due { get; init; }
        public required double? Calibrated { get; init; }
        public required double? Low { get; init; }
        public required double? High { get; init; }
        public required bool Disagreement { get; init; }
        public required int Version { get; init; }
    }

    private sealed record ReviewRow
    {
        public required int SubmissionNumber { get; init; }
        public required int ReviewerId { get; init; }
        public required string Scores { get; init; }
        public required int Confidence { get; init; }
        public required Recommendation Recommendation { get; init; }
        public required double Overall { get; init; }

        public HandedIn HandedIn() => new(Json.Read<Dictionary<string, int>>(Scores), Confidence, Recommendation, Overall);
    }

    private const string ReadStandings = """
        select t.SubmissionNumber, s.AreaCode, t.Due, t.Calibrated, t.Low, t.High, case when t.Document like '%"disagreement":true%' then 1 else 0 end as Disagreement, t.Version
        from Standing t
          join Submission s on s.Number = t.SubmissionNumber
        """;

    private const string ReadReviews = """
        select SubmissionNumber, ReviewerId, Scores, Confidence, Recommendation, Overall
        from Review
        where State = 'Submitted'
        """;

    private const string Store = """
        update Standing
        set Due = 0, Wanted = @Wanted, Reviews = @Reviews, Mean = @Mean, WeightedMean = @WeightedMean, Spread = @Spread,
            Calibrated = @Calibrated, Low = @Low, High = @High, Document = @Document, ComputedAt = @now, Version = Version + 1
        where SubmissionNumber = @SubmissionNumber and Version = @Version
        """;

    private const string StoreCalibrated = """
        update Standing
        set Calibrated = @Calibrated, Low = @Low, High = @High, ComputedAt = @now
        where SubmissionNumber = @SubmissionNumber and Version = @Version
        """;
}
