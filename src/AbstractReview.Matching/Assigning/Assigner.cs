using System.Diagnostics;

namespace AbstractReview.Matching;

/// <summary>How the assignment is searched; the defaults suit every size.</summary>
public sealed record AssignmentOptions
{
    /// <summary>Each submission's best reviewers that are looked at first; more are added where these do not do.</summary>
    public int CandidatesPerSubmission { get; init; } = 50;

    /// <summary>Total affinity that may be given up to meet one wish; the floor is never given up.</summary>
    public double WishPrice { get; init; } = 0.5;

    /// <summary>Affinity charged for each review a reviewer already has. The default only decides between equal totals.</summary>
    public double LoadPrice { get; init; } = 1e-7;
}

/// <summary>
/// Assigns reviewers to submissions: as many of the wanted reviews as can be had, then the best floor (the least sum of affinities
/// over the submissions), then the greatest total at that floor, then even loads.
/// </summary>
/// <remarks>
/// Sources: the total by minimum cost flow (Taylor 2008); the floor as the aim for the worst-off submission after Stelmakh, Shah and
/// Singh, "PeerReview4All" (2019), and Kobren, Saha and McCallum, "Paper matching with local fairness constraints" (FairFlow, FairIR, 2019),
/// reached here by shortest chains of exchanges or, where rivalry sets it, by a choice among whole sets of reviewers (see Contest), under a bound
/// that proves it. The same input always gives the same assignment.
/// </remarks>
public static class Assigner
{
    /// <summary>Assigns from scratch; pinned pairs stay.</summary>
    /// <exception cref="ContradictoryProblemException">The hard rules contradict one another.</exception>
    public static Assignment Solve(AssignmentProblem problem, AssignmentOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new AssignmentOptions();
        var started = Stopwatch.GetTimestamp();
        problem.Check();
        var reduced = new Reduced(problem);
        var search = new Search(reduced, options, cancellation);
        search.Run();
        return Outcome.Of(problem, reduced, search, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>
    /// Mends what stands: as many reviews as can be had, then as few standing pairs moved as possible, then the greatest total of the new
    /// pairs. A problem under which everything may stand and nothing is missing yields <paramref name="standing"/> itself.
    /// </summary>
    /// <param name="standing">The pairs that stand; those that are now forbidden, or above a quota or a demand, are given up.</param>
    /// <exception cref="ContradictoryProblemException">The hard rules contradict one another.</exception>
    public static Assignment Amend(
        AssignmentProblem problem, IEnumerable<Pair> standing, AssignmentOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new AssignmentOptions();
        var started = Stopwatch.GetTimestamp();
        problem.Check();
        var reduced = new Reduced(problem);
        var search = new Search(reduced, options, cancellation);
        search.Mend([.. standing.Distinct().Where(pair => reduced.IsOpen(pair.Submission, pair.Reviewer))]);
        return Outcome.Of(problem, reduced, search, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>The figures of any assignment, such as one edited by hand; nothing is changed, and no rule is checked.</summary>
    public static AssignmentStatistics Measure(AssignmentProblem problem, IReadOnlyCollection<Pair> pairs) =>
        Outcome.Figures(problem, pairs, null, null, TimeSpan.Zero);
}
