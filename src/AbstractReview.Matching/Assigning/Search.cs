namespace AbstractReview.Matching;

/// <summary>One search for an assignment, from candidates to the last exchange.</summary>
internal sealed class Search(Reduced problem, AssignmentOptions options, CancellationToken cancellation)
{
    private const int Rounds = 200;

    /// <summary>Pairs looked at in one climb, at a few billionths of a second each: counted, not timed, so that every run is alike.</summary>
    private const long MostWork = 300_000_000;
    private readonly long _loadPrice = Math.Max(0, problem.Units(options.LoadPrice));

    public IReadOnlyList<Pair> Pairs { get; private set; } = [];

    /// <summary>In units; null when not known.</summary>
    public long? FloorBound { get; private set; }
    public long? TotalBound { get; private set; }

    /// <summary>The greatest floor, then the greatest total, then the wishes.</summary>
    public void Run()
    {
        var (candidates, pairs) = Fill(null);
        var exchange = new Exchange(problem, candidates, pairs, _loadPrice);
        TotalBound = problem.PinnedSum.Sum() + pairs.Sum(pair => problem.Value(pair.Submission, pair.Reviewer));
        if (candidates.Pruned) TotalBound = Math.Max(TotalBound.Value, exchange.DualBound());
        var full = Enumerable.Range(0, problem.Submissions).Where(s => problem.Demand[s] > 0 && exchange.HeldBy(s).Length == problem.Demand[s]).ToArray();
        var bound = full.Length == 0 ? 0 : full.Min(s => Alone(candidates, s));
        FloorBound = bound;
        exchange.WorkLimit = MostWork;
        if (full.Length > 0 && Least(exchange, full) < bound && !exchange.Raise(bound, Rounds))
            (exchange, FloorBound) = Contend(candidates, pairs, full, bound);
        var floor = full.Length == 0 ? long.MinValue / 4 : Least(exchange, full);
        exchange.WorkLimit = MostWork;
        exchange.Improve(floor, Rounds);
        exchange = Finish(exchange, candidates, floor);
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

    /// <summary>The sum a submission would have if it were the only one.</summary>
    private long Alone(Candidates candidates, int submission)
    {
        var sum = problem.PinnedSum[submission];
        for (var q = 0; q < problem.Demand[submission]; q++) sum += candidates.Value[candidates.Start[submission] + q];
        return sum;
    }

    /// <summary>Where the floor that every submission could have alone cannot be had by all.</summary>
    private (Exchange, long Bound) Contend(Candidates candidates, List<Pair> pairs, int[] full, long bound)
    {
        var best = new Exchange(problem, candidates, pairs, _loadPrice);
        if (!SmallOptimum.IsTiny(problem))
        {
            var priced = new PricedFlows(problem, candidates, _loadPrice);
            priced.Run(best.Sums, cancellation);
            var ceiling = Math.Min(bound, priced.Bound);
            // Proved for the candidates only; where pairs were left out it guides the search but is not told as a bound.
            if (!candidates.Pruned) bound = ceiling;
            var other = new Exchange(problem, candidates, priced.Pairs, _loadPrice);
            Climb(other, full, ceiling);
            Climb(best, full, ceiling);
            if (Least(other, full) > Least(best, full)) best = other;
        }
        if (!SmallOptimum.Suits(problem)) return (best, bound);
        var (pairsOfBest, proved) = SmallOptimum.BestFloor(problem, best.Pairs(), Least(best, full), bound);
        if (pairsOfBest is null) return (best, proved);
        var exact = new Exchange(problem, candidates, pairsOfBest, _loadPrice);
        Climb(exact, full, proved);
        return (Least(exact, full) > Least(best, full) ? exact : best, proved);
    }

    /// <summary>On a small problem, where the total stands too far below its bound: the best total at the floor, proved.</summary>
    private Exchange Finish(Exchange exchange, Candidates candidates, long floor)
    {
        var total = exchange.Pairs().Sum(pair => problem.Value(pair.Submission, pair.Reviewer)) + problem.PinnedSum.Sum();
        if (!SmallOptimum.Suits(problem) || TotalBound - total <= Math.Abs(total) / 20_000) return exchange;
        var (better, bound) = SmallOptimum.BestTotal(problem, exchange.Pairs(), floor, TotalBound!.Value);
        TotalBound = bound;
        if (better is null) return exchange;
        var finished = new Exchange(problem, candidates, better, _loadPrice);
        // The optimum was found in coarser units; what that cost the floor is mended, or the better total is not worth having.
        if (!finished.Raise(floor, Rounds)) return exchange;
        finished.Improve(floor, Rounds);
        return finished.Pairs().Sum(pair => problem.Value(pair.Submission, pair.Reviewer)) + problem.PinnedSum.Sum() > total ? finished : exchange;
    }

    /// <summary>
    /// Raises the floor by stages, each to where a tenth of the submissions stand lower; halves the stage that fails, and ends when
    /// stages grow small or the work is used up.
    /// </summary>
    private void Climb(Exchange exchange, int[] full, long bound)
    {
        exchange.WorkLimit = MostWork;
        var ceiling = bound;
        while (!exchange.Tired)
        {
            cancellation.ThrowIfCancellationRequested();
            var floor = Least(exchange, full);
            var target = Math.Min(ceiling, Math.Max(Tenth(exchange, full), floor + (ceiling - floor) / 8));
            if (target - floor <= Math.Abs(floor) / 10_000) return;
            var saved = exchange.Save();
            if (exchange.Raise(target, 40)) ceiling = bound;
            else
            {
                ceiling = floor + (target - floor) / 2;
                if (Least(exchange, full) < floor) exchange.Restore(saved);
            }
        }
    }

    private static long Tenth(Exchange exchange, int[] full)
    {
        var sums = new long[full.Length];
        for (var at = 0; at < sums.Length; at++) sums[at] = exchange.Sums[full[at]];
        Array.Sort(sums);
        return sums[sums.Length / 10];
    }

    private static long Least(Exchange exchange, int[] full)
    {
        var least = long.MaxValue;
        foreach (var submission in full) least = Math.Min(least, exchange.Sums[submission]);
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
