using Google.OrTools.LinearSolver;

namespace AbstractReview.Matching;

/// <summary>
/// Chooses one set of reviewers for each of some submissions within the reviewers' loads: a linear programme over whole sets, to which
/// <see cref="BestSets"/> adds the set that its prices ask for until there is none (column generation; Dantzig and Wolfe 1960; Gilmore and Gomory
/// 1961). Its bound is tight, and nearly all of its solution is whole; <see cref="WholeSets"/> makes the rest so.
/// </summary>
internal sealed class SetChoice : IDisposable
{
    private const double Wholly = 1e-6;

    /// <summary>Sets added at once, of all submissions and of one.</summary>
    private const int MostSets = 40_000, MostSetsOfOne = 4_000;

    private readonly BestSets _sets;
    private readonly int[] _submissions, _least, _most;
    private readonly bool _total;
    private readonly double _lack;
    private readonly Solver _solver = Solver.CreateSolver("GLOP");
    private readonly Constraint[] _one;
    private readonly Constraint?[] _loads;
    private readonly List<Variable> _lacks = [];
    private readonly List<ReviewerSet> _columns = [];
    private readonly List<Variable> _variables = [];
    private readonly HashSet<ReviewerSet> _known = new(ReviewerSet.Same);
    private readonly int[] _at;
    private readonly BestSets.Finder _finder;
    private long _floor = long.MinValue;
    private double[] _shares = [];

    /// <param name="submissions">Those that choose.</param>
    /// <param name="least">Fewest reviews by reviewer, of these submissions.</param>
    /// <param name="most">Most reviews by reviewer, of these submissions.</param>
    /// <param name="total">Whether the greatest total is sought; otherwise only whether all can have a set.</param>
    public SetChoice(BestSets sets, int[] submissions, int[] least, int[] most, bool total)
    {
        (_sets, _submissions, _least, _most, _total) = (sets, submissions, least, most, total);
        _finder = sets.Open();
        _lack = total ? 10 * Math.Max(1, sets.Problem.MostDemanded) : 1;
        _at = new int[sets.Problem.Submissions];
        _one = new Constraint[submissions.Length];
        for (var at = 0; at < submissions.Length; at++)
        {
            _at[submissions[at]] = at;
            _one[at] = _solver.MakeConstraint(1, 1);
            _one[at].SetCoefficient(Lack(), 1);
        }
        _loads = new Constraint?[most.Length];
        Prices = new double[most.Length];
        _solver.Objective().SetMinimization();
        for (var r = 0; r < most.Length; r++)
            if (least[r] > 0) Load(r).SetCoefficient(Lack(), 1);
    }

    /// <summary>The prices of the best bound, in parts of the largest affinity (or of a lack).</summary>
    public double[] Prices { get; private set; }

    /// <summary>No total of these submissions is above this, in parts of the largest affinity; or fewer than minus this cannot have a set.</summary>
    public double Bound { get; private set; } = double.MaxValue;

    /// <summary>What the solution comes to.</summary>
    public double Value { get; private set; } = double.MinValue;

    /// <summary>Whether every submission has its sets in the solution, in parts or whole.</summary>
    public bool Suffices { get; private set; }

    /// <summary>The sets with the share of each that the solution takes.</summary>
    public IEnumerable<(ReviewerSet Set, double Share)> Shares()
    {
        for (var c = 0; c < _columns.Count; c++)
            if (_columns[c].Sum >= _sets.Needed(_columns[c].Submission, _floor)) yield return (_columns[c], c < _shares.Length ? _shares[c] : 0);
    }

    /// <summary>Adds a set to choose from; nothing happens when it is there.</summary>
    public bool Add(int submission, ReadOnlySpan<int> reviewers)
    {
        var set = ReviewerSet.Of(_sets.Problem, submission, reviewers);
        if (!_known.Add(set)) return false;
        var variable = _solver.MakeNumVar(0, set.Sum >= _sets.Needed(submission, _floor) ? double.PositiveInfinity : 0, "");
        _one[_at[submission]].SetCoefficient(variable, 1);
        foreach (var r in set.Reviewers) Load(r).SetCoefficient(variable, 1);
        if (_total) _solver.Objective().SetCoefficient(variable, -set.Sum / _sets.Unit);
        _columns.Add(set);
        _variables.Add(variable);
        return true;
    }

    /// <summary>
    /// Adds every set that a choice of a total within <paramref name="gap"/> of the bound could have: by the prices, each submission's sets that are
    /// worth less than its best by no more than that.
    /// </summary>
    /// <param name="gap">In parts of the largest affinity.</param>
    /// <returns>False when they are too many, and some are not there.</returns>
    public bool AddAll(double gap)
    {
        var left = MostSets;
        Span<int> set = stackalloc int[Math.Max(1, _sets.Problem.MostDemanded)];
        foreach (var s in _submissions)
        {
            if (!_finder.Find(s, Prices, 1, _floor, set[.._sets.Wanted(s)])) continue;
            if (_finder.All(s, Prices, _floor, _finder.Worth - gap - Wholly, Math.Min(left, MostSetsOfOne)) is not { } all) return false;
            left -= all.Count;
            foreach (var own in all) Add(s, own);
        }
        return true;
    }

    /// <summary>Solves at a floor, adding sets until none helps, or the bound is within <paramref name="near"/> (a share), or the rounds are over.</summary>
    /// <returns>Whether every submission can have its sets, in parts or whole; false is proved when <see cref="Bound"/> says so.</returns>
    public bool Solve(long floor, int rounds, double near, CancellationToken cancellation)
    {
        Floor(floor);
        (Bound, Suffices) = (double.MaxValue, false);
        var centre = 0.0;
        for (var round = 0; round < rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (_solver.Solve() != Solver.ResultStatus.OPTIMAL) return Suffices;
            Value = -_solver.Objective().Value();
            _shares = [.. _variables.Select(variable => variable.SolutionValue())];
            Suffices = _lacks.All(lack => lack.SolutionValue() < Wholly);
            var prices = Blended(centre);
            var (bound, added) = Price(prices);
            if (bound < Bound) (Bound, Prices) = (bound, prices);
            if (!_total && (Suffices || Bound < -Wholly)) return Suffices;
            if (Bound - Value <= near * Math.Max(1, Math.Abs(Value)) && Suffices) return true;
            if (added == 0 && centre == 0) return Suffices;
            // Prices leap from solution to solution: half of the best so far keeps them near (Wentges 1997).
            centre = added == 0 || round < 2 ? 0 : 0.5;
        }
        return Suffices;
    }

    public void Dispose() => _solver.Dispose();

    private Variable Lack()
    {
        var lack = _solver.MakeNumVar(0, double.PositiveInfinity, "");
        _solver.Objective().SetCoefficient(lack, _lack);
        _lacks.Add(lack);
        return lack;
    }

    private Constraint Load(int r) =>
        _loads[r] ??= _solver.MakeConstraint(_least[r] > 0 ? _least[r] : double.NegativeInfinity, _most[r]);

    private void Floor(long floor)
    {
        _floor = floor;
        for (var c = 0; c < _columns.Count; c++)
            _variables[c].SetUb(_columns[c].Sum >= _sets.Needed(_columns[c].Submission, floor) ? double.PositiveInfinity : 0);
    }

    /// <summary>The solution's prices, and of the best so far the share that <paramref name="centre"/> says.</summary>
    private double[] Blended(double centre)
    {
        var prices = new double[_most.Length];
        for (var r = 0; r < prices.Length; r++)
        {
            var own = _loads[r] is { } load ? -load.DualValue() : 0;
            if (_least[r] == 0) own = Math.Max(0, own);
            prices[r] = centre * Prices[r] + (1 - centre) * own;
        }
        return prices;
    }

    private (double Bound, int Added) Price(double[] prices)
    {
        var (bound, added) = (0.0, 0);
        for (var r = 0; r < prices.Length; r++) bound += prices[r] * (prices[r] > 0 ? _most[r] : _least[r]);
        Span<int> set = stackalloc int[Math.Max(1, _sets.Problem.MostDemanded)];
        foreach (var s in _submissions)
        {
            var own = set[.._sets.Wanted(s)];
            var found = _finder.Find(s, prices, _total ? 1 : 0, _floor, own);
            // One that has no set, or only dearer ones than to lack it, lacks it.
            bound += Math.Max(-_lack, _finder.Bound);
            if (found && Add(s, own)) added++;
        }
        return (bound, added);
    }
}

/// <summary>A submission's reviewers, by rising position, and the sum of their affinities in units.</summary>
internal readonly record struct ReviewerSet(int Submission, int[] Reviewers, long Sum)
{
    public static ReviewerSet Of(Reduced problem, int submission, ReadOnlySpan<int> reviewers)
    {
        int[] sorted = [.. reviewers];
        Array.Sort(sorted);
        return new ReviewerSet(submission, sorted, sorted.Sum(r => problem.Value(submission, r)));
    }

    public static IEqualityComparer<ReviewerSet> Same { get; } = EqualityComparer<ReviewerSet>.Create(
        (a, b) => a.Submission == b.Submission && a.Reviewers.AsSpan().SequenceEqual(b.Reviewers),
        set =>
        {
            var hash = new HashCode();
            hash.Add(set.Submission);
            foreach (var r in set.Reviewers) hash.Add(r);
            return hash.ToHashCode();
        });
}
