namespace AbstractReview.Matching;

/// <summary>One search for an assignment, from candidates to the last exchange.</summary>
internal sealed class Search(Reduced problem, AssignmentOptions options, CancellationToken cancellation)
{
    private const int Rounds = 200;

    /// <summary>A total this near to its bound, as a share, is good enough; a small problem's is sought more closely.</summary>
    private const double Enough = 0.0003, EnoughOfSmall = 0.00002;

    /// <summary>Pairs looked at by the first chains, which seldom do where rivalry sets the floor, and by those that better the total.</summary>
    private const long RaisingWork = 20_000_000, ImprovingWork = 60_000_000;

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
        var (exchange, prices) = Cheapest();
        FloorBound = _full.Length == 0 ? 0 : _full.Min(Alone);
        var contest = new Lazy<Contest>(() => ContestOf(exchange, prices));
        if (_full.Length > 0 && Least(exchange) < FloorBound && !exchange.Raise(FloorBound.Value, Rounds)) exchange = Contend(contest.Value, exchange);
        var floor = _full.Length == 0 ? long.MinValue / 4 : Least(exchange);
        exchange = Finish(contest, Improved(exchange, floor), floor);
        GrantWishes(exchange, floor);
        Pairs = [.. exchange.Pairs()];
    }

    /// <summary>The greatest total without a floor; where its prices ask for pairs beyond the candidates, those too.</summary>
    private (Exchange Exchange, long[] Prices) Cheapest()
    {
        (_candidates, var pairs) = Fill(null);
        for (var round = 0; ; round++)
        {
            var exchange = ExchangeOf(pairs);
            var prices = exchange.Prices();
            _wanted = [.. Enumerable.Range(0, problem.Submissions).Select(s => exchange.HeldBy(s).Length)];
            _full = [.. Enumerable.Range(0, problem.Submissions).Where(s => problem.Demand[s] > 0 && _wanted[s] == problem.Demand[s])];
            var total = Total(exchange);
            TotalBound = Math.Min(TotalBound ?? long.MaxValue, BoundOfFlow(exchange, prices));
            if (round == 3 || TotalBound - total <= Math.Abs(total) * Enough) return (exchange, prices);
            var beyond = _candidates.Beyond(problem, _wanted, [.. prices.Select(price => price / Unit)], 1 / Unit);
            if (beyond.Count == 0) return (exchange, prices);
            _candidates = _candidates.With(problem, beyond);
            pairs = CheapestFlow.Solve(problem, _candidates, _candidates.Value, _loadPrice);
        }
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

    private Exchange ExchangeOf(IEnumerable<Pair> pairs) => new(problem, _candidates, pairs, _loadPrice) { WorkLimit = RaisingWork };

    /// <summary>The flow's own total, or what its prices prove where pairs were left out of it.</summary>
    private long BoundOfFlow(Exchange exchange, long[] prices)
    {
        var total = Total(exchange);
        if (!_candidates.Pruned) return total;
        var (bound, _) = new Bounding(problem, _wanted, 0).OverAll(_candidates, new double[problem.Submissions], [.. prices.Select(price => price / Unit)]);
        return Math.Max(total, bound);
    }

    /// <summary>The sum a submission would have if it were the only one.</summary>
    private long Alone(int submission)
    {
        var sum = problem.PinnedSum[submission];
        for (var q = 0; q < problem.Demand[submission]; q++) sum += _candidates.Value[_candidates.Start[submission] + q];
        return sum;
    }

    private Contest ContestOf(Exchange exchange, long[] prices)
    {
        var floored = new bool[problem.Submissions];
        foreach (var s in _full) floored[s] = true;
        // A minimum that the flow could not give is none.
        int[] least = [.. problem.MinLoad.Select((load, r) => Math.Min(load, exchange.Holdings.Loads[r]))];
        return new Contest(problem, _candidates, _wanted, floored, least, prices, cancellation);
    }

    /// <summary>Where the floor that every submission could have alone cannot be had by all, or not by chains.</summary>
    private Exchange Contend(Contest contest, Exchange raised)
    {
        if (SmallOptimum.IsTiny(problem)) return Proved(ExchangeOf(raised.Pairs()));
        var found = contest.Raise([.. raised.Pairs()], Least(raised), FloorBound!.Value);
        FloorBound = contest.FloorBound;
        _candidates = contest.Candidates;
        return ExchangeOf(found);
    }

    /// <summary>The best floor of a tiny problem, or as much of it as can be had and proved.</summary>
    private Exchange Proved(Exchange best)
    {
        var (exact, proved) = SmallOptimum.BestFloor(problem, best.Pairs(), Least(best), FloorBound!.Value);
        FloorBound = Math.Min(FloorBound.Value, proved);
        if (exact is null) return best;
        var better = ExchangeOf(exact);
        better.Raise(proved, 40);
        return new[] { better, ExchangeOf(exact), best }.MaxBy(Least)!;
    }

    private static Exchange Improved(Exchange exchange, long floor)
    {
        exchange.WorkLimit = ImprovingWork;
        exchange.Improve(floor, Rounds);
        return exchange;
    }

    /// <summary>Where the total stands too far below its bound: a better total at the floor, and a bound that knows the floor.</summary>
    private Exchange Finish(Lazy<Contest> contest, Exchange exchange, long floor)
    {
        var total = Total(exchange);
        if (TotalBound - total <= Math.Abs(total) * (SmallOptimum.Suits(problem) ? EnoughOfSmall : Enough)) return exchange;
        if (SmallOptimum.IsTiny(problem)) return Finished(exchange, floor, total);
        // What raised the floor has seen to the total at the same time.
        var found = contest is { IsValueCreated: true, Value.IsChosen: true } ? null : contest.Value.Better([.. exchange.Pairs()], floor);
        TotalBound = Math.Max(total, Math.Min(TotalBound!.Value, contest.Value.TotalBound));
        _candidates = contest.Value.Candidates;
        if (found is null) return exchange;
        var better = Improved(ExchangeOf(found), floor);
        return Least(better) >= floor && Total(better) > total ? better : exchange;
    }

    private Exchange Finished(Exchange exchange, long floor, long total)
    {
        var (better, bound) = SmallOptimum.BestTotal(problem, exchange.Pairs(), floor, TotalBound!.Value);
        TotalBound = bound;
        if (better is null) return exchange;
        var finished = ExchangeOf(better);
        // The optimum was found in coarser units; what that cost the floor is mended, or the better total is not worth having.
        if (!finished.Raise(floor, Rounds)) return exchange;
        finished.Improve(floor, Rounds);
        return Total(finished) > total ? finished : exchange;
    }

    private double Unit => problem.Scale * problem.Largest;

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
