using Google.OrTools.Sat;

namespace AbstractReview.Matching;

/// <summary>
/// One whole set for each submission, of the greatest total within the loads, from those that a <see cref="SetChoice"/> came to: constraint programming
/// (CP-SAT of Google.OrTools) for a fixed amount of deterministic time, so that every run is alike.
/// </summary>
internal static class WholeSets
{
    /// <summary>Sums are told in this share of the largest affinity: finer ones make the proofs longer and no total better.</summary>
    private const double Step = 1e-6;

    /// <param name="choice">Solved.</param>
    /// <param name="worse">Sets that are worth less than their submission's best by more than this, in parts of the largest affinity, are left out.</param>
    /// <param name="effort">Deterministic time, about a second each.</param>
    /// <returns>Null when none is found: there is none, or not of these sets, or not in that time.</returns>
    public static List<Pair>? Choose(BestSets sets, SetChoice choice, int[] least, int[] most, double worse, double effort)
    {
        var choices = Near(sets, choice, worse);
        var model = new CpModel();
        var chosen = choices.Select(_ => model.NewBoolVar("")).ToArray();
        var holders = new List<BoolVar>[most.Length];
        for (var r = 0; r < most.Length; r++) holders[r] = [];
        for (var c = 0; c < chosen.Length; c++)
        {
            model.AddHint(chosen[c], choices[c].Share > 0.5);
            foreach (var r in choices[c].Set.Reviewers) holders[r].Add(chosen[c]);
        }
        foreach (var own in chosen.Index().GroupBy(at => choices[at.Index].Set.Submission)) model.AddExactlyOne(own.Select(at => at.Item));
        for (var r = 0; r < most.Length; r++)
            if (holders[r].Count > most[r] || least[r] > 0) model.AddLinearConstraint(LinearExpr.Sum(holders[r]), least[r], most[r]);
        var coarse = Math.Max(1, sets.Unit * Step);
        model.Maximize(LinearExpr.WeightedSum(chosen, choices.Select(set => (long)(set.Set.Sum / coarse))));
        var solver = new CpSolver
        {
            StringParameters = FormattableString.Invariant($"num_workers:1,linearization_level:2,relative_gap_limit:0.00003,max_deterministic_time:{effort}"),
        };
        if (solver.Solve(model) is not (CpSolverStatus.Optimal or CpSolverStatus.Feasible)) return null;
        return [.. chosen.Index().Where(at => solver.BooleanValue(at.Item)).SelectMany(at => choices[at.Index].Set.Reviewers.Select(r => new Pair(choices[at.Index].Set.Submission, r)))];
    }

    private static List<(ReviewerSet Set, double Share)> Near(BestSets sets, SetChoice choice, double worse)
    {
        var all = choice.Shares().Select(share => (share.Set, share.Share, Worth: share.Set.Sum / sets.Unit - share.Set.Reviewers.Sum(r => choice.Prices[r]))).ToList();
        var best = all.GroupBy(set => set.Set.Submission).ToDictionary(own => own.Key, own => own.Max(set => set.Worth));
        return [.. all.Where(set => set.Share > 1e-9 || set.Worth >= best[set.Set.Submission] - worse).Select(set => (set.Set, set.Share))];
    }
}
