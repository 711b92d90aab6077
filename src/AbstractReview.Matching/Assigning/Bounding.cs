namespace AbstractReview.Matching;

/// <summary>
/// What prices and weights prove (weak duality): every submission takes its best reviewers by weighted affinity less price, every reviewer is paid
/// in full; no floor is above that over the sum of the weights, no total at a floor above it less what the floor's weights ask.
/// </summary>
internal sealed class Bounding(Reduced problem, int[] wanted, long? floor)
{
    private readonly double _unit = problem.Scale * problem.Largest;

    /// <summary>In units, over the candidates only.</summary>
    public long Over(Candidates candidates, float[] values, double[] weights, double[] prices)
    {
        var sum = Constant(weights, prices);
        for (var s = 0; s < wanted.Length; s++)
        {
            if (wanted[s] == 0) continue;
            Span<double> best = new double[wanted[s]];
            best.Fill(double.MinValue);
            var weight = Weight(weights, s);
            for (var c = candidates.Start[s]; c < candidates.Start[s + 1]; c++) Insert(best, weight * values[c] - prices[candidates.Reviewer[c]]);
            sum += Sum(best);
        }
        return Close(sum, weights);
    }

    /// <summary>In units, over every open pair; and the pairs beyond the candidates that would be taken, up to eight of a submission.</summary>
    public (long Bound, List<Pair> Beyond) OverAll(Candidates candidates, double[] weights, double[] prices)
    {
        var (sums, beyond) = (new double[wanted.Length], new List<Pair>?[wanted.Length]);
        Parallel.For(0, wanted.Length, () => (Row: new long[problem.Reviewers], Known: new bool[problem.Reviewers]), (s, _, local) =>
        {
            if (wanted[s] == 0) return local;
            problem.CopyRow(s, local.Row);
            Span<double> best = new double[wanted[s]];
            best.Fill(double.MinValue);
            var weight = Weight(weights, s);
            for (var r = 0; r < local.Row.Length; r++)
                if (local.Row[r] != long.MinValue) Insert(best, weight * local.Row[r] / _unit - prices[r]);
            sums[s] = Sum(best);
            Array.Clear(local.Known);
            for (var c = candidates.Start[s]; c < candidates.Start[s + 1]; c++) local.Known[candidates.Reviewer[c]] = true;
            var missed = new List<(double Worth, int Reviewer)>();
            for (var r = 0; r < local.Row.Length; r++)
                if (!local.Known[r] && local.Row[r] != long.MinValue && weight * local.Row[r] / _unit - prices[r] is var worth && worth >= best[^1])
                    missed.Add((-worth, r));
            missed.Sort();
            beyond[s] = [.. missed.Take(8).Select(pair => new Pair(s, pair.Reviewer))];
            return local;
        }, _ => { });
        return (Close(Constant(weights, prices) + sums.Sum(), weights), [.. beyond.OfType<List<Pair>>().SelectMany(pairs => pairs)]);
    }

    private double Weight(double[] weights, int s) => (floor is null ? 0 : 1) + weights[s];

    private double Constant(double[] weights, double[] prices)
    {
        var sum = 0.0;
        for (var r = 0; r < prices.Length; r++) sum += prices[r] * problem.MaxLoad[r];
        for (var s = 0; s < weights.Length; s++)
            sum += Weight(weights, s) * problem.PinnedSum[s] / _unit - (floor is { } least ? weights[s] * least / _unit : 0);
        return sum;
    }

    private long Close(double sum, double[] weights) =>
        (long)Math.Ceiling(sum * _unit / (floor is null ? Math.Max(1e-12, weights.Sum()) : 1) + 1e-3);

    private static void Insert(Span<double> best, double value)
    {
        if (value <= best[^1]) return;
        var at = best.Length - 1;
        for (; at > 0 && best[at - 1] < value; at--) best[at] = best[at - 1];
        best[at] = value;
    }

    private static double Sum(ReadOnlySpan<double> best)
    {
        var sum = 0.0;
        foreach (var value in best)
            if (value > double.MinValue) sum += value;
        return sum;
    }
}
