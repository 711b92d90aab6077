using Google.OrTools.Sat;

namespace AbstractReview.Matching;

/// <summary>
/// The best floor, or the best total at a floor, of a small problem by constraint programming (CP-SAT of Google.OrTools), begun from the
/// best assignment known. It works for a fixed amount of deterministic time, so that every run is alike; what it cannot prove by then
/// stays a bound.
/// </summary>
internal sealed class SmallOptimum
{
    private const int MostPairs = 25_000;
    private const int FewPairs = 2_000;

    /// <summary>
    /// Affinities are rounded up to this share of the largest: whole numbers of ten million made the proofs five times slower. The best
    /// found is then at most a few hundred-thousandths from the optimum, and every bound remains one.
    /// </summary>
    private const double Step = 1e-5;

    private readonly double _coarse;
    private readonly CpModel _model = new();
    private readonly List<(Pair Pair, BoolVar Chosen, long Value)> _choices = [];
    private readonly IntVar _floor;

    private SmallOptimum(Reduced problem, IEnumerable<Pair> known, long least, long most)
    {
        _coarse = Math.Max(1, problem.Scale * problem.Largest * Step);
        _floor = _model.NewIntVar((long)Math.Floor(least / _coarse), (long)Math.Ceiling(Math.Max(least, most) / _coarse), "floor");
        var chosen = known.ToHashSet();
        var count = chosen.ToLookup(pair => pair.Submission);
        for (var s = 0; s < problem.Submissions; s++)
        {
            if (problem.Demand[s] == 0) continue;
            var first = _choices.Count;
            for (var r = 0; r < problem.Reviewers; r++)
            {
                if (!problem.IsOpen(s, r)) continue;
                var choice = _model.NewBoolVar("");
                _choices.Add((new Pair(s, r), choice, (long)Math.Ceiling(problem.Value(s, r) / _coarse)));
                _model.AddHint(choice, chosen.Contains(new Pair(s, r)) ? 1 : 0);
            }
            var own = _choices[first..];
            _model.Add(LinearExpr.Sum(own.Select(choice => choice.Chosen)) == count[s].Count());
            if (count[s].Count() == problem.Demand[s])
                _model.Add(LinearExpr.WeightedSum(own.Select(choice => choice.Chosen), own.Select(choice => choice.Value)) + (long)Math.Ceiling(problem.PinnedSum[s] / _coarse) >= _floor);
        }
        foreach (var load in _choices.GroupBy(choice => choice.Pair.Reviewer))
            _model.AddLinearConstraint(LinearExpr.Sum(load.Select(choice => choice.Chosen)), problem.MinLoad[load.Key], problem.MaxLoad[load.Key]);
    }

    public static bool Suits(Reduced problem) => (long)problem.Submissions * problem.Reviewers <= MostPairs;

    /// <summary>Whether the proof takes no longer than a few flows.</summary>
    public static bool IsTiny(Reduced problem) => (long)problem.Submissions * problem.Reviewers <= FewPairs;

    /// <returns>Pairs about as good as those known or better, or null; and a bound in units that no floor exceeds.</returns>
    public static (List<Pair>? Pairs, long Bound) BestFloor(Reduced problem, IEnumerable<Pair> known, long floor, long bound)
    {
        var optimum = new SmallOptimum(problem, known, floor, bound);
        optimum._model.Maximize(optimum._floor);
        // Eight searches taking turns prove a floor far sooner than one, but cost more to set up than a tiny problem takes.
        var searches = IsTiny(problem) ? "num_workers:1" : "num_workers:8,interleave_search:true";
        return optimum.Solve($"{searches},max_deterministic_time:1.5", bound);
    }

    /// <returns>Pairs about as good as those known or better, or null; and a bound in units that no total at this floor exceeds.</returns>
    public static (List<Pair>? Pairs, long Bound) BestTotal(Reduced problem, IEnumerable<Pair> known, long floor, long bound)
    {
        var optimum = new SmallOptimum(problem, known, floor, floor);
        optimum._model.Maximize(LinearExpr.WeightedSum(optimum._choices.Select(choice => choice.Chosen), optimum._choices.Select(choice => choice.Value)));
        var pinned = problem.PinnedSum.Sum();
        var (pairs, proved) = optimum.Solve("num_workers:1,max_deterministic_time:1,relative_gap_limit:0.00002", bound - pinned);
        return (pairs, proved + pinned);
    }

    private (List<Pair>?, long) Solve(string parameters, long bound)
    {
        var solver = new CpSolver { StringParameters = parameters };
        var status = solver.Solve(_model);
        if (status is not (CpSolverStatus.Optimal or CpSolverStatus.Feasible)) return (null, bound);
        return ([.. _choices.Where(choice => solver.BooleanValue(choice.Chosen)).Select(choice => choice.Pair)],
            Math.Min(bound, (long)Math.Ceiling(Math.Ceiling(solver.BestObjectiveBound - 1e-6) * _coarse)));
    }
}
