namespace AbstractReview.Matching;

/// <summary>
/// Prices for reviewers under which the submissions, each taking its <see cref="BestSets">best set</see>, hardly take anybody beyond the quotas. Any
/// prices prove a bound on the total at a floor, or that a floor cannot be had; since whole sets are chosen, that bound is far nearer to the truth
/// than a linear programme over pairs, which shares out a sought-after reviewer in crumbs.
/// </summary>
/// <remarks>
/// Lagrangian relaxation of the quotas (Held and Karp 1971), the prices found by the volume algorithm (Barahona and Anbil, "The volume algorithm:
/// producing primal solutions with a subgradient method", 2000): steps go along the average of what was taken of late. Work is counted, not timed.
/// </remarks>
internal sealed class SetPrices
{
    private const double Newest = 0.12;
    private const int Patience = 8;

    /// <summary>How much of the bound a step hopes to take off, at first and at last.</summary>
    private const double Boldest = 0.03, Shyest = 1e-5;

    private readonly BestSets _sets;
    private readonly int[] _least, _most, _submissions;
    private readonly double[] _load, _mean, _centre;
    private readonly double[] _bounds;
    private readonly int[][] _before;

    /// <param name="least">Fewest reviews by reviewer.</param>
    /// <param name="most">Most reviews by reviewer.</param>
    public SetPrices(BestSets sets, int[] least, int[] most)
    {
        (_sets, _least, _most) = (sets, least, most);
        var submissions = sets.Problem.Submissions;
        _submissions = [.. Enumerable.Range(0, submissions).Where(s => sets.Wanted(s) > 0)];
        (_load, _mean, _centre) = (new double[most.Length], new double[most.Length], new double[most.Length]);
        _bounds = new double[submissions];
        Taken = [.. Enumerable.Range(0, submissions).Select(s => new int[sets.Wanted(s)])];
        _before = [.. Taken.Select(set => new int[set.Length])];
        Settled = new int[submissions];
        Prices = new double[most.Length];
        Best = new double[most.Length];
    }

    /// <summary>The prices of the best bound, by reviewer, in parts of the largest affinity; below 0 where a reviewer has too few.</summary>
    public double[] Best { get; }

    /// <summary>The latest prices.</summary>
    public double[] Prices { get; }

    /// <summary>In parts of the largest affinity, pinned pairs not counted.</summary>
    public double Bound { get; private set; } = double.MaxValue;

    /// <summary>What each submission takes at the latest prices.</summary>
    public int[][] Taken { get; }

    /// <summary>What a submission's best set is worth at the latest prices, or a little more.</summary>
    public double Worth(int submission) => _bounds[submission];

    /// <summary>For how many steps each submission has taken the same set.</summary>
    public int[] Settled { get; }

    /// <summary>Lowers the bound on the total at a floor, beginning at the best prices so far.</summary>
    /// <param name="floor">In units.</param>
    /// <returns>False when <see cref="Prices"/> prove the floor to be out of reach, or some submission has no set at it.</returns>
    public bool Run(long floor, int steps, CancellationToken cancellation)
    {
        Bound = double.MaxValue;
        Best.CopyTo(Prices, 0);
        Best.CopyTo(_centre, 0);
        Array.Clear(Settled);
        var (pace, waited) = (Boldest, 0);
        for (var step = 0; step < steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            // Where the floor is out of reach the prices rise without end, and before long prove it by themselves.
            if (step % 20 == 19 && Evaluate(Prices, 0, floor) is null or < -1e-9) return false;
            if (Evaluate(Prices, 1, floor) is not { } bound) return false;
            Settle();
            if (step == 0) _load.CopyTo(_mean, 0);
            waited++;
            if (bound < Bound)
            {
                if (Bound - bound > 0.1 * pace * Math.Abs(bound)) waited = 0;
                Bound = bound;
                Prices.CopyTo(Best, 0);
                Prices.CopyTo(_centre, 0);
            }
            // A step that does not help is too long; towards the end they all become short, so that the sets settle.
            if (step > steps * 2 / 3) pace *= Math.Pow(Shyest / pace, 3.0 / steps);
            else if (waited >= Patience) (pace, waited) = (pace * 0.7, 0);
            if (!Move(pace * Math.Abs(Bound))) return true;
        }
        return true;
    }

    /// <summary>What given prices prove of the total; null when a submission has no set at the floor. The sets are in <see cref="Taken"/>.</summary>
    public double? Evaluate(double[] prices, double gain, long floor)
    {
        var lacking = 0;
        Parallel.For(0, _submissions.Length, _sets.Open, (at, _, finder) =>
        {
            var s = _submissions[at];
            if (!finder.Find(s, prices, gain, floor, Taken[s])) Interlocked.Exchange(ref lacking, 1);
            _bounds[s] = finder.Bound;
            return finder;
        }, _ => { });
        if (lacking > 0) return null;
        var bound = 0.0;
        Array.Clear(_load);
        foreach (var s in _submissions)
        {
            bound += _bounds[s];
            foreach (var r in Taken[s]) _load[r]++;
        }
        for (var r = 0; r < prices.Length; r++) bound += prices[r] * (prices[r] > 0 ? _most[r] : _least[r]);
        return bound;
    }

    /// <summary>The reviews each reviewer would have by the sets in <see cref="Taken"/>.</summary>
    public ReadOnlySpan<double> Load => _load;

    private void Settle()
    {
        foreach (var s in _submissions)
        {
            Settled[s] = Taken[s].AsSpan().SequenceEqual(_before[s]) ? Settled[s] + 1 : 0;
            Taken[s].CopyTo(_before[s], 0);
        }
    }

    private bool Move(double far)
    {
        var square = 0.0;
        for (var r = 0; r < _mean.Length; r++)
        {
            _mean[r] += Newest * (_load[r] - _mean[r]);
            var over = Over(r);
            square += over * over;
        }
        if (square < 1e-9) return false;
        for (var r = 0; r < _mean.Length; r++)
        {
            var price = _centre[r] + far / square * Over(r);
            Prices[r] = _centre[r] > 0 ? Math.Max(0, price) : _centre[r] < 0 ? Math.Min(0, price) : price;
        }
        return true;
    }

    /// <summary>How far a reviewer's mean load is from what the price asks for.</summary>
    private double Over(int r) =>
        _centre[r] > 0 ? _mean[r] - _most[r]
        : _centre[r] < 0 ? _mean[r] - _least[r]
        : _mean[r] > _most[r] ? _mean[r] - _most[r]
        : _mean[r] < _least[r] ? _mean[r] - _least[r] : 0;
}
