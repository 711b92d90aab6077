using CsCheck;

namespace AbstractReview.Matching.Tests.Assigning;

/// <summary>Small random problems, and the best that can be done with them by trying everything.</summary>
internal static class Small
{
    /// <summary>2 to 4 submissions, 2 to 5 reviewers, affinities in hundredths, about a fifth of the pairs forbidden.</summary>
    public static readonly Gen<AssignmentProblem> Problems =
        from submissions in Gen.Int[2, 4]
        from reviewers in Gen.Int[2, 5]
        from perSubmission in Gen.Int[1, 2]
        from quota in Gen.Int[1, 3]
        from cells in Gen.Int[0, 100].Array[submissions * reviewers]
        from forbidden in Gen.Int[0, 4].Array[submissions * reviewers]
        select Make(submissions, reviewers, perSubmission, quota, cells, forbidden);

    public static AssignmentProblem Random(int submissions, int reviewers, int perSubmission, int quota, int seed)
    {
        var random = new Random(seed);
        return Make(submissions, reviewers, perSubmission, quota,
            [.. Enumerable.Range(0, submissions * reviewers).Select(_ => random.Next(101))],
            [.. Enumerable.Range(0, submissions * reviewers).Select(_ => random.Next(20))]);
    }

    public static AssignmentProblem Of(float[][] rows, int perSubmission, int quota)
    {
        var affinity = new AffinityMatrix(rows.Length, rows[0].Length);
        for (var s = 0; s < rows.Length; s++) rows[s].CopyTo(affinity.Row(s));
        return new AssignmentProblem(affinity, perSubmission, quota);
    }

    /// <summary>Most pairs, then the greatest floor over the submissions that want reviews, then the greatest total.</summary>
    public static (int Count, double Floor, double Total) Best(AssignmentProblem problem)
    {
        var best = (Count: -1, Floor: 0.0, Total: 0.0);
        var (loads, sums) = (new int[problem.Reviewers], new double[problem.Submissions]);
        Choose(0, 0, 0, 0);
        return best;

        void Choose(int submission, int from, int chosen, int count)
        {
            if (submission == problem.Submissions)
            {
                var found = (count, Math.Round(sums.Min(), 6), Math.Round(sums.Sum(), 6));
                if (found.CompareTo(best) > 0) best = found;
                return;
            }
            Choose(submission + 1, 0, 0, count);
            if (chosen == problem.Demand[submission]) return;
            for (var r = from; r < problem.Reviewers; r++)
            {
                if (problem.IsForbidden(submission, r) || loads[r] == problem.MaxLoad[r]) continue;
                loads[r]++;
                sums[submission] += problem.Affinity[submission, r];
                Choose(submission, r + 1, chosen + 1, count + 1);
                sums[submission] -= problem.Affinity[submission, r];
                loads[r]--;
            }
        }
    }

    public static void ObeysHardRules(AssignmentProblem problem, Assignment assignment)
    {
        Assert.Multiple(() =>
        {
            Assert.That(assignment.Pairs, Is.Unique);
            Assert.That(assignment.Pairs.Where(pair => problem.IsForbidden(pair.Submission, pair.Reviewer)), Is.Empty);
            Assert.That(problem.Pinned.Except(assignment.Pairs), Is.Empty);
            foreach (var load in assignment.Pairs.CountBy(pair => pair.Reviewer)) Assert.That(load.Value, Is.LessThanOrEqualTo(problem.MaxLoad[load.Key]));
            foreach (var reviews in assignment.Pairs.CountBy(pair => pair.Submission)) Assert.That(reviews.Value, Is.LessThanOrEqualTo(problem.Demand[reviews.Key]));
        });
    }

    private static AssignmentProblem Make(int submissions, int reviewers, int perSubmission, int quota, int[] cells, int[] forbidden)
    {
        var affinity = new AffinityMatrix(submissions, reviewers);
        for (var at = 0; at < cells.Length; at++) affinity[at / reviewers, at % reviewers] = cells[at] / 100f;
        var problem = new AssignmentProblem(affinity, perSubmission, quota);
        for (var at = 0; at < forbidden.Length; at++)
            if (forbidden[at] == 0) problem.Forbid(at / reviewers, at % reviewers, "conflict");
        return problem;
    }
}
