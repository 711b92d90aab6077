using System.Diagnostics;
using AbstractReview.Domain.Programmes;
using Google.OrTools.Sat;

namespace AbstractReview.App.Programme.Proposing;

/// <summary>What the solver reached.</summary>
/// <param name="Placement">The best found; null when none was found in time.</param>
/// <param name="Value">Its value; higher is better.</param>
/// <param name="Bound">No placement can be worth more.</param>
/// <param name="Proven">Whether it is proven best.</param>
internal sealed record SolverAnswer(Placement? Placement, double Value, double Bound, bool Proven);

/// <summary>
/// The programme as a CP-SAT model (Google OR-Tools): a talk is in at most one session; talks whose people are wanted elsewhere
/// also have an exact time. Hard: seats, boards, areas, people, absences. Soft, in the order of their weights: every talk placed,
/// better scored first; posters in their area's session; few topics per session, and talks that are near by their texts in one; at most two talks of a country and one of an
/// institution in a session; the best scored where the hall is largest; early times first.
/// </summary>
internal sealed class SolverProposal
{
    private const int Placed = 10_000, PosterAway = 200, TopicUse = 50, CountryExcess = 20, InstitutionExcess = 10, KinTogether = 60;

    private readonly ProposalProblem _problem;
    private readonly CpModel _model = new();
    private readonly Dictionary<(int Talk, string Session), BoolVar> _in = [];
    private readonly Dictionary<(int Talk, string Session, int Position), BoolVar> _at = [];
    private readonly LinearExprBuilder _value = LinearExpr.NewBuilder();
    private readonly Stopwatch _since = Stopwatch.StartNew();

    public SolverProposal(ProposalProblem problem)
    {
        _problem = problem;
        foreach (var talk in problem.ToPlace) Choices(talk);
        foreach (var session in problem.Base.Sessions) Seats(session);
        foreach (var (a, b) in Pairs()) Apart(a, b);
        foreach (var session in problem.Base.Sessions) Mix(session);
        foreach (var (a, b, nearness) in problem.Kinship.Pairs()) Together(a, b, (int)(KinTogether * nearness));
        _model.Maximize(_value);
    }

    /// <param name="hint">Where to start from.</param>
    /// <param name="seconds">Limit in seconds; of the solver's own deterministic time when <paramref name="repeatable"/>.</param>
    /// <param name="repeatable">One thread, a fixed seed and deterministic time: the same answer on every run.</param>
    /// <param name="watch">Told value and bound at each better answer.</param>
    /// <param name="ct">Ends the search with the best so far.</param>
    public SolverAnswer Solve(Placement hint, double seconds, bool repeatable, Action<double, double>? watch, CancellationToken ct)
    {
        Hint(hint);
        using var solver = new CpSolver();
        // The model was made on the same clock as it is solved.
        var left = repeatable ? seconds : Math.Max(seconds / 2, seconds - _since.Elapsed.TotalSeconds);
        var limit = left.ToString(System.Globalization.CultureInfo.InvariantCulture);
        solver.StringParameters = repeatable
            ? $"num_workers:1,random_seed:1,max_deterministic_time:{limit}"
            : $"num_workers:{Math.Clamp(Environment.ProcessorCount, 1, 8)},random_seed:1,max_time_in_seconds:{limit}";
        using var callback = new Watcher(watch);
        using var stop = ct.Register(solver.StopSearch);
        var status = solver.Solve(_model, callback);
        if (status is not (CpSolverStatus.Optimal or CpSolverStatus.Feasible)) return new SolverAnswer(null, 0, double.PositiveInfinity, false);
        return new SolverAnswer(Read(solver), solver.ObjectiveValue, solver.BestObjectiveBound, status == CpSolverStatus.Optimal);
    }

    private void Choices(AcceptedTalk talk)
    {
        var here = new List<BoolVar>();
        var score = Score(talk);
        foreach (var session in _problem.SessionsFor(talk))
        {
            var seats = _problem.Seats(session, talk.SlotKind);
            if (_problem.Tied.Contains(talk.Number)) seats = seats.Where(seat => _problem.Free(talk, seat)).ToList();
            if (seats.Count == 0) continue;
            var v = _model.NewBoolVar("");
            _in[(talk.Number, session.Code)] = v;
            here.Add(v);
            var away = talk.SlotKind == SlotKind.Poster && session.AreaCode is null && _problem.PosterHomes.GetValueOrDefault(talk.AreaCode) != session.Code;
            var hall = talk.SlotKind == SlotKind.Oral ? score * HallRank(session) / 50 : 0;
            _value.AddTerm(v, Placed + score + hall - (away ? PosterAway : 0));
            if (!_problem.Tied.Contains(talk.Number) || talk.SlotKind != SlotKind.Oral) continue;
            var times = new List<BoolVar>();
            foreach (var seat in seats)
            {
                var at = _model.NewBoolVar("");
                _at[(talk.Number, session.Code, seat.Position)] = at;
                times.Add(at);
                _value.AddTerm(at, -seat.Position);
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
        foreach (var topic in here.GroupBy(x => Placement.Topic(x.Talk)).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            // Only a topic that could also lie in another session is worth keeping together.
            if (topic.Count() < 2) continue;
            var used = _model.NewBoolVar("");
            _model.AddMaxEquality(used, topic.Select(x => x.Var));
            _value.AddTerm(used, -TopicUse);
        }

        Excess(here.GroupBy(x => x.Talk.Presenter?.Country ?? ""), most: 2, CountryExcess);
        Excess(here.GroupBy(x => x.Talk.Presenter?.Affiliation ?? ""), most: 1, InstitutionExcess);
    }

    // Worth something in every session that could hold both; a session that is the only choice of both tells nothing.
    private void Together(int a, int b, int worth)
    {
        if (worth <= 0) return;
        var both = _problem.Base.Sessions.Where(s => _in.ContainsKey((a, s.Code)) && _in.ContainsKey((b, s.Code))).ToList();
        if (both.Count < 2) return;
        foreach (var session in both)
        {
            var here = _model.NewBoolVar("");
            _model.AddImplication(here, _in[(a, session.Code)]);
            _model.AddImplication(here, _in[(b, session.Code)]);
            _value.AddTerm(here, worth);
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

    // 0 to 500: hundredths of a point.
    private static int Score(AcceptedTalk talk) => (int)Math.Round(100 * Math.Clamp(talk.Score ?? 0, 0, 5));

    private int HallRank(Session session)
    {
        var halls = _problem.Conference.Programme.Rooms.Select(r => r.Capacity).Distinct().Order().ToList();
        var capacity = _problem.Conference.Programme.Rooms.First(r => r.Code == session.Room).Capacity;
        return Math.Min(5, halls.IndexOf(capacity));
    }

    private sealed class Watcher(Action<double, double>? watch) : CpSolverSolutionCallback
    {
        public override void OnSolutionCallback() => watch?.Invoke(ObjectiveValue(), BestObjectiveBound());
    }
}
