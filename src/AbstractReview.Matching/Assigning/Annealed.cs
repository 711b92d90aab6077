namespace AbstractReview.Matching;

/// <summary>
/// A problem too large to choose sets together: <see cref="Annealing"/> raises its floor, two tries side by side, each at a third of the way to the
/// lowest floor not reached, and then the total at that floor.
/// </summary>
internal static class Annealed
{
    private const double Enough = 0.0005;
    private const int Rounds = 5;
    private const long StepsToTotal = 1000;

    /// <param name="open">The problem's values, laid out once for both searches.</param>
    /// <param name="pairs">Where to begin.</param>
    /// <param name="least">Their floor, in units.</param>
    /// <param name="ceiling">No floor above this is believed to be within reach, in units.</param>
    public static List<Pair> Raise(Reduced problem, Candidates candidates, OpenValues open, List<Pair> pairs, long least, long ceiling, CancellationToken cancellation)
    {
        var steps = Math.Max(300L * pairs.Count, 1_500_000);
        var best = pairs;
        for (var round = 0; round < Rounds && ceiling - least > Math.Abs(ceiling) * Enough; round++)
        {
            // Whole pairs can seldom keep what the prices promise, and most of what is low is quickly mended: it begins in the upper part.
            var (low, high) = round == 0 ? (0.8, 0.95) : (0.33, 0.67);
            long[] targets = [least + (long)(low * (ceiling - least)), least + (long)(high * (ceiling - least))];
            var tries = new (bool Reached, List<Pair> Pairs)[targets.Length];
            var from = best;
            Parallel.For(0, targets.Length, at =>
            {
                var annealing = new Annealing(problem, candidates, open, from, (ulong)(2 * round + at + 1));
                var reached = annealing.Reach(targets[at], steps, 0.1, cancellation);
                tries[at] = (reached, [.. annealing.Pairs()]);
            });
            for (var at = 0; at < targets.Length; at++)
            {
                if (!tries[at].Reached) ceiling = Math.Min(ceiling, targets[at]);
                if (Least(problem, tries[at].Pairs) is var found && found > least) (best, least) = (tries[at].Pairs, found);
            }
            ceiling = Math.Max(ceiling, least);
        }
        return best;
    }

    /// <summary>As great a total as is found at a floor that stands.</summary>
    /// <param name="floor">In units.</param>
    public static List<Pair> Better(Reduced problem, Candidates candidates, OpenValues open, List<Pair> pairs, long floor, CancellationToken cancellation)
    {
        double[] warm = [0.03, 0.1];
        var tries = new List<Pair>[warm.Length];
        Parallel.For(0, tries.Length, at =>
        {
            var annealing = new Annealing(problem, candidates, open, pairs, (ulong)(at + 1));
            annealing.Better(floor, StepsToTotal * pairs.Count, warm[at], cancellation);
            tries[at] = [.. annealing.Pairs()];
        });
        return tries.Append(pairs).MaxBy(found => found.Sum(pair => problem.Value(pair.Submission, pair.Reviewer)))!;
    }

    private static long Least(Reduced problem, List<Pair> pairs)
    {
        var sums = problem.PinnedSum.ToArray();
        foreach (var (s, r) in pairs) sums[s] += problem.Value(s, r);
        return pairs.Select(pair => pair.Submission).Distinct().Min(s => sums[s]);
    }
}
