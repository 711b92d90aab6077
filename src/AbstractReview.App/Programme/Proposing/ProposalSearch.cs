using System.Diagnostics;

namespace AbstractReview.App.Programme.Proposing;

/// <summary>What a search reached.</summary>
/// <param name="Placement">The best found; null when none was found in time.</param>
/// <param name="Value">Its value; higher is better.</param>
/// <param name="Bound">No placement can be worth more.</param>
/// <param name="Proven">Whether it is proven best.</param>
internal sealed record SolverAnswer(Placement? Placement, double Value, double Bound, bool Proven);

/// <summary>
/// Looks for better than the first answer. Annealing finds, CP-SAT finishes and proves: on the whole programme where its model can be
/// solved in the time there is; on a larger one area by area for the bound alone, beside the annealing. The bound is the lowest that
/// counting and the solver told.
/// </summary>
internal sealed class ProposalSearch
{
    /// <summary>Decisions of a model that CP-SAT still betters within seconds.</summary>
    private const int Whole = 25_000;

    private readonly ProposalProblem _problem;
    private readonly Worth _worth;
    private readonly Stopwatch _since = Stopwatch.StartNew();
    private readonly Lock _telling = new();
    private readonly Action<double, double>? _watch;
    private double _value, _bound;

    /// <param name="problem">What is to be placed.</param>
    /// <param name="watch">Told value and bound whenever one of them gets better.</param>
    public ProposalSearch(ProposalProblem problem, Action<double, double>? watch = null)
    {
        (_problem, _watch) = (problem, watch);
        _worth = new Worth(problem);
        _bound = Ceiling.Of(problem, _worth);
    }

    /// <param name="first">Where to start from.</param>
    /// <param name="seconds">Limit in seconds; of repeatable time when <paramref name="repeatable"/>.</param>
    /// <param name="repeatable">One thread and fixed seeds: the same answer on every run and machine.</param>
    /// <param name="ct">Ends the search with the best so far.</param>
    public SolverAnswer Find(Placement first, double seconds, bool repeatable, CancellationToken ct)
    {
        Tell(_worth.Of(first), _bound);
        return SolverProposal.Decisions(_problem, _worth) <= Whole ? FindAndProve(first, seconds, repeatable, ct) : FindBesideBound(first, seconds, repeatable, ct);
    }

    private SolverAnswer FindAndProve(Placement first, double seconds, bool repeatable, CancellationToken ct)
    {
        // A hundredth of a second a talk brings it near to where it gets.
        var share = Math.Min(0.3 * seconds, 0.01 * _problem.ToPlace.Count);
        var (found, value) = Anneal(first, share, repeatable, ct);
        if (value >= _bound) return new SolverAnswer(found, value, _bound, true);
        var solver = new SolverProposal(_problem, _worth);
        var left = repeatable ? seconds - share : Math.Max(0.1, seconds - _since.Elapsed.TotalSeconds);
        var answer = solver.Solve(found, left, repeatable, Math.Clamp(Environment.ProcessorCount, 1, 8), Tell, ct);
        Tell(answer.Value, answer.Bound);
        var bound = Math.Min(_bound, answer.Bound);
        return answer.Placement is null || answer.Value < value ? new SolverAnswer(found, value, bound, value >= bound) : answer with { Bound = bound, Proven = answer.Value >= bound };
    }

    private SolverAnswer FindBesideBound(Placement first, double seconds, bool repeatable, CancellationToken ct)
    {
        if (repeatable)
        {
            var (placement, worth) = Anneal(first, 0.7 * seconds, true, ct);
            Lower(0.3 * seconds, true, ct);
            return new SolverAnswer(placement, worth, _bound, worth >= _bound);
        }

        using var done = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var bounding = Task.Run(() => Lower(seconds, false, done.Token), CancellationToken.None);
        var (found, value) = Anneal(first, seconds, false, ct);
        done.Cancel();
        bounding.GetAwaiter().GetResult();
        return new SolverAnswer(found, value, _bound, value >= _bound);
    }

    private (Placement Placement, long Value) Anneal(Placement first, double seconds, bool repeatable, CancellationToken ct)
        => new Annealing(_problem, _worth, first).Run(seconds, repeatable, better => Tell(better, _bound), ct);

    // The best of each area by itself, as if its people were wanted in no other: no programme is worth more than all of them together.
    private void Lower(double seconds, bool repeatable, CancellationToken ct)
    {
        // In a session of no area the same topic of two areas would count for each of them.
        if (_problem.Base.Sessions.Any(s => s.AreaCode is null && s.TalkPositions > 0)) return;
        var (since, gained, left) = (Stopwatch.StartNew(), 0.0, 0);
        var areas = AreaProblems().OrderBy(a => SolverProposal.Decisions(a.Problem, a.Worth)).ToList();
        var whole = areas.Sum(a => (double)Ceiling.Of(a.Problem, a.Worth));
        foreach (var (problem, worth) in areas)
        {
            if (ct.IsCancellationRequested) return;
            var time = repeatable ? seconds / areas.Count : Math.Max(0.1, (seconds - since.Elapsed.TotalSeconds) / (areas.Count - left++));
            var answer = new SolverProposal(problem, worth).Solve(GreedyProposal.Make(problem), time, repeatable, 1, null, ct);
            gained += Math.Max(0, Ceiling.Of(problem, worth) - answer.Bound);
            Tell(_value, whole - gained);
        }
    }

    private IEnumerable<(ProposalProblem Problem, Worth Worth)> AreaProblems()
    {
        foreach (var area in _problem.ToPlace.Select(t => t.AreaCode).Distinct().Order(StringComparer.Ordinal))
        {
            var problem = _problem.Only(area);
            yield return (problem, new Worth(problem));
        }
    }

    private void Tell(double value, double bound)
    {
        lock (_telling)
        {
            var better = value > _value || bound < _bound;
            (_value, _bound) = (Math.Max(_value, value), Math.Min(_bound, bound));
            if (better) _watch?.Invoke(_value, _bound);
        }
    }
}
