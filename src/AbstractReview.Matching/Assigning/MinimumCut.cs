namespace AbstractReview.Matching;

/// <summary>
/// Reads from the final flow why reviews are missing (Ford and Fulkerson, 1956): from a short submission everything its missing review
/// could still reach is one side of a minimum cut, and the reviewers found there are all at their quotas.
/// </summary>
internal static class MinimumCut
{
    public static List<Shortage> Explain(AssignmentProblem problem, Reduced reduced, IReadOnlyList<Pair> pairs)
    {
        var assigned = new int[problem.Submissions];
        foreach (var pair in pairs) assigned[pair.Submission]++;
        var holders = pairs.ToLookup(pair => pair.Reviewer, pair => pair.Submission);
        var held = pairs.ToHashSet();
        return
        [
            .. Enumerable.Range(0, problem.Submissions).Where(s => assigned[s] < reduced.Demand[s])
                .GroupBy(s => problem.Group[s] ?? "The conference")
                .Select(group => Tell(problem, reduced, group.Key,
                    [.. group.Select(s => new ShortSubmission(s, reduced.Demand[s] - assigned[s]))], holders, held)),
        ];
    }

    private static Shortage Tell(
        AssignmentProblem problem, Reduced reduced, string group, ShortSubmission[] shorts, ILookup<int, int> holders, HashSet<Pair> held)
    {
        bool IsOwn(int reviewer) => problem.IsOfArea is not { } isOfArea || shorts.Any(s => isOfArea(s.Submission, reviewer));
        var own = Enumerable.Range(0, problem.Reviewers).Where(IsOwn).ToArray();
        var exclusions =
            from reviewer in own
            from s in shorts
            let reason = problem.ReasonFor(s.Submission, reviewer)
            where reason is not null
            group reviewer by reason into excluded
            select new Exclusion(excluded.Key, excluded.Distinct().Count(), excluded.Count());
        var missing = shorts.Sum(s => s.Missing);
        var quota = Math.Max(1, problem.MaxLoad.Length == 0 ? 1 : problem.MaxLoad.Order().ElementAt(problem.MaxLoad.Length / 2));
        return new Shortage
        {
            Group = group,
            Submissions = shorts,
            GroupReviewers = own.Length,
            Exclusions = [.. exclusions.OrderByDescending(e => e.Reviewers).ThenBy(e => e.Reason, StringComparer.Ordinal)],
            Saturated = Reach(problem, reduced, shorts, holders, held),
            // One new reviewer reads a submission once, and no more submissions than the quota.
            Invite = Math.Max(shorts.Max(s => s.Missing), (missing + quota - 1) / quota),
        };
    }

    private static List<int> Reach(
        AssignmentProblem problem, Reduced reduced, ShortSubmission[] shorts, ILookup<int, int> holders, HashSet<Pair> held)
    {
        var reached = new bool[problem.Reviewers];
        var seen = shorts.Select(s => s.Submission).ToHashSet();
        var queue = new Queue<int>(seen);
        while (queue.TryDequeue(out var submission))
            for (var r = 0; r < problem.Reviewers; r++)
            {
                if (reached[r] || !reduced.IsOpen(submission, r) || held.Contains(new Pair(submission, r))) continue;
                reached[r] = true;
                foreach (var holder in holders[r])
                    if (seen.Add(holder)) queue.Enqueue(holder);
            }
        return [.. Enumerable.Range(0, problem.Reviewers).Where(r => reached[r])];
    }
}
