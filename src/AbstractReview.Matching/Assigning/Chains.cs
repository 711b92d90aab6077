namespace AbstractReview.Matching;

/// <summary>
/// Chains of exchanges: a submission gives up one reviewer and takes another, whose former submission takes a third, and so on, until a reviewer with
/// room or the first one is reached. They are shortest paths (Bellman and Ford, first in first out) over the reviewers, a step being what a submission
/// loses by it.
/// </summary>
internal sealed class Chains
{
    public const int Longest = 40;
    private const long Unreached = long.MaxValue / 4;

    private readonly Reduced _problem;
    private readonly Candidates _candidates;
    private readonly Holdings _holdings;
    private readonly long _loadPrice;
    private readonly long[] _cost;
    private readonly int[] _via;
    private readonly int[] _next;
    private readonly int[] _length;
    private readonly bool[] _queued;
    private readonly int[] _queue;
    private readonly bool _wishes;

    public Chains(Reduced problem, Candidates candidates, Holdings holdings, long loadPrice)
    {
        (_problem, _candidates, _holdings, _loadPrice) = (problem, candidates, holdings, loadPrice);
        var reviewers = problem.Reviewers;
        (_cost, _via, _next, _length) = (new long[reviewers], new int[reviewers], new int[reviewers], new int[reviewers]);
        (_queued, _queue) = (new bool[reviewers], new int[reviewers + 1]);
        _wishes = problem.Wishes.Any;
    }

    /// <summary>How many more pairs may be looked at before the search ends: work is counted, not timed, so that every run is alike.</summary>
    public long WorkLimit { get; set; } = long.MaxValue;

    /// <summary>What a sum is worth, and whether a step may be taken at all.</summary>
    public Aim Aim { get; set; } = new(long.MinValue / 4, Strict: true);

    /// <summary>The most steps of a chain.</summary>
    public int Depth { get; set; } = Longest;

    /// <summary>Counts only what the submissions on a chain lose, not what they gain.</summary>
    public bool LossesOnly { get; set; }

    public bool Reaches(int reviewer) => _cost[reviewer] < Unreached;

    /// <summary>The least cost of freeing one review of a reviewer; after <see cref="FindCosts"/>.</summary>
    public long CostOf(int reviewer) => _cost[reviewer];

    /// <summary>The reviewer taken in their place; −1 at the end of a chain.</summary>
    public int After(int reviewer) => _next[reviewer];

    /// <summary>
    /// For every reviewer the least cost of freeing one review of theirs: 0 where there is room (and for what <paramref name="without"/>
    /// holds and may give up itself), else by a holder who takes somebody else.
    /// </summary>
    public void FindCosts(int without, int spare = -1)
    {
        Array.Fill(_cost, Unreached);
        Array.Fill(_next, -1);
        var loads = _holdings.Loads;
        var tail = 0;
        for (var r = 0; r < loads.Length; r++)
        {
            if (loads[r] < _problem.MaxLoad[r]) _cost[r] = _loadPrice * loads[r];
            else if (spare >= 0 ? r == spare : without >= 0 && _holdings.Position(without, r) >= 0) _cost[r] = 0;
            else continue;
            _length[r] = 0;
            Enqueue(r, ref tail);
        }
        Relax(without, tail);
    }

    /// <summary>From everywhere at once at cost 0: what falls below 0 and comes back to itself is a ring of exchanges that gains.</summary>
    public void FindRings()
    {
        Array.Fill(_cost, 0);
        Array.Fill(_next, -1);
        Array.Fill(_length, 0);
        var tail = 0;
        for (var r = 0; r < _cost.Length; r++) Enqueue(r, ref tail);
        Relax(-1, tail);
    }

    /// <summary>The swaps of a chain from a reviewer to its end, or round to <paramref name="until"/>; false when it is too long to be one.</summary>
    public bool Follow(int from, int until, List<(int Submission, int From, int To)> swaps)
    {
        var at = from;
        do
        {
            if (_next[at] < 0) return until < 0;
            if (swaps.Count > Longest + 1) return false;
            swaps.Add((_via[at], at, _next[at]));
            at = _next[at];
        }
        while (at != until);
        return true;
    }

    private void Relax(int without, int tail)
    {
        var head = 0;
        var width = _holdings.Width;
        var held = _holdings.Reviewers;
        var values = _holdings.Values;
        var counts = _holdings.Counts;
        var sums = _holdings.Sums;
        while (head != tail)
        {
            var reviewer = _queue[head];
            head = head + 1 == _queue.Length ? 0 : head + 1;
            _queued[reviewer] = false;
            if (_length[reviewer] >= Depth) continue;
            var reach = _cost[reviewer];
            WorkLimit -= width * (_candidates.ByReviewerStart[reviewer + 1] - _candidates.ByReviewerStart[reviewer]);
            for (var c = _candidates.ByReviewerStart[reviewer]; c < _candidates.ByReviewerStart[reviewer + 1]; c++)
            {
                var submission = _candidates.BySubmission[c];
                if (submission == without) continue;
                var first = submission * width;
                var value = _candidates.ByReviewerValue[c];
                var sum = sums[submission];
                var worth = Aim.Worth(sum);
                for (var at = first; at < first + counts[submission]; at++)
                {
                    var holds = held[at];
                    var cost = reach + worth - Aim.Worth(sum - values[at] + value);
                    if (LossesOnly && cost < reach) cost = reach;
                    if (cost >= _cost[holds] || !Allowed(submission, at - first, reviewer, value)) continue;
                    (_cost[holds], _next[holds], _via[holds], _length[holds]) = (cost, reviewer, submission, _length[reviewer] + 1);
                    if (!_queued[holds]) Enqueue(holds, ref tail);
                }
            }
        }
    }

    private bool Allowed(int submission, int drop, int take, long value)
    {
        var (sum, given) = (_holdings.Sums[submission], _holdings.Values[submission * _holdings.Width + drop]);
        if (value < given && !Aim.Allows(sum, sum - given + value)) return false;
        if (_holdings.Position(submission, take) >= 0) return false;
        return !_wishes || _holdings.Met(submission, drop, take) >= _holdings.Met(submission);
    }

    private void Enqueue(int reviewer, ref int tail)
    {
        _queued[reviewer] = true;
        _queue[tail] = reviewer;
        tail = tail + 1 == _queue.Length ? 0 : tail + 1;
    }
}

/// <summary>What chains are looked for: a greater total above a floor, or sums up to it.</summary>
/// <param name="Floor">In units.</param>
/// <param name="Strict">
/// Whether no sum may fall below the floor, or further below it; otherwise a sum is worth itself, less a thousand for each unit below the floor, so that
/// a submission near the floor may give a little when another gains more.
/// </param>
internal readonly record struct Aim(long Floor, bool Strict)
{
    private const long ShortfallPrice = 1000;

    public long Worth(long sum) => Strict || sum >= Floor ? sum : sum - ShortfallPrice * (Floor - sum);

    public bool Allows(long before, long after) => !Strict || after >= Math.Min(Floor, before);
}
