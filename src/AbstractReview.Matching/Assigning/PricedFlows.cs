namespace AbstractReview.Matching;

/// <summary>
/// Where rivalry and not one odd submission sets the floor: a few flows in which each submission's affinities are multiplied by a price that
/// rises as its average sum stays low (multiplicative weights; Plotkin, Shmoys and Tardos, "Fast approximation algorithms for fractional
/// packing and covering problems", 1995). Any such flow proves a bound: no floor is above the priced total over the sum of prices.
/// </summary>
internal sealed class PricedFlows(Reduced problem, Candidates candidates, long loadPrice)
{
    private readonly int _most = candidates.Value.Length <= 40_000 ? 24 : 10;
    private readonly double[] _average = new double[problem.Submissions];

    /// <summary>The least bound proved on the floor of an assignment among the candidates, in units.</summary>
    public long Bound { get; private set; } = long.MaxValue;

    /// <summary>The pairs of the last, best priced flow.</summary>
    public List<Pair> Pairs { get; private set; } = [];

    /// <param name="sums">Each submission's sum in the unpriced flow.</param>
    public void Run(ReadOnlySpan<long> sums, CancellationToken cancellation)
    {
        for (var s = 0; s < _average.Length; s++) _average[s] = sums[s];
        var values = new long[candidates.Value.Length];
        for (var round = 1; round <= _most; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            var prices = Prices(softness: 0.3 / Math.Sqrt(round));
            for (var s = 0; s < _average.Length; s++)
                for (var c = candidates.Start[s]; c < candidates.Start[s + 1]; c++)
                    values[c] = (long)(candidates.Value[c] * prices[s]);
            Pairs = CheapestFlow.Solve(problem, candidates, values, loadPrice);
            var found = problem.PinnedSum.ToArray();
            foreach (var (submission, reviewer) in Pairs) found[submission] += problem.Value(submission, reviewer);
            Note(prices, found);
            var step = 2.0 / (round + 2);
            for (var s = 0; s < _average.Length; s++) _average[s] += step * (found[s] - _average[s]);
        }
    }

    /// <summary>Between 1/50 and 1: the lower a submission's average stands, the dearer its affinities.</summary>
    private double[] Prices(double softness)
    {
        var wanting = Enumerable.Range(0, _average.Length).Where(s => problem.Demand[s] > 0).ToArray();
        var (least, mean) = (wanting.Min(s => _average[s]), wanting.Average(s => _average[s]));
        var width = Math.Max(1, softness * Math.Max(Math.Abs(mean), mean - least) * 0.5);
        return [.. _average.Select((average, s) => problem.Demand[s] == 0 ? 0.02 : Math.Max(0.02, Math.Exp((least - average) / width)))];
    }

    private void Note(double[] prices, long[] sums)
    {
        var (priced, whole) = (0.0, 0.0);
        for (var s = 0; s < sums.Length; s++)
        {
            if (problem.Demand[s] == 0) continue;
            priced += prices[s] * sums[s];
            whole += prices[s];
        }
        Bound = Math.Min(Bound, (long)Math.Ceiling(priced / whole));
    }
}
