namespace AbstractReview.Matching;

/// <summary>
/// The floor where rivalry, and not one odd submission, sets it: the relaxation says how high it could be and which pairs matter, its
/// solution is rounded by a flow, and annealing raises the floor, two tries side by side, each at a third of the way to the lowest floor not reached.
/// </summary>
internal sealed class Contention(Reduced problem, SearchWork work, CancellationToken cancellation)
{
    private const double Enough = 0.0002;
    private OpenValues? _open;

    public Candidates Candidates { get; private set; } = null!;

    /// <summary>In units; over all pairs.</summary>
    public long Bound { get; private set; } = long.MaxValue;

    public Relaxation Relaxed { get; private set; } = null!;

    /// <summary>Relaxes, adding the pairs that the relaxation asks for.</summary>
    public void Relax(Candidates candidates, int[] wanted, bool[] floored, long? floor, Relaxation? near)
    {
        Candidates = candidates;
        Bound = long.MaxValue;
        for (var round = 0; ; round++)
        {
            var relaxed = new Relaxation(problem, Candidates, wanted, floored, floor, near);
            relaxed.Run(round == 0 ? work.RelaxationSteps : work.RelaxationSteps / 3, 1e-4, cancellation);
            near = Relaxed = relaxed;
            if (relaxed.Weights.Length == 0) return;
            var (bound, beyond) = new Bounding(problem, wanted, floor).OverAll(Candidates, relaxed.Weights, relaxed.Prices);
            Bound = Math.Min(Bound, bound);
            if (round == 3 || beyond.Count == 0) return;
            Candidates = Candidates.With(problem, beyond);
        }
    }

    /// <summary>The whole pairs nearest to the relaxation's parts.</summary>
    public List<Pair> Rounded()
    {
        var values = new long[Candidates.Value.Length];
        for (var c = 0; c < values.Length; c++) values[c] = (long)(Relaxed.Shares[c] * 1e6);
        return CheapestFlow.Solve(problem, Candidates, values, 0);
    }

    /// <param name="pairs">Where to begin.</param>
    /// <param name="least">Their floor, in units.</param>
    /// <param name="bound">No floor is above this.</param>
    public List<Pair> Raise(List<Pair> pairs, long least, long bound)
    {
        _open ??= new OpenValues(problem);
        var (best, ceiling) = (pairs, bound);
        for (var round = 0; round < work.AnnealingRounds && ceiling - least > Math.Abs(bound) * Enough; round++)
        {
            // The relaxation promises more than whole pairs can keep, and most of what is low is quickly mended: it begins in the upper part.
            var (low, high) = round == 0 ? (0.6, 0.85) : (0.33, 0.67);
            long[] targets = [least + (long)(low * (ceiling - least)), least + (long)(high * (ceiling - least))];
            var tries = new (bool Reached, List<Pair> Pairs)[targets.Length];
            var from = best;
            Parallel.For(0, targets.Length, at =>
            {
                var annealing = new Annealing(problem, Candidates, _open, from, (ulong)(2 * round + at + 1));
                var reached = annealing.Reach(targets[at], work.AnnealingSteps, 0.1, 0, cancellation);
                tries[at] = (reached, [.. annealing.Pairs()]);
            });
            for (var at = 0; at < targets.Length; at++)
            {
                if (!tries[at].Reached) ceiling = Math.Min(ceiling, targets[at]);
                if (Least(tries[at].Pairs) is var found && found > least) (best, least) = (tries[at].Pairs, found);
            }
            ceiling = Math.Max(ceiling, least);
        }
        return best;
    }

    /// <summary>A greater total at the floor: from what stands, and from the relaxation at that floor, brought to it.</summary>
    public List<Pair> Better(List<Pair> pairs, long floor)
    {
        _open ??= new OpenValues(problem);
        var rounded = Rounded();
        var tries = new List<Pair>?[2];
        Parallel.For(0, tries.Length, at =>
        {
            var annealing = new Annealing(problem, Candidates, _open, at == 0 ? pairs : rounded, (ulong)(at + 1));
            if (at == 1 && !annealing.Reach(floor, work.AnnealingSteps, 0.1, 0.0005, cancellation)) return;
            annealing.Better(floor, 2 * work.AnnealingSteps, 0.02, cancellation);
            tries[at] = [.. annealing.Pairs()];
        });
        return tries.OfType<List<Pair>>().MaxBy(Total)!;
    }

    private long Total(List<Pair> pairs) => pairs.Sum(pair => problem.Value(pair.Submission, pair.Reviewer));

    private long Least(List<Pair> pairs)
    {
        var sums = problem.PinnedSum.ToArray();
        foreach (var (s, r) in pairs) sums[s] += problem.Value(s, r);
        return pairs.Select(pair => pair.Submission).Distinct().Min(s => sums[s]);
    }
}

/// <summary>How much is tried, by size: counted in steps, so that every run is alike.</summary>
/// <param name="RelaxationSteps">Steps of the relaxation over the first candidates; a third of that whenever some are added.</param>
/// <param name="AnnealingRounds">Pairs of tries to raise the floor.</param>
/// <param name="AnnealingSteps">Exchanges tried in each, at some 60 billionths of a second.</param>
/// <param name="RaisingWork">Pairs looked at by the first chains, which seldom do where rivalry sets the floor.</param>
/// <param name="ImprovingWork">Pairs looked at by chains that better the total.</param>
internal readonly record struct SearchWork(int RelaxationSteps, int AnnealingRounds, long AnnealingSteps, long RaisingWork, long ImprovingWork)
{
    public static SearchWork For(Reduced problem)
    {
        long reviews = problem.Demand.Sum();
        return reviews < 1_000
            ? new SearchWork(1_200, 8, Math.Min(reviews * 12_000, 5_000_000), 20_000_000, 60_000_000)
            : new SearchWork(240, 5, Math.Max(reviews * 300, 1_500_000), 20_000_000, 60_000_000);
    }
}
