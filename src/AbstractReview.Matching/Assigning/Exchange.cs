namespace AbstractReview.Matching;

/// <summary>
/// A standing assignment that is bettered by <see cref="Chains"/> of exchanges. No chain lets a submission that stands at the floor fall below it, nor
/// one that stands lower fall further, nor costs a submission a wish it has.
/// </summary>
internal sealed class Exchange
{
    private static readonly int[] Depths = [3, 8, Chains.Longest];

    private readonly Reduced _problem;
    private readonly Candidates _candidates;
    private readonly Holdings _holdings;
    private readonly Chains _chains;
    private readonly long _loadPrice;
    private readonly bool _wishes;

    public Exchange(Reduced problem, Candidates candidates, IEnumerable<Pair> pairs, long loadPrice)
    {
        (_problem, _candidates, _loadPrice) = (problem, candidates, loadPrice);
        _holdings = new Holdings(problem, pairs);
        _chains = new Chains(problem, candidates, _holdings, loadPrice);
        _wishes = problem.Wishes.Any;
    }

    /// <summary>See <see cref="Chains.WorkLimit"/>.</summary>
    public long WorkLimit { get => _chains.WorkLimit; set => _chains.WorkLimit = value; }

    public bool Tired => WorkLimit <= 0;

    public Holdings Holdings => _holdings;
    public ReadOnlySpan<long> Sums => _holdings.Sums;
    public ReadOnlySpan<int> HeldBy(int submission) => _holdings.Of(submission);
    public IEnumerable<Pair> Pairs() => _holdings.Pairs();

    /// <summary>Brings the sums below the floor up to it, as far as chains lead.</summary>
    /// <returns>Whether all sums are at the floor.</returns>
    public bool Raise(long floor, int rounds)
    {
        _chains.Aim = new Aim(floor, Strict: false);
        Improve(rounds);
        for (var before = Shortfall(); before > 0 && RaiseEach() && Shortfall() < before - before / 50; before = Shortfall()) Improve(1);
        return Shortfall() == 0;
    }

    /// <summary>Betters the total by chains and rings of exchanges; no submission falls below the floor, or further below.</summary>
    public void Improve(long floor, int rounds)
    {
        _chains.Aim = new Aim(floor, Strict: true);
        Improve(rounds);
    }

    /// <summary>What freeing one review of each reviewer would cost, 0 or more, in units: prices that go with this assignment.</summary>
    public long[] Prices()
    {
        (_chains.Aim, _chains.Depth) = (new Aim(long.MinValue / 4, Strict: true), int.MaxValue);
        _chains.FindCosts(-1);
        var reached = Enumerable.Range(0, _problem.Reviewers).Where(_chains.Reaches).Select(_chains.CostOf).ToArray();
        var dearest = reached.Length == 0 ? 0 : Math.Max(0, reached.Max());
        return [.. Enumerable.Range(0, _problem.Reviewers).Select(r => Math.Clamp(_chains.CostOf(r), 0, dearest))];
    }

    /// <summary>Meets one more wish of a submission by a chain that costs the total no more than <paramref name="price"/>.</summary>
    public bool Grant(int submission, long floor, long price)
    {
        var held = HeldBy(submission);
        var met = _holdings.Met(submission);
        (_chains.Aim, _chains.Depth) = (new Aim(floor, Strict: true), Chains.Longest);
        _chains.FindCosts(submission);
        var (drop, take, least) = (-1, -1, 0L);
        for (var c = _candidates.Start[submission]; c < _candidates.Start[submission + 1]; c++)
        {
            var reviewer = _candidates.Reviewer[c];
            if (!_chains.Reaches(reviewer) || _holdings.Position(submission, reviewer) >= 0) continue;
            for (var q = 0; q < held.Length; q++)
            {
                var given = _holdings.Values[submission * _holdings.Width + q];
                var loss = _chains.CostOf(reviewer) + given - _candidates.Value[c];
                if (loss > price || drop >= 0 && loss >= least) continue;
                if (Sums[submission] - given + _candidates.Value[c] < Math.Min(floor, Sums[submission])) continue;
                if (!MayDrop(submission, q, reviewer)) continue;
                if (_holdings.Met(submission, q, reviewer) > met) (drop, take, least) = (q, reviewer, loss);
            }
        }
        return drop >= 0 && Apply(submission, held[drop], take, long.MinValue);
    }

    /// <summary>Every submission below the floor tries to raise itself, the lowest first; the chains behind it count only what they lose.</summary>
    private bool RaiseEach()
    {
        var raised = false;
        var floor = _chains.Aim.Floor;
        var low = Enumerable.Range(0, _problem.Submissions).Where(s => _holdings.Counts[s] > 0 && Sums[s] < floor).OrderBy(s => Sums[s]).ToArray();
        foreach (var submission in low)
            for (var q = 0; q < _holdings.Counts[submission] && Sums[submission] < floor && !Tired; q++)
                raised |= RaiseBy(submission, q);
        return raised;
    }

    private bool RaiseBy(int submission, int drop)
    {
        var dropped = HeldBy(submission)[drop];
        _chains.Depth = Chains.Longest;
        _chains.LossesOnly = true;
        _chains.FindCosts(submission, dropped);
        _chains.LossesOnly = false;
        var (value, sum) = (_holdings.Values[submission * _holdings.Width + drop], Sums[submission]);
        var worth = _chains.Aim.Worth(sum);
        var (best, take) = (0L, -1);
        for (var c = _candidates.Start[submission]; c < _candidates.Start[submission + 1] && _candidates.Value[c] > value; c++)
        {
            var reviewer = _candidates.Reviewer[c];
            if (!_chains.Reaches(reviewer) || _holdings.Position(submission, reviewer) >= 0) continue;
            var gain = _chains.Aim.Worth(sum - value + _candidates.Value[c]) - worth - _chains.CostOf(reviewer);
            if (gain > best && MayDrop(submission, drop, reviewer)) (best, take) = (gain, reviewer);
        }
        return take >= 0 && Apply(submission, dropped, take, 0);
    }

    private void Improve(int rounds)
    {
        for (var round = 0; round < rounds; round++)
            if (Tired || !ImproveOnce()) return;
    }

    private bool ImproveOnce()
    {
        foreach (var depth in Depths)
        {
            _chains.Depth = depth;
            _chains.FindCosts(-1);
            var improved = ApplyFreeing();
            _chains.FindRings();
            if (ApplyRings() || improved) return true;
        }
        return false;
    }

    private long Shortfall()
    {
        long shortfall = 0;
        for (var s = 0; s < Sums.Length; s++)
            if (_holdings.Counts[s] > 0) shortfall += Math.Max(0, _chains.Aim.Floor - Sums[s]);
        return shortfall;
    }

    /// <summary>Whether the chain from <paramref name="take"/> ends where the dropped reviewer can be spared.</summary>
    private bool MayDrop(int submission, int drop, int take)
    {
        var end = take;
        for (var hops = 0; _chains.After(end) >= 0 && hops <= Chains.Longest; hops++) end = _chains.After(end);
        var dropped = HeldBy(submission)[drop];
        if (end == dropped) return true;
        return _holdings.Loads[end] < _problem.MaxLoad[end] && _holdings.Loads[dropped] > _problem.MinLoad[dropped];
    }

    /// <summary>Applies the chains that gain by taking a review off somebody, best first.</summary>
    private bool ApplyFreeing()
    {
        var gaining = new List<(long Cost, int Reviewer)>();
        for (var r = 0; r < _problem.Reviewers; r++)
        {
            var load = _holdings.Loads[r];
            if (_chains.Reaches(r) && _chains.After(r) >= 0 && load > _problem.MinLoad[r] && _chains.CostOf(r) < _loadPrice * (load - 1))
                gaining.Add((_chains.CostOf(r) - _loadPrice * (load - 1), r));
        }
        gaining.Sort();
        var applied = false;
        foreach (var (_, reviewer) in gaining) applied |= ApplyChain(reviewer, -1);
        return applied;
    }

    private bool ApplyRings()
    {
        var seen = new int[_problem.Reviewers];
        var applied = false;
        for (var r = 0; r < seen.Length; r++)
        {
            var at = r;
            while (at >= 0 && seen[at] == 0)
            {
                seen[at] = r + 1;
                at = _chains.After(at);
            }
            if (at >= 0 && seen[at] == r + 1) applied |= ApplyChain(at, at);
        }
        return applied;
    }

    /// <summary>A submission takes <paramref name="take"/> for <paramref name="given"/>, and the chain behind follows.</summary>
    private bool Apply(int submission, int given, int take, long gainAbove)
    {
        var swaps = new List<(int Submission, int From, int To)> { (submission, given, take) };
        return _chains.Follow(take, -1, swaps) && Perform(swaps, gainAbove);
    }

    private bool ApplyChain(int from, int until)
    {
        var swaps = new List<(int, int, int)>();
        return _chains.Follow(from, until, swaps) && Perform(swaps, 0);
    }

    /// <summary>
    /// Carries the swaps out; puts them back and answers false when they do not fit together (a submission met twice on a chain,
    /// a chain that an earlier one changed) or do not gain more than asked.
    /// </summary>
    private bool Perform(List<(int Submission, int From, int To)> swaps, long gainAbove)
    {
        var before = swaps.Select(swap => (Sum: Sums[swap.Submission], Met: _wishes ? _holdings.Met(swap.Submission) : 0)).ToArray();
        long gain = 0;
        var done = 0;
        foreach (var swap in swaps)
        {
            if (!Swap(swap, ref gain)) break;
            done++;
        }
        var sound = done == swaps.Count && gain > gainAbove
            && (swaps[^1].To == swaps[0].From || _holdings.Loads[swaps[0].From] >= _problem.MinLoad[swaps[0].From]);
        for (var s = 0; sound && s < swaps.Count; s++)
        {
            var (submission, _, to) = swaps[s];
            sound = _chains.Aim.Allows(before[s].Sum, Sums[submission])
                && _holdings.Loads[to] <= _problem.MaxLoad[to]
                && (!_wishes || _holdings.Met(submission) >= before[s].Met);
        }
        if (!sound)
            for (var s = done - 1; s >= 0; s--) Swap((swaps[s].Submission, swaps[s].To, swaps[s].From), ref gain);
        return sound;
    }

    private bool Swap((int Submission, int From, int To) swap, ref long gain)
    {
        var worth = _chains.Aim.Worth(Sums[swap.Submission]);
        var loads = _loadPrice * (_holdings.Loads[swap.From] - 1 - _holdings.Loads[swap.To]);
        if (!_holdings.Swap(swap.Submission, swap.From, swap.To)) return false;
        gain += _chains.Aim.Worth(Sums[swap.Submission]) - worth + loads;
        return true;
    }
}
