namespace AbstractReview.Matching;

/// <summary>Who holds what while an assignment is bettered: each submission's reviewers, its sum, and the reviewers' loads; pinned pairs are in the sums only.</summary>
internal sealed class Holdings
{
    private readonly Reduced _problem;
    private readonly int[] _held;
    private readonly long[] _heldValue;
    private readonly int[] _count;
    private readonly long[] _sum;
    private readonly int[] _load;

    public Holdings(Reduced problem, IEnumerable<Pair> pairs)
    {
        _problem = problem;
        Width = Math.Max(1, problem.MostDemanded);
        _held = new int[problem.Submissions * Width];
        _heldValue = new long[_held.Length];
        _count = new int[problem.Submissions];
        _sum = [.. problem.PinnedSum];
        _load = new int[problem.Reviewers];
        foreach (var (submission, reviewer) in pairs)
        {
            var at = submission * Width + _count[submission]++;
            (_held[at], _heldValue[at]) = (reviewer, problem.Value(submission, reviewer));
            _sum[submission] += _heldValue[at];
            _load[reviewer]++;
        }
    }

    /// <summary>Places kept for each submission.</summary>
    public int Width { get; }

    public ReadOnlySpan<int> Reviewers => _held;
    public ReadOnlySpan<long> Values => _heldValue;
    public ReadOnlySpan<int> Counts => _count;
    public ReadOnlySpan<long> Sums => _sum;
    public ReadOnlySpan<int> Loads => _load;

    public ReadOnlySpan<int> Of(int submission) => _held.AsSpan(submission * Width, _count[submission]);

    public int Position(int submission, int reviewer) => Of(submission).IndexOf(reviewer);

    public IEnumerable<Pair> Pairs()
    {
        for (var s = 0; s < _count.Length; s++)
            for (var q = 0; q < _count[s]; q++)
                yield return new Pair(s, _held[s * Width + q]);
    }

    /// <summary>How many of a submission's wishes are met, with the reviewer at <paramref name="drop"/> exchanged for <paramref name="take"/>; −1 for as it is.</summary>
    public int Met(int submission, int drop = -1, int take = -1) => _problem.Wishes.Met(submission, Of(submission), drop, take);

    /// <summary>A submission takes <paramref name="to"/> in place of <paramref name="from"/>.</summary>
    /// <returns>False, and nothing is done, when it does not hold the one or holds the other.</returns>
    public bool Swap(int submission, int from, int to)
    {
        var at = Position(submission, from);
        if (at < 0 || Position(submission, to) >= 0) return false;
        at += submission * Width;
        var value = _problem.Value(submission, to);
        _sum[submission] += value - _heldValue[at];
        (_held[at], _heldValue[at]) = (to, value);
        _load[from]--;
        _load[to]++;
        return true;
    }

    /// <summary>Everything that a swap changes, to be put back if an attempt fails.</summary>
    public (int[] Held, long[] Values, long[] Sums, int[] Loads) Save() => ([.. _held], [.. _heldValue], [.. _sum], [.. _load]);

    public void Restore((int[] Held, long[] Values, long[] Sums, int[] Loads) saved)
    {
        saved.Held.CopyTo(_held, 0);
        saved.Values.CopyTo(_heldValue, 0);
        saved.Sums.CopyTo(_sum, 0);
        saved.Loads.CopyTo(_load, 0);
    }
}
