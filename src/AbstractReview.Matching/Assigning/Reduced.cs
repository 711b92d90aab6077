namespace AbstractReview.Matching;

/// <summary>
/// The problem as the algorithms see it: pinned pairs taken out, affinities as whole numbers so that sums are exact and every run alike.
/// </summary>
internal sealed class Reduced
{
    private readonly AssignmentProblem _problem;
    private readonly HashSet<long> _pinned;

    public Reduced(AssignmentProblem problem)
    {
        _problem = problem;
        (Submissions, Reviewers) = (problem.Submissions, problem.Reviewers);
        Largest = Math.Max(1, LargestOf(problem.Affinity));
        Scale = 1e7 / Largest;
        (Demand, MinLoad, MaxLoad) = ([.. problem.Demand], [.. problem.MinLoad], [.. problem.MaxLoad]);
        PinnedSum = new long[Submissions];
        PinnedReviewers = new int[Submissions][];
        Array.Fill(PinnedReviewers, []);
        _pinned = [.. problem.Pinned.Select(pin => Key(pin.Submission, pin.Reviewer))];
        foreach (var pins in problem.Pinned.GroupBy(pin => pin.Submission))
            PinnedReviewers[pins.Key] = [.. pins.Select(pin => pin.Reviewer)];
        foreach (var (submission, reviewer) in problem.Pinned)
        {
            Demand[submission]--;
            MaxLoad[reviewer]--;
            MinLoad[reviewer] = Math.Max(0, MinLoad[reviewer] - 1);
            PinnedSum[submission] += Value(submission, reviewer);
        }
        Wishes = new Wishes(problem, PinnedReviewers);
    }

    public int Submissions { get; }
    public int Reviewers { get; }

    /// <summary>Whole units per 1 of affinity: ten million for affinities in [0,1], fewer where they are larger.</summary>
    public double Scale { get; }

    /// <summary>The largest magnitude of an affinity, at least 1.</summary>
    public double Largest { get; }

    /// <summary>Reviews still wanted, by submission.</summary>
    public int[] Demand { get; }
    public int[] MinLoad { get; }
    public int[] MaxLoad { get; }
    public long[] PinnedSum { get; }
    public int[][] PinnedReviewers { get; }
    public Wishes Wishes { get; }
    public int MostDemanded => Demand.Length == 0 ? 0 : Demand.Max();

    public long Value(int submission, int reviewer) => Units(_problem.Affinity[submission, reviewer]);
    public long Units(double affinity) => (long)Math.Round(affinity * Scale);
    public bool IsPinned(int submission, int reviewer) => _pinned.Contains(Key(submission, reviewer));

    /// <summary>Whether a pair may be chosen: neither forbidden nor pinned, and the reviewer has room at all.</summary>
    public bool IsOpen(int submission, int reviewer) =>
        MaxLoad[reviewer] > 0 && !_problem.IsForbidden(submission, reviewer) && !IsPinned(submission, reviewer);

    /// <summary>Copies a submission's values, by reviewer; a pair that may not be chosen is <see cref="long.MinValue"/>.</summary>
    public void CopyRow(int submission, Span<long> values)
    {
        var row = _problem.Affinity.Row(submission);
        var forbidden = _problem.ForbiddenRow(submission);
        for (var r = 0; r < values.Length; r++)
            values[r] = forbidden[r] != 0 || MaxLoad[r] == 0 ? long.MinValue : Units(row[r]);
        foreach (var pinned in PinnedReviewers[submission]) values[pinned] = long.MinValue;
    }

    private long Key(int submission, int reviewer) => (long)submission * _problem.Reviewers + reviewer;

    private static float LargestOf(AffinityMatrix affinity)
    {
        var largest = 0f;
        for (var s = 0; s < affinity.Submissions; s++)
            foreach (var cell in affinity.Row(s))
                largest = Math.Max(largest, Math.Abs(cell));
        return largest;
    }
}
