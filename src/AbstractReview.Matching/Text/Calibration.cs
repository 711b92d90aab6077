namespace AbstractReview.Matching.Text;

/// <summary>
/// Makes of ranked means of cosines, which hardly ever pass 0.3, affinities that use [0,1] and mean the same for every submission.
/// </summary>
/// <remarks>
/// Two steps. A submission in everybody's words is somewhat near to all: each mean is divided by the square root of the submission's own
/// mean over the reviewers (drawn a little towards the mean of all, as a few reviewers say little), a mild form of what nearest-neighbour
/// search does against hubs (Conneau et al., "Word translation without parallel data", 2018, section 2.3). That never changes the order of a
/// submission's reviewers. Then t = value / usual, where usual is the median over the submissions of the mean of their three best, and the
/// affinity is t / √(1 + t²): nearly t for small t, 0.71 for the usual best, 1 never passed and no two values made equal.
/// </remarks>
internal static class Calibration
{
    private const double Few = 5;
    private const int Best = 3;

    /// <param name="matrix">Ranked means, rewritten in place.</param>
    /// <param name="known">Whether a reviewer has any text; the others stay at 0 and count nowhere.</param>
    public static void Apply(AffinityMatrix matrix, bool[] known)
    {
        var heard = known.Count(has => has);
        if (heard == 0) return;
        var means = new double[matrix.Submissions];
        Parallel.For(0, means.Length, s => means[s] = Sum(matrix.Row(s)) / heard);
        var overall = means.Length == 0 ? 0 : means.Average();
        if (overall <= 0) return;
        var best = new double[means.Length];
        Parallel.For(0, means.Length, s =>
        {
            var row = matrix.Row(s);
            var divisor = Math.Sqrt((means[s] * heard + overall * Few) / (heard + Few));
            foreach (ref var cell in row) cell = (float)(cell / divisor);
            best[s] = MeanOfBest(row, Math.Min(Best, heard));
        });
        var usual = Median([.. best.Where(value => value > 0)]);
        Parallel.For(0, means.Length, s =>
        {
            foreach (ref var cell in matrix.Row(s))
            {
                var share = cell / usual;
                cell = (float)(share / Math.Sqrt(1 + share * share));
            }
        });
    }

    private static double Sum(ReadOnlySpan<float> row)
    {
        var sum = 0.0;
        foreach (var cell in row) sum += cell;
        return sum;
    }

    private static double MeanOfBest(ReadOnlySpan<float> row, int count)
    {
        Span<float> best = stackalloc float[Best];
        foreach (var cell in row)
        {
            if (cell <= best[^1]) continue;
            var at = Best - 1;
            for (; at > 0 && best[at - 1] < cell; at--) best[at] = best[at - 1];
            best[at] = cell;
        }
        return Sum(best[..count]) / count;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
