namespace AbstractReview.Matching;

/// <summary>
/// A standing assignment that is bettered by chains of exchanges: a submission gives up one reviewer and takes another, whose former
/// submission takes a third, and so on, until a reviewer with room or the first one is reached. No chain lets a submission that
/// stands at the floor fall below it, nor one that stands lower fall further, nor costs a submission a wish it has.
/// Chains are shortest paths (Bellman and Ford, first in first out) over the reviewers.
/// </summary>
internal sealed class Exchange
{
    private const int LongestChain = 40;
    private const long ShortfallPrice = 1000;
    private const long Unreached = long.MaxValue / 4;

    private readonly Reduced _problem;
    private readonly Candidates _candidates;
    private readonly long _loadPrice;
    private readonly int _width;
    private readonly int[] _held;
    private readonly long[] _heldValue;
    private readonly int[] _count;
    private readonly long[] _sum;
    private readonly int[] _load;
    private readonly long[] _cost;
    private readonly int[] _via;
    private readonly int[] _next;
    private readonly int[] _length;
    private readonly bool[] _queued;
    private readonly int[] _queue;
    private readonly bool _wishes;
    private bool _strict;
    private bool _lossesOnly;
    private long _floor;
    private int _depth = LongestChain;

    public Exchange(Reduced problem, Candidates candidates, IEnumerable<Pair> pairs, long loadPrice)
    {
        (_problem, _candidates, _loadPrice) = (problem, candidates, loadPrice);
        _width = Math.Max(1, problem.MostDemanded);
        _held = new int[problem.Submissions * _width];
        _heldValue = new long[_held.Length];
        _count = new int[problem.Submissions];
        _sum = [.. problem.PinnedSum];
        _load = new int[problem.Reviewers];
        (_cost, _via, _next, _length) = (new long[_load.Length], new int[_load.Length], new int[_load.Length], new int[_load.Length]);
        (_queued, _queue) = (new bool[_load.Length], new int[_load.Length + 1]);
        _wishes = problem.Wishes.Any;
        foreach (var (submission, reviewer) in pairs)
        {
            var at = submission * _width + _count[submission]++;
            (_held[at], _heldValue[at]) = (reviewer, problem.Value(submission, reviewer));
            _sum[submission] += _heldValue[at];
            _load[reviewer]++;
        }
    }

    /// <summary>How many more pairs may be looked at before the search for chains ends: work is counted, not timed, so that every run is alike.</summary>
    public long WorkLimit { get; set; } = long.MaxValue;

    public bool Tired => WorkLimit <= 0;

    public ReadOnlySpan<long> Sums => _sum;
    public ReadOnlySpan<int> Loads => _load;
    public ReadOnlySpan<int> HeldBy(int submission) => _held.AsSpan(submission * _width, _count[submission]);

    public IEnumerable<Pair> Pairs()
    {
        for (var s = 0; s < _count.Length; s++)
            for (var q = 0; q < _count[s]; q++)
                yield return new Pair(s, _held[s * _width + q]);
    }

    /// <summary>Everything that a chain changes, to be put back if an attempt fails.</summary>
    public (int[], long[], long[], int[]) Save() => ([.. _held], [.. _heldValue], [.. _sum], [.. _load]);

    public void Restore((int[] Held, long[] Values, long[] Sums, int[] Loads) saved)
    {
        saved.Held.CopyTo(_held, 0);
        saved.Values.CopyTo(_heldValue, 0);
        saved.Sums.CopyTo(_sum, 0);
        saved.Loads.CopyTo(_load, 0);
    }

    /// <summary>
    /// Brings the sums below the floor up to it, as far as chains lead: the worth of a sum is itself, less <see cref="ShortfallPrice"/> for
    /// each unit below the floor, so that a submission near the floor may give a little when another gains more.
    /// </summary>
    /// <returns>Whether all sums are at the floor.</returns>
    public bool Raise(long floor, int rounds)
    {
        _strict = false;
        _floor = floor;
        Improve(rounds);
        for (var before = Shortfall(); before > 0 && RaiseEach() && Shortfall() < before - before / 50; before = Shortfall()) Improve(1);
        return Shortfall() == 0;
    }

    /// <summary>Every submission below the floor tries to raise itself, the lowest first; the chains behind it count only what they lose.</summary>
    private bool RaiseEach()
    {
        var raised = false;
        foreach (var submission in Enumerable.Range(0, _sum.Length).Where(s => _count[s] > 0 && _sum[s] < _floor).OrderBy(s => _sum[s]).ToArray())
            for (var q = 0; q < _count[submission] && _sum[submission] < _floor && !Tired; q++)
                raised |= RaiseBy(submission, q);
        return raised;
    }

    private bool RaiseBy(int submission, int drop)
    {
        var dropped = _held[submission * _width + drop];
        _depth = LongestChain;
        _lossesOnly = true;
        FindCosts(submission, dropped);
        _lossesOnly = false;
        var value = _heldValue[submission * _width + drop];
        var worth = Worth(_sum[submission]);
        var (best, take) = (0L, -1);
        for (var c = _candidates.Start[submission]; c < _candidates.Start[submission + 1] && _candidates.Value[c] > value; c++)
        {
            var reviewer = _candidates.Reviewer[c];
            if (_cost[reviewer] >= Unreached || Position(submission, reviewer) >= 0) continue;
            var gain = Worth(_sum[submission] - value + _candidates.Value[c]) - worth - _cost[reviewer];
            if (gain > best && MayDrop(submission, drop, reviewer)) (best, take) = (gain, reviewer);
        }
        if (take < 0) return false;
        var swaps = new List<(int Submission, int From, int To)> { (submission, dropped, take) };
        return Follow(take, -1, swaps) && Perform(swaps, 0);
    }

    /// <summary>Betters the total by chains and rings of exchanges; no submission falls below the floor, or further below.</summary>
    public void Improve(long floor, int rounds)
    {
        _strict = true;
        _floor = floor;
        Improve(rounds);
    }

    private void Improve(int rounds)
    {
        for (var round = 0; round < rounds; round++)
            if (Tired || !ImproveOnce()) return;
    }

    private bool ImproveOnce()
    {
        foreach (var depth in (int[])[3, 8, LongestChain])
        {
            _depth = depth;
            FindCosts(-1);
            var improved = ApplyFreeing();
            FindRings();
            if (ApplyRings() || improved) return true;
        }
        return false;
    }

    private long Shortfall()
    {
        long shortfall = 0;
        for (var s = 0; s < _sum.Length; s++)
            if (_count[s] > 0) shortfall += Math.Max(0, _floor - _sum[s]);
        return shortfall;
    }

    private long Worth(long sum) => _strict || sum >= _floor ? sum : sum - ShortfallPrice * (_floor - sum);

    /// <summary>
    /// A total that no assignment exceeds, over all pairs and not the candidates only, in units: with what freeing one of their reviews costs
    /// as the reviewers' prices (any prices would do; these are the flow's own), each submission takes its best at those prices, and
    /// every reviewer is paid in full.
    /// </summary>
    public long DualBound()
    {
        (_strict, _floor, _depth) = (true, long.MinValue / 4, int.MaxValue);
        FindCosts(-1);
        var dearest = 0L;
        foreach (var cost in _cost)
            if (cost < Unreached) dearest = Math.Max(dearest, cost);
        var bound = _problem.PinnedSum.Sum();
        var prices = new long[_cost.Length];
        for (var r = 0; r < prices.Length; r++)
        {
            prices[r] = Math.Clamp(_cost[r], 0, dearest);
            bound += prices[r] * _problem.MaxLoad[r];
        }
        Parallel.For(0, _count.Length, () => (Row: new long[prices.Length], Sum: 0L), (s, _, local) =>
        {
            _problem.CopyRow(s, local.Row);
            Span<long> best = new long[_problem.Demand[s] + 1];
            for (var r = 0; r < prices.Length; r++)
            {
                var value = local.Row[r] == long.MinValue ? 0 : local.Row[r] - prices[r];
                if (value <= best[^1]) continue;
                var at = best.Length - 1;
                for (; at > 0 && best[at - 1] < value; at--) best[at] = best[at - 1];
                best[at] = value;
            }
            for (var q = 0; q < best.Length - 1; q++) local.Sum += best[q];
            return local;
        }, local => Interlocked.Add(ref bound, local.Sum));
        return bound;
    }

    /// <summary>Meets one more wish of a submission by a chain that costs the total no more than <paramref name="price"/>.</summary>
    public bool Grant(int submission, long floor, long price)
    {
        var held = HeldBy(submission);
        var met = _problem.Wishes.Met(submission, held, -1, -1);
        (_strict, _floor, _depth) = (true, floor, LongestChain);
        FindCosts(submission);
        var best = new Step(-1, -1, 0);
        for (var c = _candidates.Start[submission]; c < _candidates.Start[submission + 1]; c++)
        {
            var reviewer = _candidates.Reviewer[c];
            if (_cost[reviewer] >= Unreached || Position(submission, reviewer) >= 0) continue;
            for (var q = 0; q < held.Length; q++)
            {
                var loss = _cost[reviewer] + _heldValue[submission * _width + q] - _candidates.Value[c];
                if (loss > price || best.Drop >= 0 && loss >= best.Cost) continue;
                if (_sum[submission] - _heldValue[submission * _width + q] + _candidates.Value[c] < Math.Min(floor, _sum[submission])) continue;
                if (!MayDrop(submission, q, reviewer)) continue;
                if (_problem.Wishes.Met(submission, held, q, reviewer) > met) best = new Step(q, reviewer, loss);
            }
        }
        return best.Drop >= 0 && Apply(submission, best.Drop, best.Take);
    }

    private readonly record struct Step(int Drop, int Take, long Cost);

    /// <summary>Whether the chain from <paramref name="take"/> ends where the dropped reviewer can be spared.</summary>
    private bool MayDrop(int submission, int drop, int take)
    {
        var end = take;
        for (var hops = 0; _next[end] >= 0 && hops <= LongestChain; hops++) end = _next[end];
        var dropped = _held[submission * _width + drop];
        if (end == dropped) return true;
        return _load[end] < _problem.MaxLoad[end] && _load[dropped] > _problem.MinLoad[dropped];
    }

    private int Met(int submission, int drop, int take) => _problem.Wishes.Met(submission, HeldBy(submission), drop, take);

    private int Position(int submission, int reviewer) => HeldBy(submission).IndexOf(reviewer);

    /// <summary>
    /// For every reviewer the least cost of freeing one review of theirs: 0 where there is room (and for what <paramref name="without"/>
    /// holds and may give up itself), else by a holder who takes somebody else.
    /// </summary>
    private void FindCosts(int without, int spare = -1)
    {
        Array.Fill(_cost, Unreached);
        Array.Fill(_next, -1);
        var (head, tail) = (0, 0);
        for (var r = 0; r < _load.Length; r++)
        {
            if (_load[r] < _problem.MaxLoad[r]) _cost[r] = _loadPrice * _load[r];
            else if (spare >= 0 ? r == spare : without >= 0 && Position(without, r) >= 0) _cost[r] = 0;
            else continue;
            _length[r] = 0;
            Enqueue(r, ref tail);
        }
        Relax(without, head, tail);
    }

    /// <summary>From everywhere at once at cost 0: what falls below 0 and comes back to itself is a ring of exchanges that gains.</summary>
    private void FindRings()
    {
        Array.Fill(_cost, 0);
        Array.Fill(_next, -1);
        Array.Fill(_length, 0);
        var tail = 0;
        for (var r = 0; r < _load.Length; r++) Enqueue(r, ref tail);
        Relax(-1, 0, tail);
    }

    private void Relax(int without, int head, int tail)
    {
        while (head != tail)
        {
            var reviewer = _queue[head];
            head = head + 1 == _queue.Length ? 0 : head + 1;
            _queued[reviewer] = false;
            if (_length[reviewer] >= _depth) continue;
            var reach = _cost[reviewer];
            WorkLimit -= _width * (_candidates.ByReviewerStart[reviewer + 1] - _candidates.ByReviewerStart[reviewer]);
            for (var c = _candidates.ByReviewerStart[reviewer]; c < _candidates.ByReviewerStart[reviewer + 1]; c++)
            {
                var submission = _candidates.BySubmission[c];
                if (submission == without) continue;
                var first = submission * _width;
                var last = first + _count[submission];
                var value = _candidates.ByReviewerValue[c];
                var sum = _sum[submission];
                var worth = Worth(sum);
                for (var at = first; at < last; at++)
                {
                    var holds = _held[at];
                    var cost = reach + worth - Worth(sum - _heldValue[at] + value);
                    if (_lossesOnly && cost < reach) cost = reach;
                    if (cost >= _cost[holds] || !Allowed(submission, first, last, at, reviewer, value)) continue;
                    (_cost[holds], _next[holds], _via[holds], _length[holds]) = (cost, reviewer, submission, _length[reviewer] + 1);
                    if (!_queued[holds]) Enqueue(holds, ref tail);
                }
            }
        }
    }

    private bool Allowed(int submission, int first, int last, int drop, int take, long value)
    {
        var sum = _sum[submission];
        if (_strict && value < _heldValue[drop] && sum - _heldValue[drop] + value < Math.Min(_floor, sum)) return false;
        for (var at = first; at < last; at++)
            if (_held[at] == take) return false;
        return !_wishes || Met(submission, drop - first, take) >= Met(submission, -1, -1);
    }

    private void Enqueue(int reviewer, ref int tail)
    {
        _queued[reviewer] = true;
        _queue[tail] = reviewer;
        tail = tail + 1 == _queue.Length ? 0 : tail + 1;
    }

    /// <summary>Applies the chains that gain by taking a review off somebody, best first.</summary>
    private bool ApplyFreeing()
    {
        var gaining = new List<(long Cost, int Reviewer)>();
        for (var r = 0; r < _load.Length; r++)
            if (_cost[r] < Unreached && _next[r] >= 0 && _load[r] > _problem.MinLoad[r] && _cost[r] < _loadPrice * (_load[r] - 1))
                gaining.Add((_cost[r] - _loadPrice * (_load[r] - 1), r));
        gaining.Sort();
        var applied = false;
        foreach (var (_, reviewer) in gaining) applied |= ApplyChain(reviewer, -1);
        return applied;
    }

    private bool ApplyRings()
    {
        var seen = new int[_load.Length];
        var applied = false;
        for (var r = 0; r < _load.Length; r++)
        {
            var at = r;
            while (at >= 0 && seen[at] == 0)
            {
                seen[at] = r + 1;
                at = _next[at];
            }
            if (at >= 0 && seen[at] == r + 1) applied |= ApplyChain(at, at);
        }
        return applied;
    }

    /// <summary>A submission takes <paramref name="take"/> for what it holds at <paramref name="drop"/>, and the chain behind follows.</summary>
    private bool Apply(int submission, int drop, int take)
    {
        var swaps = new List<(int Submission, int From, int To)> { (submission, _held[submission * _width + drop], take) };
        return Follow(take, -1, swaps) && Perform(swaps, long.MinValue);
    }

    private bool ApplyChain(int from, int until)
    {
        var swaps = new List<(int, int, int)>();
        return Follow(from, until, swaps) && Perform(swaps, 0);
    }

    private bool Follow(int from, int until, List<(int, int, int)> swaps)
    {
        var at = from;
        do
        {
            if (_next[at] < 0) return until < 0;
            if (swaps.Count > LongestChain + 1) return false;
            swaps.Add((_via[at], at, _next[at]));
            at = _next[at];
        }
        while (at != until);
        return true;
    }

    /// <summary>
    /// Carries the swaps out; puts them back and answers false when they do not fit together (a submission met twice on a chain,
    /// a chain that an earlier one changed) or do not gain more than asked.
    /// </summary>
    private bool Perform(List<(int Submission, int From, int To)> swaps, long gainAbove)
    {
        var before = swaps.Select(swap => (_sum[swap.Submission], _wishes ? Met(swap.Submission, -1, -1) : 0)).ToArray();
        long gain = 0;
        var done = 0;
        foreach (var (submission, from, to) in swaps)
        {
            if (!Swap(submission, from, to, ref gain)) break;
            done++;
        }
        var sound = done == swaps.Count && gain > gainAbove && (swaps[^1].To == swaps[0].From || _load[swaps[0].From] >= _problem.MinLoad[swaps[0].From]);
        for (var s = 0; sound && s < swaps.Count; s++)
        {
            var (submission, from, to) = swaps[s];
            sound = (!_strict || _sum[submission] >= Math.Min(_floor, before[s].Item1))
                && _load[to] <= _problem.MaxLoad[to]
                && (!_wishes || Met(submission, -1, -1) >= before[s].Item2);
        }
        if (!sound)
            for (var s = done - 1; s >= 0; s--) Swap(swaps[s].Submission, swaps[s].To, swaps[s].From, ref gain);
        return sound;
    }

    private bool Swap(int submission, int from, int to, ref long gain)
    {
        var at = Position(submission, from);
        if (at < 0 || Position(submission, to) >= 0) return false;
        at += submission * _width;
        var value = _problem.Value(submission, to);
        gain += Worth(_sum[submission] - _heldValue[at] + value) - Worth(_sum[submission]) + _loadPrice * (_load[from] - 1 - _load[to]);
        _sum[submission] += value - _heldValue[at];
        (_held[at], _heldValue[at]) = (to, value);
        _load[from]--;
        _load[to]++;
        return true;
    }
}
