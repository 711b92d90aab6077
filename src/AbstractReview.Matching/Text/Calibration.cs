namespace AbstractReview.Matching.Text;

/// <summary>
/// Makes of ranked means of cosines, which hardly ever pass 0.3, affinities that use [0,1], so that they can be blended with topics and bids:
/// t = mean / usual, where usual is the median over the submissions of the mean of their three best, and the affinity is t / √(1 + t²): nearly t
/// for small t, 0.71 for the usual best, 1 never passed.
/// </summary>
/// <remarks>One and the same rising curve for every cell: no two affinities change their order, for a submission or for a reviewer.</remarks>
internal static class Calibration
{
    private const int Best = 3;

    /// <param name="matrix">Ranked means, rewritten in place.</param>
    /// <param name="heard">How many reviewers have any text.</param>
    public static void Apply(AffinityMatrix matrix, int heard)
    {
        var best = new double[matrix.Submissions];
        Parallel.For(0, best.Length, s => best[s] = MeanOfBest(matrix.Row(s), Math.Clamp(heard, 1, Best)));
        double[] rising = [.. best.Where(value => value > 0).Order()];
        if (rising.Length == 0) return;
        var usual = rising[rising.Length / 2];
        Parallel.For(0, best.Length, s =>
        {
            foreach (ref var cell in matrix.Row(s))
            {
                var share = cell / usual;
                cell = (float)(share / Math.Sqrt(1 + share * share));
            }
        });
    }

    private static double MeanOfBest(ReadOnlySpan<float> row, int count)
    {
        Span<float> best = stackalloc float[Best];
        best.Clear();
        foreach (var cell in row)
        {
            if (cell <= best[^1]) continue;
            var at = Best - 1;
            for (; at > 0 && best[at - 1] < cell; at--) best[at] = best[at - 1];
            best[at] = cell;
        }
        var sum = 0.0;
        foreach (var cell in best[..count]) sum += cell;
        return sum / count;
    }
}
