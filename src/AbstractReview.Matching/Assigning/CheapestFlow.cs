using Google.OrTools.Graph;

namespace AbstractReview.Matching;

/// <summary>
/// The assignment as a minimum cost flow (source: Taylor, "On the optimal assignment of conference papers to reviewers", 2008; solved by
/// Google.OrTools' cost-scaling push-relabel): submissions send their demand to reviewers, who drain to one sink. As many reviews as
/// possible come first, then reviewers' minimums, then value.
/// </summary>
internal static class CheapestFlow
{
    /// <summary>The best pairs for the given values, one value per candidate.</summary>
    /// <param name="loadPrice">Units charged for each review a reviewer already has, so that equal totals go to even loads.</param>
    public static List<Pair> Solve(Reduced problem, Candidates candidates, ReadOnlySpan<long> values, long loadPrice)
    {
        var (submissions, reviewers) = (problem.Submissions, problem.Reviewers);
        var sink = submissions + reviewers;
        long largest = 1;
        foreach (var value in values) largest = Math.Max(largest, Math.Abs(value));
        largest += loadPrice * (problem.MaxLoad.Length == 0 ? 0 : Math.Min(problem.MaxLoad.Max(), submissions));
        // No chain of exchanges is worth as much as a minimum met, none of either as much as a review written.
        var minimumPrize = 2 * largest * (Math.Min(submissions, reviewers) + 2);
        var missingPrice = problem.MinLoad.Any(load => load > 0) ? 2 * minimumPrize * (Math.Min(submissions, reviewers) + 2) : minimumPrize;

        using var flow = new MinCostFlow();
        var total = 0;
        for (var s = 0; s < submissions; s++)
        {
            for (var c = candidates.Start[s]; c < candidates.Start[s + 1]; c++)
                flow.AddArcWithCapacityAndUnitCost(s, submissions + candidates.Reviewer[c], 1, -values[c]);
            total += problem.Demand[s];
        }
        for (var s = 0; s < submissions; s++)
        {
            flow.SetNodeSupply(s, problem.Demand[s]);
            flow.AddArcWithCapacityAndUnitCost(s, sink, problem.Demand[s], missingPrice);
        }
        for (var r = 0; r < reviewers; r++)
        {
            var useful = Math.Min(problem.MaxLoad[r], candidates.ByReviewerStart[r + 1] - candidates.ByReviewerStart[r]);
            for (var load = 0; load < useful; load++)
                flow.AddArcWithCapacityAndUnitCost(submissions + r, sink, 1, loadPrice * load - (load < problem.MinLoad[r] ? minimumPrize : 0));
        }
        flow.SetNodeSupply(sink, -total);
        var status = flow.Solve();
        if (status != MinCostFlowBase.Status.OPTIMAL) throw new InvalidOperationException($"The flow ended as {status}.");

        var pairs = new List<Pair>(total);
        for (var s = 0; s < submissions; s++)
            for (var c = candidates.Start[s]; c < candidates.Start[s + 1]; c++)
                if (flow.Flow(c) > 0) pairs.Add(new Pair(s, candidates.Reviewer[c]));
        return pairs;
    }
}
