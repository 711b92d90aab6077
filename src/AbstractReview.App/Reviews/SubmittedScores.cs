using AbstractReview.App.Storage;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Reviews;

namespace AbstractReview.App.Reviews;

/// <summary>The overall scores of every review handed in, from which all standings are calibrated: for the job that collects them and for whoever looks whether it did.</summary>
internal sealed class SubmittedScores
{
    private readonly List<Scored> _all;

    private SubmittedScores(List<Scored> all) => _all = all;

    /// <summary>How many reviews.</summary>
    public int Count => _all.Count;

    /// <summary>The scores of each submission; none where there are none.</summary>
    public ILookup<int, double> BySubmission() => _all.ToLookup(s => s.Submission, s => s.Score);

    public static async Task<SubmittedScores> Read(Db db, CancellationToken ct)
        => new([.. (await db.All<Row>(ReadScores, null, ct)).Select(r => new Scored(r.SubmissionNumber, r.ReviewerId, r.Overall))]);

    /// <param name="call">Tells the scale.</param>
    /// <param name="before">Where the search ended the last time, to begin there; the scores are the same without.</param>
    public Calibration Calibrate(Conference call, RatioSearch? before = null) => Calibration.Of(_all, call.Review.ScoreMin, call.Review.ScoreMax, before);

    /// <summary>Whether every stored number is the one computed, to within a tolerance in points; a missing one only where both are.</summary>
    public static bool Same(double tolerance, params ReadOnlySpan<(double? Stored, double? Computed)> numbers)
    {
        foreach (var (stored, computed) in numbers)
            if (stored != computed && !(Math.Abs((stored - computed) ?? double.NaN) < tolerance)) return false;
        return true;
    }

    private sealed record Row
    {
        public required int SubmissionNumber { get; init; }
        public required int ReviewerId { get; init; }
        public required double Overall { get; init; }
    }

    private const string ReadScores = """
        select SubmissionNumber, ReviewerId, Overall
        from Review
        where State = 'Submitted'
        """;
}

/// <summary>Where this process's last calibration ended; the next begins there, since a review moves it but a little.</summary>
public sealed class LastSearch
{
    private volatile RatioSearch? _ended;

    public RatioSearch? Ended { get => _ended; set => _ended = value; }
}
