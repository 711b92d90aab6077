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
/// solved in the time there is; on a larger one area by area, beside the annealing, each as if its people were wanted in no other. That
/// tells the bound, and where the best of an area stands beside the others' it is taken. The bound is the lowest that counting and the
/// solver told.
/// </summary>
internal sealed class ProposalSearch
{
    /// <summary>Decisions of a model that CP-SAT still betters within seconds, and of one that it tries where areas share sessions.</summary>
    public const int Whole = 4_000, Shared = 25_000;

    private readonly ProposalProblem _problem;
    private readonly Worth _worth;
    private readonly Stopwatch _since = Stopwatch.StartNew();
    private readonly Lock _telling = new();
    private readonly Action<double, double>? _watch;
    private readonly int _whole;
    private double _value, _bound;

    /// <param name="problem">What is to be placed.</param>
    /// <param name="watch">Told value and bound whenever one of them gets better.</param>
    /// <param name="whole">Up to how many decisions the whole programme is one model.</param>
    public ProposalSearch(ProposalProblem problem, Action<double, double>? watch = null, int whole = Whole)
    {
        (_problem, _watch, _whole) = (problem, watch, whole);
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
        var shared = _problem.Base.Sessions.Any(s => s.AreaCode is null && s.TalkPositions > 0);
        return SolverProposal.Decisions(_problem, _worth) <= (shared ? Shared : _whole) ? FindAndProve(first, seconds, repeatable, ct) : FindBesideAreas(first, seconds, repeatable, shared, ct);
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

    private SolverAnswer FindBesideAreas(Placement first, double seconds, bool repeatable, bool shared, CancellationToken ct)
    {
        // In a session of no area the same topic of two areas would count for each of them: nothing can be said of one by itself.
        if (shared)
        {
            var (placement, worth) = Anneal(first, seconds, repeatable, ct);
            return new SolverAnswer(placement, worth, _bound, worth >= _bound);
        }

        if (repeatable)
        {
            var (placement, _) = Anneal(first, 0.6 * seconds, true, ct);
            return Together(placement, Areas(placement, 0.4 * seconds, true, ct));
        }

        using var done = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var solving = Task.Run(() => Areas(first, seconds, false, done.Token), CancellationToken.None);
        var (found, _) = Anneal(first, seconds, false, ct);
        done.Cancel();
        return Together(found, solving.GetAwaiter().GetResult());
    }

    private (Placement Placement, long Value) Anneal(Placement first, double seconds, bool repeatable, CancellationToken ct)
        => new Annealing(_problem, _worth, first).Run(seconds, repeatable, better => Tell(better, _bound), ct);

    // The best of each area by itself, the small ones first: no programme is worth more than all of them together.
    private List<(ProposalProblem Area, Placement Best)> Areas(Placement hint, double seconds, bool repeatable, CancellationToken ct)
    {
        var best = new List<(ProposalProblem, Placement)>();
        var (since, bound) = (Stopwatch.StartNew(), (double)Ceiling.Of(_problem, _worth));
        var areas = _problem.ToPlace.Select(t => t.AreaCode).Distinct().Order(StringComparer.Ordinal).Select(_problem.OnlyTalksOf).Select(p => (Problem: p, Worth: new Worth(p))).OrderBy(a => SolverProposal.Decisions(a.Problem, a.Worth)).ToList();
        foreach (var (i, (problem, worth)) in areas.Index())
        {
            if (ct.IsCancellationRequested) break;
            var time = repeatable ? seconds / areas.Count : Math.Max(0.1, (seconds - since.Elapsed.TotalSeconds) / (areas.Count - i));
            var answer = new SolverProposal(problem, worth).Solve(hint, time, repeatable, 1, null, ct);
            if (answer.Placement is { } placement) best.Add((problem, placement));
            bound -= Math.Max(0, Ceiling.Of(problem, worth) - answer.Bound);
            Tell(_value, bound);
        }

        return best;
    }

    // Each area's own best in place of what was found for it, where that is better and leaves nobody in two places.
    private SolverAnswer Together(Placement found, List<(ProposalProblem Area, Placement Best)> areas)
    {
        var value = _worth.Of(found);
        foreach (var (area, best) in areas)
        {
            var other = found.With(area.ToPlace, best);
            if (_worth.Of(other) <= value || !other.Stands()) continue;
            (found, value) = (other, _worth.Of(other));
        }

        Tell(value, _bound);
        return new SolverAnswer(found, value, _bound, value >= _bound);
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
