namespace AbstractReview.Matching;

/// <summary>One search for an assignment, from candidates to the last exchange.</summary>
internal sealed class Search(Reduced problem, AssignmentOptions options, CancellationToken cancellation)
{
    private const int Rounds = 200;
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
        var full = Enumerable.Range(0, problem.Submissions).Where(s => problem.Demand[s] > 0 && exchange.HeldBy(s).Length == problem.Demand[s]).ToArray();
        var bound = full.Length == 0 ? 0 : full.Min(s => Alone(candidates, s));
        FloorBound = bound;
        var floor = RaiseFloor(exchange, full, bound);
        exchange.Improve(floor, Rounds);
        GrantWishes(exchange, floor);
        Pairs = [.. exchange.Pairs()];
    }

    /// <summary>As few changes to what stands as possible.</summary>
    public void Mend(IReadOnlyCollection<Pair> standing) => Pairs = Fill(standing).Pairs;

    private (Candidates Candidates, List<Pair> Pairs) Fill(IReadOnlyCollection<Pair>? standing)
    {
        var most = Math.Max(options.CandidatesPerSubmission, 3 * problem.MostDemanded);
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

    private long RaiseFloor(Exchange exchange, int[] full, long bound)
    {
        if (full.Length == 0) return long.MinValue / 4;
        var floor = Least(exchange, full);
        var tried = bound;
        while (floor < tried)
        {
            cancellation.ThrowIfCancellationRequested();
            var saved = exchange.Save();
            if (RaiseAll(exchange, full, tried))
            {
                floor = Least(exchange, full);
                tried = bound;
                if (floor >= bound) break;
            }
            else
            {
                bound = tried - 1;
                if (Least(exchange, full) < floor) exchange.Restore(saved);
                floor = Least(exchange, full);
            }
            tried = floor + (bound - floor + 1) / 2;
        }
        return floor;
    }

    private static bool RaiseAll(Exchange exchange, int[] full, long floor)
    {
        foreach (var submission in full.Where(s => exchange.Sums[s] < floor).OrderBy(s => exchange.Sums[s]).ToArray())
            if (!exchange.Raise(submission, floor)) return false;
        return true;
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
