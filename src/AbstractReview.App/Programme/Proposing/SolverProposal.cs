using System.Globalization;
using AbstractReview.Domain.Programmes;
using Google.OrTools.Sat;

namespace AbstractReview.App.Programme.Proposing;

/// <summary>
/// The programme as a CP-SAT model (Google OR-Tools): a talk is in at most one session; talks whose people are wanted elsewhere
/// also have an exact time. Hard: seats, boards, areas, people, absences. Soft: as <see cref="Worth"/> counts.
/// </summary>
internal sealed class SolverProposal
{
    private readonly ProposalProblem _problem;
    private readonly Worth _worth;
    private readonly CpModel _model = new();
    private readonly Dictionary<(int Talk, string Session), BoolVar> _in = [];
    private readonly Dictionary<(int Talk, string Session, int Position), BoolVar> _at = [];
    private readonly LinearExprBuilder _value = LinearExpr.NewBuilder();

    public SolverProposal(ProposalProblem problem, Worth worth)
    {
        (_problem, _worth) = (problem, worth);
        foreach (var talk in problem.ToPlace) Choices(talk);
        foreach (var session in problem.Base.Sessions) Seats(session);
        foreach (var (a, b) in Pairs()) Apart(a, b);
        foreach (var session in problem.Base.Sessions) Mix(session);
        foreach (var (a, b, points) in worth.Kin) Together(a, b, points);
        _model.Maximize(_value);
    }

    /// <summary>How many decisions the model of a problem would hold, without making it.</summary>
    public static int Decisions(ProposalProblem problem, Worth worth)
        => problem.ToPlace.Sum(t => worth.ChoicesOf(t).Sum(c => 1 + (worth.Timed(t) ? c.Seats.Count : 0))) + worth.Kin.Sum(k => worth.ChoicesOf(problem.Talks[k.A]).Count);

    /// <param name="hint">Where to start from.</param>
    /// <param name="seconds">Limit in seconds; of the solver's own deterministic time when <paramref name="repeatable"/>.</param>
    /// <param name="repeatable">One thread, a fixed seed and deterministic time: the same answer on every run.</param>
    /// <param name="workers">Threads, where it need not be repeatable.</param>
    /// <param name="watch">Told value and bound at each better answer.</param>
    /// <param name="ct">Ends the search with the best so far.</param>
    public SolverAnswer Solve(Placement hint, double seconds, bool repeatable, int workers, Action<double, double>? watch, CancellationToken ct)
    {
        Hint(hint);
        using var solver = new CpSolver();
        var limit = seconds.ToString(CultureInfo.InvariantCulture);
        solver.StringParameters = repeatable
            ? $"num_workers:1,random_seed:1,max_deterministic_time:{limit}"
            : $"num_workers:{workers},random_seed:1,max_time_in_seconds:{limit}";
        using var callback = new Watcher(watch);
        using var stop = ct.Register(solver.StopSearch);
        var status = solver.Solve(_model, callback);
        var bound = status is CpSolverStatus.Optimal or CpSolverStatus.Feasible or CpSolverStatus.Unknown ? solver.BestObjectiveBound : double.PositiveInfinity;
        return status is CpSolverStatus.Optimal or CpSolverStatus.Feasible
            ? new SolverAnswer(Read(solver), solver.ObjectiveValue, bound, status == CpSolverStatus.Optimal)
            : new SolverAnswer(null, 0, bound > 0 ? bound : double.PositiveInfinity, false);
    }

    private void Choices(AcceptedTalk talk)
    {
        var here = new List<BoolVar>();
        foreach (var choice in _worth.ChoicesOf(talk))
        {
            var v = _model.NewBoolVar("");
            _in[(talk.Number, choice.Session.Code)] = v;
            here.Add(v);
            _value.AddTerm(v, choice.Points);
            if (!_worth.Timed(talk)) continue;
            var times = new List<BoolVar>();
            foreach (var seat in choice.Seats)
            {
                var at = _model.NewBoolVar("");
                _at[(talk.Number, choice.Session.Code, seat.Position)] = at;
                times.Add(at);
                _value.AddTerm(at, -_worth.CostOf(talk, seat));
            }

            _model.Add(LinearExpr.Sum(times) == v);
        }

        if (here.Count > 1) _model.AddAtMostOne(here);
    }

    private void Seats(Session session)
    {
        foreach (var kind in new[] { SlotKind.Oral, SlotKind.Poster })
        {
            var here = Here(session, kind).Select(x => x.Var).ToList();
            if (here.Count > _problem.Room(session, kind)) _model.Add(LinearExpr.Sum(here) <= _problem.Room(session, kind));
        }

        foreach (var time in _at.Where(x => x.Key.Session == session.Code).GroupBy(x => x.Key.Position).OrderBy(g => g.Key))
            if (time.Count() > 1) _model.AddAtMostOne(time.Select(x => x.Value));
    }

    private HashSet<(AcceptedTalk, AcceptedTalk)> Pairs()
    {
        var pairs = new HashSet<(AcceptedTalk, AcceptedTalk)>();
        foreach (var group in _problem.Shared)
            for (var i = 0; i < group.Count; i++)
                for (var j = i + 1; j < group.Count; j++)
                    pairs.Add((group[i], group[j]));
        return pairs;
    }

    // A seat of one excludes every seat of the other that clashes with it: one clause a seat, which a linear bound sees through, and not one a pair of seats.
    private void Apart(AcceptedTalk a, AcceptedTalk b)
    {
        var bond = ProposalProblem.BondOf(a, b);
        if (bond == Bond.None) return;
        var seats = _problem.SessionsFor(b).SelectMany(t => _problem.Seats(t, b.SlotKind)).Select(y => (Seat: y, Var: Var(b, y))).Where(y => y.Var is not null).ToList();
        foreach (var x in _problem.SessionsFor(a).SelectMany(s => _problem.Seats(s, a.SlotKind)))
        {
            if (Var(a, x) is not { } here) continue;
            var excluded = seats.Where(y => _problem.Excludes(bond, x, y.Seat)).Select(y => y.Var!).ToList();
            if (excluded.Count > 0) _model.AddAtMostOne(excluded.Prepend(here));
        }
    }

    private BoolVar? Var(AcceptedTalk talk, Seat seat)
        => seat.Position < 0 ? _in.GetValueOrDefault((talk.Number, seat.Session.Code)) : _at.GetValueOrDefault((talk.Number, seat.Session.Code, seat.Position));

    private void Mix(Session session)
    {
        var here = Here(session, SlotKind.Oral).ToList();
        foreach (var topic in here.GroupBy(x => Placement.Topic(x.Talk)).Where(g => _worth.Counts(session.Code, g.Key)).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var used = _model.NewBoolVar("");
            foreach (var (_, v) in topic) _model.AddImplication(v, used);
            // Says nothing new, but a linear bound sees by it that a topic of many talks needs several sessions.
            _model.Add(LinearExpr.Sum(topic.Select(x => x.Var)) <= used * _problem.Room(session, SlotKind.Oral));
            _value.AddTerm(used, -Worth.TopicUse);
        }

        Excess(here.GroupBy(x => x.Talk.Presenter?.Country ?? ""), Worth.CountryMost, Worth.CountryExcess);
        Excess(here.GroupBy(x => x.Talk.Presenter?.Affiliation ?? ""), Worth.InstitutionMost, Worth.InstitutionExcess);
    }

    private void Together(int a, int b, int points)
    {
        foreach (var session in _problem.Base.Sessions.Where(s => _in.ContainsKey((a, s.Code)) && _in.ContainsKey((b, s.Code))))
        {
            var here = _model.NewBoolVar("");
            _model.AddImplication(here, _in[(a, session.Code)]);
            _model.AddImplication(here, _in[(b, session.Code)]);
            _value.AddTerm(here, points);
        }
    }

    private void Excess(IEnumerable<IGrouping<string, (AcceptedTalk Talk, BoolVar Var)>> groups, int most, int cost)
    {
        foreach (var group in groups.Where(g => g.Key != "" && g.Count() > most).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var excess = _model.NewIntVar(0, group.Count() - most, "");
            _model.Add(excess >= LinearExpr.Sum(group.Select(x => x.Var)) - most);
            _value.AddTerm(excess, -cost);
        }
    }

    private IEnumerable<(AcceptedTalk Talk, BoolVar Var)> Here(Session session, SlotKind kind)
        => _problem.ToPlace.Where(t => t.SlotKind == kind && _in.ContainsKey((t.Number, session.Code))).Select(t => (t, _in[(t.Number, session.Code)]));

    private void Hint(Placement hint)
    {
        foreach (var ((talk, session), v) in _in) _model.AddHint(v, hint.Places.TryGetValue(talk, out var p) && p.Session.Code == session ? 1 : 0);
        foreach (var ((talk, session, position), v) in _at) _model.AddHint(v, hint.Places.TryGetValue(talk, out var p) && p.Session.Code == session && p.Seat?.Position == position ? 1 : 0);
    }

    private Placement Read(CpSolver solver)
    {
        var placement = new Placement(_problem);
        foreach (var talk in _problem.ToPlace)
            foreach (var session in _problem.SessionsFor(talk))
                if (_in.TryGetValue((talk.Number, session.Code), out var v) && solver.BooleanValue(v))
                    placement.Put(talk, session, _problem.Seats(session, talk.SlotKind).FirstOrDefault(seat => _at.TryGetValue((talk.Number, session.Code, seat.Position), out var at) && solver.BooleanValue(at)));
        return placement;
    }

    private sealed class Watcher(Action<double, double>? watch) : CpSolverSolutionCallback
    {
        public override void OnSolutionCallback() => watch?.Invoke(ObjectiveValue(), BestObjectiveBound());
    }
}
