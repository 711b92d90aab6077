namespace AbstractReview.Matching;

/// <summary>
/// The pairs worth looking at: each submission's best reviewers (and each reviewer's best submissions where reviewers have a minimum).
/// Kept both ways round, a submission's pairs by falling value.
/// </summary>
internal sealed class Candidates
{
    public required int[] Start { get; init; }
    public required int[] Reviewer { get; init; }
    public required long[] Value { get; init; }
    public required int[] ByReviewerStart { get; init; }
    public required int[] BySubmission { get; init; }
    public required long[] ByReviewerValue { get; init; }

    /// <summary>Whether some open pair was left out.</summary>
    public required bool Pruned { get; init; }

    /// <param name="most">Pairs per submission, at least its demand.</param>
    /// <param name="also">Further pairs that must be among the candidates when they are open.</param>
    public static Candidates Best(Reduced problem, int most, IEnumerable<Pair>? also = null)
    {
        var chosen = new (int Reviewer, long Value)[problem.Submissions][];
        var extra = Extra(problem, also);
        var pruned = 0;
        Parallel.For(0, problem.Submissions, () => new long[problem.Reviewers], (submission, _, row) =>
        {
            problem.CopyRow(submission, row);
            chosen[submission] = Row(row, submission, Math.Max(most, problem.Demand[submission]), extra?[submission], out var left);
            if (left) Interlocked.Exchange(ref pruned, 1);
            return row;
        }, _ => { });
        return Of(problem, chosen, pruned == 1);
    }

    /// <summary>These and further open pairs.</summary>
    public Candidates With(Reduced problem, IEnumerable<Pair> more)
    {
        var added = more.ToLookup(pair => pair.Submission, pair => pair.Reviewer);
        var chosen = new (int Reviewer, long Value)[problem.Submissions][];
        for (var s = 0; s < chosen.Length; s++)
        {
            var known = Enumerable.Range(Start[s], Start[s + 1] - Start[s]).Select(c => (Reviewer[c], Value[c]));
            chosen[s] = added[s].Any()
                ? [.. known.Union(added[s].Select(r => (r, problem.Value(s, r)))).OrderByDescending(pair => pair.Item2).ThenBy(pair => pair.Item1)]
                : [.. known];
        }
        return Of(problem, chosen, Pruned);
    }

    /// <summary>
    /// The open pairs beyond these that <see cref="BestSets"/> would look at under given prices: cheaper than all but a few of the nearer reviewers.
    /// Up to eight of a submission, the best first.
    /// </summary>
    /// <param name="gain">What a unit of affinity is worth.</param>
    public List<Pair> Beyond(Reduced problem, int[] wanted, double[] prices, double gain)
    {
        if (!Pruned) return [];
        var beyond = new List<Pair>?[problem.Submissions];
        Parallel.For(0, wanted.Length, () => new long[problem.Reviewers], (s, _, row) =>
        {
            if (wanted[s] == 0) return row;
            problem.CopyRow(s, row);
            var own = Enumerable.Range(Start[s], Start[s + 1] - Start[s]).ToArray();
            var bar = own.Select(c => gain * Value[c] - prices[Reviewer[c]]).OrderDescending().ElementAt(wanted[s] - 1);
            foreach (var c in own) row[Reviewer[c]] = long.MinValue;
            beyond[s] = [.. Enumerable.Range(0, row.Length).Where(r => row[r] != long.MinValue && gain * row[r] - prices[r] > bar + 1e-12)
                .OrderByDescending(r => gain * row[r] - prices[r]).ThenBy(r => r).Take(8).Select(r => new Pair(s, r))];
            return row;
        }, _ => { });
        return [.. beyond.OfType<List<Pair>>().SelectMany(pairs => pairs)];
    }

    private static (int, long)[] Row(long[] row, int submission, int most, List<int>? extra, out bool left)
    {
        // Equal values are common (areas only, zeros): each submission begins elsewhere, so that ties are not all given to the same reviewers.
        var best = new PriorityQueue<int, (long, int)>(most + 1);
        var begin = row.Length == 0 ? 0 : (int)((uint)submission * 2654435761u % (uint)row.Length);
        left = false;
        for (var step = 0; step < row.Length; step++)
        {
            var reviewer = begin + step < row.Length ? begin + step : begin + step - row.Length;
            if (row[reviewer] == long.MinValue) continue;
            if (best.Count < most) best.Enqueue(reviewer, (row[reviewer], -step));
            else
            {
                left = true;
                if (best.TryPeek(out _, out var least) && row[reviewer] > least.Item1) best.EnqueueDequeue(reviewer, (row[reviewer], -step));
            }
        }
        var reviewers = best.UnorderedItems.Select(item => item.Element);
        if (extra is not null) reviewers = reviewers.Union(extra.Where(reviewer => row[reviewer] != long.MinValue));
        return [.. reviewers.Select(reviewer => (reviewer, row[reviewer])).OrderByDescending(pair => pair.Item2).ThenBy(pair => pair.reviewer)];
    }

    /// <summary>For a reviewer with a minimum, several times as many pairs as it asks for.</summary>
    private static List<int>?[]? Extra(Reduced problem, IEnumerable<Pair>? also)
    {
        if (also is null && problem.MinLoad.All(load => load == 0)) return null;
        var extra = new List<int>?[problem.Submissions];
        foreach (var pair in also ?? []) (extra[pair.Submission] ??= []).Add(pair.Reviewer);
        for (var reviewer = 0; reviewer < problem.Reviewers; reviewer++)
        {
            if (problem.MinLoad[reviewer] == 0) continue;
            var r = reviewer;
            var best = Enumerable.Range(0, problem.Submissions).Where(s => problem.Demand[s] > 0 && problem.IsOpen(s, r))
                .OrderByDescending(s => problem.Value(s, r)).Take(problem.MinLoad[reviewer] * 4 + 8);
            foreach (var submission in best) (extra[submission] ??= []).Add(reviewer);
        }
        return extra;
    }

    private static Candidates Of(Reduced problem, (int Reviewer, long Value)[][] chosen, bool pruned)
    {
        var start = new int[chosen.Length + 1];
        for (var s = 0; s < chosen.Length; s++) start[s + 1] = start[s] + chosen[s].Length;
        var (reviewer, value) = (new int[start[^1]], new long[start[^1]]);
        var byStart = new int[problem.Reviewers + 1];
        for (var s = 0; s < chosen.Length; s++)
            for (var q = 0; q < chosen[s].Length; q++)
            {
                (reviewer[start[s] + q], value[start[s] + q]) = chosen[s][q];
                byStart[chosen[s][q].Reviewer + 1]++;
            }
        for (var r = 0; r < problem.Reviewers; r++) byStart[r + 1] += byStart[r];
        var (bySubmission, byValue, filled) = (new int[start[^1]], new long[start[^1]], new int[problem.Reviewers]);
        for (var s = 0; s < chosen.Length; s++)
            foreach (var (r, v) in chosen[s])
            {
                var at = byStart[r] + filled[r]++;
                (bySubmission[at], byValue[at]) = (s, v);
            }
        return new Candidates
        {
            Start = start, Reviewer = reviewer, Value = value,
            ByReviewerStart = byStart, BySubmission = bySubmission, ByReviewerValue = byValue, Pruned = pruned,
        };
    }
}
