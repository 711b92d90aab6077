using AbstractReview.App.Call;
using AbstractReview.App.Reviews;
using AbstractReview.App.Storage;
using AbstractReview.Domain.Reviews;

namespace AbstractReview.App.Audit;

/// <summary>Standings computed anew from the reviews handed in, beside those that are stored.</summary>
public sealed class StandingsAnew(Db db, ConferenceReader conference)
{
    // Sums of the same numbers in another order.
    private const double Rounding = 1e-9;

    /// <summary>What is stored and cannot be computed again, in words. Nothing while the job still has reviews to collect, or has not run since this is known.</summary>
    public Task<IReadOnlyList<string>> Broken(CancellationToken ct) => db.Snapshot<IReadOnlyList<string>>(async () =>
    {
        var standings = await db.All<StandingRow>(ReadStandings, null, ct);
        var scores = await SubmittedScores.Read(db, ct);
        if (standings.Any(s => s.Due) || await db.One<int?>(ReadCount, null, ct) != scores.Count || await conference.TryCurrent(ct) is not { } call) return [];
        var (fit, bySubmission) = (scores.Calibrate(call), scores.BySubmission());
        return standings.Where(s => !Stands(s, bySubmission[s.SubmissionNumber].ToList(), fit.Submissions.GetValueOrDefault(s.SubmissionNumber)))
            .Select(s => $"A standing is not what its reviews make it: AR-{s.SubmissionNumber}").ToList();
    }, ct);

    private static bool Stands(StandingRow stored, List<double> scores, Calibrated? calibrated)
        => SubmittedScores.Same(Rounding, (stored.Mean, scores.Count == 0 ? null : scores.Average()), (stored.Calibrated, calibrated?.Score), (stored.Low, calibrated?.Low), (stored.High, calibrated?.High));

    private sealed record StandingRow
    {
        public required int SubmissionNumber { get; init; }
        public required bool Due { get; init; }
        public required double? Mean { get; init; }
        public required double? Calibrated { get; init; }
        public required double? Low { get; init; }
        public required double? High { get; init; }
    }

    private const string ReadStandings = "select SubmissionNumber, Due, Mean, Calibrated, Low, High from Standing order by SubmissionNumber";

    private const string ReadCount = "select Reviews from Calibration where Id = 1";
}
