namespace AbstractReview.Matching;

/// <summary>Makes of a finished search what is shown.</summary>
internal static class Outcome
{
    public static Assignment Of(AssignmentProblem problem, Reduced reduced, Search search, TimeSpan time)
    {
        Pair[] pairs = [.. search.Pairs.Concat(problem.Pinned).OrderBy(pair => pair.Submission).ThenBy(pair => pair.Reviewer)];
        var figures = Figures(problem, pairs, search.FloorBound / reduced.Scale, search.TotalBound / reduced.Scale, time);
        var shortages = figures.Missing == 0 ? [] : MinimumCut.Explain(problem, reduced, search.Pairs);
        return new Assignment(pairs, figures, shortages, Unmet(problem, reduced, search.Pairs, figures.Loads));
    }

    public static AssignmentStatistics Figures(AssignmentProblem problem, IReadOnlyCollection<Pair> pairs, double? floorBound, double? totalBound, TimeSpan time)
    {
        var sums = new double[problem.Submissions];
        var loads = new int[problem.Reviewers];
        foreach (var (submission, reviewer) in pairs)
        {
            sums[submission] += problem.Affinity[submission, reviewer];
            loads[reviewer]++;
        }
        var wanting = Enumerable.Range(0, problem.Submissions).Where(s => problem.Demand[s] > 0).OrderBy(s => sums[s]).ThenBy(s => s).ToArray();
        var total = sums.Sum();
        var floor = wanting.Length == 0 ? 0 : sums[wanting[0]];
        return new AssignmentStatistics
        {
            Floor = floor,
            FloorBound = Math.Max(floor, floorBound ?? double.PositiveInfinity),
            FloorMean = wanting.Length == 0 ? 0 : wanting.Min(s => sums[s] / problem.Demand[s]),
            Total = total,
            TotalBound = Math.Max(total, totalBound ?? double.PositiveInfinity),
            Mean = pairs.Count == 0 ? 0 : total / pairs.Count,
            Gini = Gini(loads),
            Loads = loads,
            Worst = [.. wanting.Take(10).Select(s => new SubmissionSum(s, sums[s]))],
            Missing = problem.Demand.Sum() - pairs.Count,
            Seconds = time.TotalSeconds,
        };
    }

    /// <summary>Mean absolute difference of two loads over twice their mean, by the sorted form.</summary>
    public static double Gini(IReadOnlyCollection<int> loads)
    {
        long sum = 0, weighted = 0, rank = 0;
        foreach (var load in loads.Order())
        {
            sum += load;
            weighted += ++rank * load;
        }
        return sum == 0 ? 0 : 2.0 * weighted / ((double)loads.Count * sum) - (loads.Count + 1.0) / loads.Count;
    }

    private static List<UnmetWish> Unmet(AssignmentProblem problem, Reduced reduced, IReadOnlyList<Pair> pairs, IReadOnlyList<int> loads)
    {
        var held = pairs.ToLookup(pair => pair.Submission, pair => pair.Reviewer);
        var unmet = new List<UnmetWish>();
        for (var s = 0; s < problem.Submissions; s++)
        {
            int[] reviewers = [.. held[s]];
            if (!reduced.Wishes.HasTwoInstitutions(s, reviewers)) unmet.Add(new UnmetWish(Wish.TwoInstitutions, s, null));
            if (!reduced.Wishes.HasOneOfTheArea(s, reviewers)) unmet.Add(new UnmetWish(Wish.OneOfTheArea, s, null));
        }
        for (var r = 0; r < problem.Reviewers; r++)
            if (loads[r] < problem.MinLoad[r]) unmet.Add(new UnmetWish(Wish.MinimumLoad, null, r));
        return unmet;
    }
}
