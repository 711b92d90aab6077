namespace AbstractReview.Matching;

/// <summary>One search for an assignment, from candidates to the last exchange.</summary>
internal sealed class Search(Reduced problem, AssignmentOptions options, CancellationToken cancellation)
{
    private const int Rounds = 200;

    private readonly SearchWork _work = SearchWork.For(problem);
    private readonly long _loadPrice = Math.Max(0, problem.Units(options.LoadPrice));
    private Candidates _candidates = null!;
    private int[] _wanted = [];
    private int[] _full = [];

    public IReadOnlyList<Pair> Pairs { get; private set; } = [];

    /// <summary>In units; null when not known.</summary>
    public long? FloorBound { get; private set; }
    public long? TotalBound { get; private set; }

    /// <summary>The greatest floor, then the greatest total, then the wishes.</summary>
    public void Run()
    {
        List<Pair> pairs;
        (_candidates, pairs) = Fill(null);
        var exchange = ExchangeOf(pairs);
        _wanted = [.. Enumerable.Range(0, problem.Submissions).Select(s => exchange.HeldBy(s).Length)];
        _full = [.. Enumerable.Range(0, problem.Submissions).Where(s => problem.Demand[s] > 0 && _wanted[s] == problem.Demand[s])];
        TotalBound = BoundOfFlow(exchange);
        var bound = _full.Length == 0 ? 0 : _full.Min(Alone);
        FloorBound = bound;
        Contention? contention = null;
        if (_full.Length > 0 && Least(exchange) < bound && !exchange.Raise(bound, Rounds))
        {
            contention = new Contention(problem, _work, cancellation);
            exchange = Contend(contention, pairs, exchange);
        }
        var floor = _full.Length == 0 ? long.MinValue / 4 : Least(exchange);
        exchange = contention is null ? Improved(exchange, floor) : AtFloor(contention, exchange, floor);
        exchange = Finish(exchange, floor);
        GrantWishes(exchange, floor);
        Pairs = [.. exchange.Pairs()];
    }

    /// <summary>As few changes to what stands as possible.</summary>
    public void Mend(IReadOnlyCollection<Pair> standing) => Pairs = Fill(standing).Pairs;

    private (Candidates Candidates, List<Pair> Pairs) Fill(IReadOnlyCollection<Pair>? standing)
    {
        var most = SmallOptimum.Suits(problem) ? problem.Reviewers : Math.Max(options.CandidatesPerSubmission, 3 * problem.MostDemanded);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var candidates = Candidates.Best(problem, most, standing);
            var pairs = standing is null
                ? CheapestFlow.Solve(problem, candidates, candidates.Value, _loadPrice)
                : CheapestFlow.Solve(problem, candidates, Kept(candidates, standing), 0);
            if (pairs.Count == problem.Demand.Sum() || !candidates.Pruned) return (candidates, pairs);
            most *= 4;
        }
    }

    /// <summary>Values that put a kept pair above every gain in affinity (which is rounded to 1/1000 of the largest for that).</summary>
    private long[] Kept(Candidates candidates, IReadOnlyCollection<Pair> standing)
    {
        var stands = standing.ToHashSet();
        var coarse = (long)Math.Ceiling(problem.Scale * problem.Largest / 1000);
        var prize = 2000L * (Math.Min(problem.Submissions, problem.Reviewers) + 2);
        var values = new long[candidates.Value.Length];
        for (var s = 0; s < problem.Submissions; s++)
            for (var c = candidates.Start[s]; c < candidates.Start[s + 1]; c++)
                values[c] = candidates.Value[c] / Math.Max(1, coarse) + (stands.Contains(new Pair(s, candidates.Reviewer[c])) ? prize : 0);
        return values;
    }

    private Exchange ExchangeOf(IEnumerable<Pair> pairs) => new(problem, _candidates, pairs, _loadPrice) { WorkLimit = _work.RaisingWork };

    /// <summary>The flow's own total, or what its prices prove where pairs were left out of it.</summary>
    private long BoundOfFlow(Exchange exchange)
    {
        var total = Total(exchange);
        if (!_candidates.Pruned) return total;
        var unit = problem.Scale * problem.Largest;
        var (bound, _) = new Bounding(problem, _wanted, 0).OverAll(_candidates, new double[problem.Submissions], [.. exchange.Prices().Select(price => price / unit)]);
        return Math.Max(total, bound);
    }

    /// <summary>The sum a submission would have if it were the only one.</summary>
    private long Alone(int submission)
    {
        var sum = problem.PinnedSum[submission];
        for (var q = 0; q < problem.Demand[submission]; q++) sum += _candidates.Value[_candidates.Start[submission] + q];
        return sum;
    }

    /// <summary>Where the floor that every submission could have alone cannot be had by all, or not by chains.</summary>
    private Exchange Contend(Contention contention, List<Pair> pairs, Exchange raised)
    {
        if (SmallOptimum.IsTiny(problem)) return Proved(ExchangeOf(raised.Pairs()));
        var floored = new bool[problem.Submissions];
        foreach (var s in _full) floored[s] = true;
        contention.Relax(_candidates, _wanted, floored, null, null);
        FloorBound = Math.Min(FloorBound!.Value, contention.Bound);
        _candidates = contention.Candidates;
        var rounded = ExchangeOf(contention.Rounded());
        var best = new[] { rounded, ExchangeOf(raised.Pairs()), ExchangeOf(pairs) }.Where(IsWhole).MaxBy(Least)!;
        best = ExchangeOf(contention.Raise([.. best.Pairs()], Least(best), FloorBound.Value));
        var gap = FloorBound.Value - Least(best);
        return SmallOptimum.Suits(problem) && gap > FloorBound / 20_000 && gap < FloorBound / 30 ? Proved(best) : best;
    }

    /// <summary>The best floor of a small problem, or as much of it as can be had and proved; where the relaxation promises far more, no proof would end.</summary>
    private Exchange Proved(Exchange best)
    {
        var (exact, proved) = SmallOptimum.BestFloor(problem, best.Pairs(), Least(best), FloorBound!.Value);
        FloorBound = Math.Min(FloorBound.Value, proved);
        if (exact is null) return best;
        var better = ExchangeOf(exact);
        better.Raise(proved, 40);
        return new[] { better, ExchangeOf(exact), best }.MaxBy(Least)!;
    }

    /// <summary>The greatest total at a floor that was hard to reach, against a bound that knows the floor.</summary>
    private Exchange AtFloor(Contention contention, Exchange exchange, long floor)
    {
        if (SmallOptimum.IsTiny(problem)) return Improved(ExchangeOf(exchange.Pairs()), floor);
        var floored = new bool[problem.Submissions];
        foreach (var s in _full) floored[s] = true;
        contention.Relax(_candidates, _wanted, floored, floor, contention.Relaxed);
        TotalBound = Math.Min(TotalBound!.Value, contention.Bound);
        _candidates = contention.Candidates;
        var annealed = Improved(ExchangeOf(contention.Better([.. exchange.Pairs()], floor)), floor);
        var plain = Improved(ExchangeOf(exchange.Pairs()), floor);
        return Least(annealed) >= floor && Total(annealed) > Total(plain) ? annealed : plain;
    }

    private Exchange Improved(Exchange exchange, long floor)
    {
        exchange.WorkLimit = _work.ImprovingWork;
        exchange.Improve(floor, Rounds);
        return exchange;
    }

    /// <summary>On a small problem, where the total stands too far below its bound: the best total at the floor, proved.</summary>
    private Exchange Finish(Exchange exchange, long floor)
    {
        var total = Total(exchange);
        if (!SmallOptimum.Suits(problem) || TotalBound - total <= Math.Abs(total) / 20_000) return exchange;
        var (better, bound) = SmallOptimum.BestTotal(problem, exchange.Pairs(), floor, TotalBound!.Value);
        TotalBound = bound;
        if (better is null) return exchange;
        var finished = ExchangeOf(better);
        // The optimum was found in coarser units; what that cost the floor is mended, or the better total is not worth having.
        if (!finished.Raise(floor, Rounds)) return exchange;
        finished.Improve(floor, Rounds);
        return Total(finished) > total ? finished : exchange;
    }

    private bool IsWhole(Exchange exchange) => Enumerable.Range(0, problem.Submissions).All(s => exchange.HeldBy(s).Length == _wanted[s]);

    private long Total(Exchange exchange) => exchange.Pairs().Sum(pair => problem.Value(pair.Submission, pair.Reviewer)) + problem.PinnedSum.Sum();

    private long Least(Exchange exchange)
    {
        var least = long.MaxValue;
        foreach (var submission in _full) least = Math.Min(least, exchange.Sums[submission]);
        return least;
    }

    private void GrantWishes(Exchange exchange, long floor)
    {
        if (!problem.Wishes.Any) return;
        var price = problem.Units(options.WishPrice);
        for (var submission = 0; submission < problem.Submissions; submission++)
            while (problem.Wishes.Met(submission, exchange.HeldBy(submission), -1, -1) < 2)
                if (!exchange.Grant(submission, floor, price)) break;
        exchange.Improve(floor, Rounds);
    }
}
