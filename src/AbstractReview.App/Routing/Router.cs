using AbstractReview.Matching;

namespace AbstractReview.App.Routing;

/// <summary>Solves a routing problem afresh or around what stands.</summary>
internal static class Router
{
    /// <summary>
    /// The best assignment that moves as few of <paramref name="standing"/> as possible: first the fewest moves are found, then what stays is
    /// held fast and the open reviews go to the best floor and total.
    /// </summary>
    /// <param name="build">Makes the problem; asked again for the second step, as held pairs are pinned in it.</param>
    /// <param name="standing">The pairs that stand; none routes afresh.</param>
    /// <param name="ct">Cancels.</param>
    public static Assignment Solve(Func<AssignmentProblem> build, IReadOnlyCollection<Pair> standing, CancellationToken ct)
    {
        if (standing.Count == 0) return Assigner.Solve(build(), cancellation: ct);
        var mended = Assigner.Amend(build(), standing, cancellation: ct);
        var kept = mended.Pairs.Intersect(standing).ToList();
        var problem = build();
        foreach (var pair in kept) problem.Pin(pair.Submission, pair.Reviewer);
        var around = Assigner.Solve(problem, cancellation: ct);
        return around.Statistics.Missing <= mended.Statistics.Missing ? around : mended;
    }
}
