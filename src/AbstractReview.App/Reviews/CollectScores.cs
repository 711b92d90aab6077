using AbstractReview.App.Call;
using AbstractReview.App.Jobs;
using AbstractReview.App.Storage;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Reviews;
using MediatR;

namespace AbstractReview.App.Reviews;

/// <summary>
/// Brings every standing that is due up to date, and the calibrated scores of all, which move a little with each review: once for all reviews
/// that came since the last time, however many. Answers how many standings were due. One that falls due again meanwhile stays due. In a rush it
/// rests between two runs, so that it takes a fifth of one core at the most.
/// </summary>
[Timetable(Alarms.Scores, "*/5 * * * *", Rest = 4)]
public sealed record CollectScores : IRequest<int>;

/// <summary>What a standing holds beside its columns.</summary>
public sealed record StandingDocument
{
    public IReadOnlyDictionary<string, double> Criteria { get; init; } = new Dictionary<string, double>();
    public IReadOnlyDictionary<Recommendation, int> Recommendations { get; init; } = new Dictionary<Recommendation, int>();
    /// <summary>The reviews lie further apart than chance explains.</summary>
    public bool Disagreement { get; init; }
}

internal sealed class CollectScoresHandler(Db db, ConferenceReader conference, LastSearch last, TimeProvider clock) : IRequestHandler<CollectScores, int>
{
    // Standings stored in one transaction: small enough that reviewers who save meanwhile hardly wait.
    private const int Batch = 250;

    public async Task<int> Handle(CollectScores request, CancellationToken ct)
    {
        // Read before the reviews: what changes after this has another version and stays due.
        var standings = await db.All<StandingRow>(ReadStandings, null, ct);
        if (!standings.Any(s => s.Due)) return 0;
        var call = await conference.Current(ct);
        var scores = await SubmittedScores.Read(db, ct);
        var calibration = scores.Calibrate(call, last.Ended);
        last.Ended = calibration.Search;
        // Those that are due come last: killed half way, the job finds them again and with them the rest.
        var moved = standings.Select(s => new Move(s, calibration.Submissions.GetValueOrDefault(s.SubmissionNumber))).Where(m => m.Of.Due || m.Changes).OrderBy(m => m.Of.Due);
        await db.Transaction(() => StoreRatios(calibration, scores.Count, ct), ct);
        foreach (var batch in moved.Chunk(Batch)) await db.LongTransaction(() => Store(batch, call, ct), ct);
        return standings.Count(s => s.Due);
    }

    private async Task StoreRatios(Calibration calibration, int reviews, CancellationToken ct)
    {
        var args = new { calibration.Ratios.Submissions, calibration.Ratios.Reviewers, reviews, now = clock.GetUtcNow() };
        if (await db.Run(ChangeRatios, args, ct) == 0) await db.Run(FirstRatios, args, ct);
    }

    private async Task Store(IReadOnlyCollection<Move> batch, Conference call, CancellationToken ct)
    {
        // All of them move a little with each review; what was collected from a submission's own reviews moves only with those.
        var own = batch.Where(m => m.Of.Due || m.Flips).Select(m => m.Of.SubmissionNumber).ToHashSet();
        var reviews = own.Count == 0 ? null : (await db.All<ReviewRow>(ReadReviews, new { numbers = own }, ct)).ToLookup(r => r.SubmissionNumber);
        foreach (var (standing, now) in batch)
            if (own.Contains(standing.SubmissionNumber)) await db.Run(StoreAll, Collect(standing, reviews![standing.SubmissionNumber], now, call), ct);
            else await db.Run(StoreCalibrated, new { standing.SubmissionNumber, standing.Version, Calibrated = now?.Score, now?.Low, now?.High, now = clock.GetUtcNow() }, ct);
    }

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

    private sealed record Move(StandingRow Of, Calibrated? To)
    {
        public bool Flips => Of.Disagreement != (To?.Disagreement ?? false);
        public bool Changes => Flips || !SubmittedScores.Same(1e-12, (Of.Calibrated, To?.Score), (Of.Low, To?.Low), (Of.High, To?.High));
    }

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

    // In one order, so that sums have the same digits each time.
    private const string ReadReviews = """
        select SubmissionNumber, Scores, Confidence, Recommendation, Overall
        from Review
        where State = 'Submitted' and SubmissionNumber in @numbers
        order by SubmissionNumber, ReviewerId
        """;

    private const string ChangeRatios = "update Calibration set SubmissionRatio = @Submissions, ReviewerRatio = @Reviewers, Reviews = @reviews, ComputedAt = @now where Id = 1";

    private const string FirstRatios = "insert into Calibration (Id, SubmissionRatio, ReviewerRatio, Reviews, ComputedAt) values (1, @Submissions, @Reviewers, @reviews, @now)";

    private const string StoreAll = """
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
