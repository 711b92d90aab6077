namespace AbstractReview.Matching;

/// <summary>
/// The floor and the total where rivalry sets them: the highest floor at which every submission can have a <see cref="BestSets">set</see> is enclosed
/// by halving, and at it a whole choice of sets with the greatest total is made. Up to some hundred submissions <see cref="SetChoice"/> does both
/// for all at once, and what it proves is seldom more than a hair from what it reaches; above that <see cref="SetPrices"/> settle nearly all, and
/// only those still undecided choose together.
/// </summary>
internal sealed class Contest
{
    /// <summary>Pairs up to which the highest floor is sought to the last unit.</summary>
    private const long ExactPairs = 30_000;

    /// <summary>Submissions that choose together.</summary>
    private const int Together = 700;

    private const int StepsToFloor = 80, StepsToTotal = 480;

    /// <summary>Shares of the total: what is farther from its bound than the second is chosen anew, than the first not bettered bit by bit; what is near is left.</summary>
    private const double Hopeless = 0.02, Far = 0.005, Near = 0.0002;

    /// <summary>Shares of the total: within the first a choice counts as the best; where there is none, the best is looked for within the second of its bound.</summary>
    private const double Exact = 0.00002, Guess = 0.003;

    private readonly Reduced _problem;
    private readonly int[] _wanted, _least, _all;
    private readonly bool[] _floored;
    private readonly CancellationToken _cancellation;
    private readonly Lazy<OpenValues> _open;
    private BestSets _sets;
    private SetPrices _prices;

    /// <param name="wanted">Reviewers of each submission, those that are pinned not counted; fewer than the demand where there are not enough.</param>
    /// <param name="floored">The submissions that count for the floor.</param>
    /// <param name="least">Fewest reviews by reviewer, as far as they can be had.</param>
    /// <param name="prices">What freeing a review of each reviewer costs without a floor, in units: where the search begins.</param>
    public Contest(Reduced problem, Candidates candidates, int[] wanted, bool[] floored, int[] least, long[] prices, CancellationToken cancellation)
    {
        (_problem, _wanted, _floored, _least, _cancellation) = (problem, wanted, floored, least, cancellation);
        _all = [.. Enumerable.Range(0, wanted.Length).Where(s => wanted[s] > 0)];
        _open = new Lazy<OpenValues>(() => new OpenValues(problem));
        _sets = new BestSets(problem, candidates, wanted, floored);
        _prices = new SetPrices(_sets, least, problem.MaxLoad);
        for (var r = 0; r < prices.Length; r++) _prices.Best[r] = prices[r] / _sets.Unit;
    }

    public Candidates Candidates => _sets.Candidates;

    /// <summary>In units: no floor is above this.</summary>
    public long FloorBound { get; private set; } = long.MaxValue;

    /// <summary>In units, pinned pairs counted: no total at the floor is above this.</summary>
    public long TotalBound { get; private set; } = long.MaxValue;

    /// <summary>Whether the floor was raised by a choice, whose total is then the greatest that was found.</summary>
    public bool IsChosen { get; private set; }

    private bool IsSmall => _all.Length <= Together;

    /// <summary>Whether those whose sets do not settle are too many to choose together.</summary>
    private bool IsLarge => _all.Length > 2 * Together;

    /// <summary>A choice with as high a floor as can be found.</summary>
    /// <param name="pairs">What stands.</param>
    /// <param name="low">Its floor, in units.</param>
    /// <param name="high">No floor is above this, in units.</param>
    public List<Pair> Raise(List<Pair> pairs, long low, long high)
    {
        FloorBound = high;
        var within = IsSmall ? Enclose(pairs, low) : EncloseByPrices(low);
        foreach (var back in IsSmall ? [0, 0.0003, 0.001, 0.003, 0.01, 0.03] : IsLarge ? (double[])[] : [0.0005, 0.005, 0.015])
        {
            var floor = within - (long)(back * Math.Abs(within));
            if (floor <= low) return pairs;
            if (At(floor, pairs, stands: false) is not { } found) continue;
            IsChosen = true;
            return found;
        }
        return IsSmall ? pairs : Annealed.Raise(_problem, Candidates, _open.Value, pairs, low, within, _cancellation);
    }

    /// <summary>A choice of greater total at a floor that stands, or null.</summary>
    /// <param name="pairs">What stands.</param>
    /// <param name="floor">In units.</param>
    public List<Pair>? Better(List<Pair> pairs, long floor) => At(floor, pairs, stands: true);

    /// <summary>Halves what lies between a floor that is had and the lowest that is proved out of reach.</summary>
    /// <returns>The highest floor at which all can have sets, at least in parts.</returns>
    private long Enclose(List<Pair> pairs, long low)
    {
        using var choice = new SetChoice(_sets, _all, _least, _problem.MaxLoad, total: false);
        AddAll(choice, pairs);
        var grain = (long)_problem.Submissions * _problem.Reviewers <= ExactPairs ? 1 : Math.Max(1, Math.Abs(FloorBound) / 4000);
        while (FloorBound - low >= grain)
        {
            var middle = low + (FloorBound - low + 1) / 2;
            if (choice.Solve(middle, 200, 0, _cancellation)) low = middle;
            else if (choice.Bound < -1e-6) FloorBound = middle - 1;
            else break;
        }
        return low;
    }

    private long EncloseByPrices(long low)
    {
        var within = low;
        while (FloorBound - within >= Math.Max(1, Math.Abs(FloorBound) / (IsLarge ? 150 : 2000)))
        {
            var middle = within + (FloorBound - within + 1) / 2;
            double[] before = [.. _prices.Best];
            if (_prices.Run(middle, StepsToFloor, _cancellation)) within = middle;
            else if (!Widen(_prices.Prices, 0, before))
            {
                FloorBound = middle - 1;
                before.CopyTo(_prices.Best, 0);
            }
        }
        return within;
    }

    /// <summary>Adds the pairs that prices ask for beyond the candidates.</summary>
    /// <returns>Whether there are any; prices then begin at <paramref name="start"/>.</returns>
    private bool Widen(double[] prices, double gain, double[] start)
    {
        var beyond = Candidates.Beyond(_problem, _wanted, prices, gain / _sets.Unit);
        if (beyond.Count == 0) return false;
        _sets = new BestSets(_problem, Candidates.With(_problem, beyond), _wanted, _floored);
        _prices = new SetPrices(_sets, _least, _problem.MaxLoad);
        start.CopyTo(_prices.Best, 0);
        return true;
    }

    private List<Pair>? At(long floor, List<Pair> pairs, bool stands)
    {
        if (!IsSmall) return AtByPrices(floor, stands ? pairs : null);
        using var choice = new SetChoice(_sets, _all, _least, _problem.MaxLoad, total: true);
        AddAll(choice, pairs);
        if (_prices.Run(floor, 80, _cancellation))
            foreach (var s in _all) choice.Add(s, _prices.Taken[s]);
        choice.Solve(floor, 200, 1e-5, _cancellation);
        TotalBound = Total(choice.Bound);
        return choice.Suffices ? Whole(choice, stands ? pairs : null) : null;
    }

    /// <summary>
    /// The best of the sets that the prices asked for; where that is not at the bound, the best of all that could be part of anything better, which
    /// leaves nothing out (as long as they are not too many).
    /// </summary>
    /// <param name="pairs">What stands at the floor, or null.</param>
    private List<Pair>? Whole(SetChoice choice, List<Pair>? pairs)
    {
        var best = WholeSets.Choose(_sets, choice, _least, _problem.MaxLoad, 0.3, 4) ?? pairs;
        var gap = best is null ? Guess * Math.Abs(choice.Bound) : choice.Bound - TotalOf(best);
        if (gap <= Exact * Math.Abs(choice.Bound) || !choice.AddAll(gap)) return best;
        return WholeSets.Choose(_sets, choice, _least, _problem.MaxLoad, gap + 1e-6, 4) is { } found && (best is null || TotalOf(found) > TotalOf(best)) ? found : best;
    }

    /// <summary>Prices first; then those whose sets have not settled choose together; then, again and again, those who come off worst by the prices.</summary>
    /// <param name="pairs">What stands: at the floor, or null.</param>
    private List<Pair>? AtByPrices(long floor, List<Pair>? pairs)
    {
        for (var round = 0; ; round++)
        {
            if (!_prices.Run(floor, round == 0 && !IsLarge ? StepsToTotal : StepsToTotal / 4, _cancellation)) return null;
            if (round == 3 || !Widen(_prices.Best, 1, [.. _prices.Best])) break;
        }
        TotalBound = Total(_prices.Bound);
        _prices.Evaluate(_prices.Best, 1, floor);
        var best = pairs is null || Lacks(pairs) > Far ? ChooseRest(floor) ?? pairs : pairs;
        if (IsLarge) return best is not null && Lacks(best) > Far ? Annealed.Better(_problem, Candidates, _open.Value, best, floor, _cancellation) : best;
        for (var round = 0; round < 4 && best is not null && Lacks(best) is > Near and < Hopeless; round++)
        {
            var before = Lacks(best);
            best = ChooseAgain(best, floor);
            if (Lacks(best) > 0.9 * before) break;
        }
        return best;
    }

    /// <summary>Those whose sets have settled keep them; the others, and who crowds a reviewer, choose together from what is left.</summary>
    private List<Pair>? ChooseRest(long floor)
    {
        var rest = _all.Where(s => _prices.Settled[s] < 12 || _prices.Taken[s].Any(r => _prices.Load[r] > _problem.MaxLoad[r])).ToArray();
        if (rest.Length > 2 * Together) return null;
        var kept = _all.Except(rest).SelectMany(s => _prices.Taken[s].Select(r => new Pair(s, r)));
        return Choose(rest, [.. kept], [], floor);
    }

    /// <summary>Those whose reviewers are worth the least beside their best sets at the prices, and those whose best sets have reviewers with room, choose again.</summary>
    private List<Pair> ChooseAgain(List<Pair> pairs, long floor)
    {
        var load = new int[_least.Length];
        var worth = new double[_wanted.Length];
        foreach (var (s, r) in pairs)
        {
            load[r]++;
            worth[s] += _problem.Value(s, r) / _sets.Unit - _prices.Best[r];
        }
        var roomy = _all.Where(s => _prices.Taken[s].Any(r => _prices.Best[r] > 1e-6 && load[r] < _problem.MaxLoad[r])).Take(Together / 4);
        var rest = _all.Where(s => _prices.Worth(s) - worth[s] > 1e-6).OrderByDescending(s => _prices.Worth(s) - worth[s]).Take(Together / 2).Union(roomy).ToHashSet();
        var (own, kept) = (pairs.Where(pair => rest.Contains(pair.Submission)).ToList(), pairs.Where(pair => !rest.Contains(pair.Submission)).ToList());
        return Choose([.. rest.Order()], kept, own, floor) is { } found && TotalOf(found) > TotalOf(pairs) ? found : pairs;
    }

    /// <summary>Some submissions choose together from what the others leave.</summary>
    /// <param name="own">What they have, or nothing.</param>
    private List<Pair>? Choose(int[] rest, List<Pair> kept, List<Pair> own, long floor)
    {
        int[] most = [.. _problem.MaxLoad];
        int[] least = [.. _least];
        foreach (var (_, r) in kept)
        {
            most[r]--;
            least[r] = Math.Max(0, least[r] - 1);
        }
        using var choice = new SetChoice(_sets, rest, least, most, total: true);
        AddAll(choice, own);
        foreach (var s in rest) choice.Add(s, _prices.Taken[s]);
        if (!choice.Solve(floor, 60, 5e-5, _cancellation)) return null;
        return WholeSets.Choose(_sets, choice, least, most, 0.2, 2) is { } found ? [.. kept, .. found] : null;
    }

    /// <summary>How far a choice's total is from the bound, as a share.</summary>
    private double Lacks(List<Pair> pairs) => (_prices.Bound - TotalOf(pairs)) / Math.Max(1, Math.Abs(_prices.Bound));

    private double TotalOf(List<Pair> pairs) => pairs.Sum(pair => _problem.Value(pair.Submission, pair.Reviewer)) / _sets.Unit;

    private static void AddAll(SetChoice choice, List<Pair> pairs)
    {
        foreach (var own in pairs.GroupBy(pair => pair.Submission)) choice.Add(own.Key, [.. own.Select(pair => pair.Reviewer)]);
    }

    private long Total(double bound) => (long)Math.Ceiling(bound * _sets.Unit + 1e-3) + _problem.PinnedSum.Sum();
}
