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
    /// <summary>Clauses are in the linear relaxation too: by it the bound comes within a hundredth of a per cent, without it within some.</summary>
    private const string Linear = "linearization_level:2";

    private readonly ProposalProblem _problem;
    private readonly Worth _worth;
    private readonly CpModel _model = new();
    private readonly Dictionary<(int Talk, string Session), BoolVar> _in = [];
    // By talk: the seats it may take, where others ask for them.
    private readonly Dictionary<int, List<(Seat Seat, BoolVar Var)>> _seats = [];
    // By session: who may be there, and who may take which of its times.
    private readonly Dictionary<(string Session, SlotKind Kind), List<(AcceptedTalk Talk, BoolVar Var)>> _here = [];
    private readonly Dictionary<(string Session, int Position), List<BoolVar>> _times = [];
    // What follows from who is where: what it comes to in a placement.
    private readonly List<(IntVar Var, Func<Placement, long> In)> _follows = [];
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
            ? $"num_workers:1,random_seed:1,{Linear},max_deterministic_time:{limit}"
            : $"num_workers:{workers},random_seed:1,{Linear},max_time_in_seconds:{limit}";
        using var callback = new Watcher(watch);
        using var stop = ct.Register(solver.StopSearch);
        var status = solver.Solve(_model, callback);
        var bound = status is CpSolverStatus.Optimal or CpSolverStatus.Feasible or CpSolverStatus.Unknown ? solver.BestObjectiveBound : double.PositiveInfinity;
        if (status is not (CpSolverStatus.Optimal or CpSolverStatus.Feasible)) return new SolverAnswer(null, 0, bound > 0 ? bound : double.PositiveInfinity, false);
        // Its time up, the solver may not have counted all that follows from who is where: what a placement is worth is told by the placement.
        var placement = Read(solver);
        return new SolverAnswer(placement, _worth.Of(placement), bound, status == CpSolverStatus.Optimal);
    }

    private void Choices(AcceptedTalk talk)
    {
        var here = new List<BoolVar>();
        var seats = _seats[talk.Number] = [];
        foreach (var choice in _worth.ChoicesOf(talk))
        {
            var v = _model.NewBoolVar("");
            _in[(talk.Number, choice.Session.Code)] = v;
            Of(_here, (choice.Session.Code, talk.SlotKind)).Add((talk, v));
            here.Add(v);
            _value.AddTerm(v, choice.Points);
            if (!_worth.Timed(talk))
            {
                // The whole session, or a time that nobody asks for.
                if (talk.SlotKind != SlotKind.Oral) seats.Add((choice.Seats[0], v));
                continue;
            }

            var times = new List<BoolVar>();
            foreach (var seat in choice.Seats)
            {
                var at = _model.NewBoolVar("");
                seats.Add((seat, at));
                Of(_times, (choice.Session.Code, seat.Position)).Add(at);
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
            var here = Here(session, kind).ConvertAll(x => x.Var);
            if (here.Count > _problem.Room(session, kind)) _model.Add(LinearExpr.Sum(here) <= _problem.Room(session, kind));
        }

        for (var position = 0; position < session.TalkPositions; position++)
            if (_times.TryGetValue((session.Code, position), out var time) && time.Count > 1) _model.AddAtMostOne(time);
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
        foreach (var (x, here) in _seats[a.Number])
        {
            var excluded = _seats[b.Number].Where(y => ProposalProblem.Excludes(bond, x, y.Seat)).Select(y => y.Var).ToList();
            if (excluded.Count > 0) _model.AddAtMostOne(excluded.Prepend(here));
        }
    }

    private void Mix(Session session)
    {
        var here = Here(session, SlotKind.Oral);
        foreach (var topic in here.GroupBy(x => Placement.Topic(x.Talk)).Where(g => _worth.Counts(session.Code, g.Key)).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var used = _model.NewBoolVar("");
            foreach (var (_, v) in topic) _model.AddImplication(v, used);
            // Says nothing new, but a linear bound sees by it that a topic of many talks needs several sessions.
            _model.Add(LinearExpr.Sum(topic.Select(x => x.Var)) <= used * _problem.Room(session, SlotKind.Oral));
            _value.AddTerm(used, -Worth.TopicUse);
            _follows.Add((used, p => topic.Any(x => p.Has(x.Talk.Number, session.Code)) ? 1 : 0));
        }

        Excess(session, here.GroupBy(x => x.Talk.Presenter?.Country ?? ""), Worth.CountryMost, Worth.CountryExcess);
        Excess(session, here.GroupBy(x => x.Talk.Presenter?.Affiliation ?? ""), Worth.InstitutionMost, Worth.InstitutionExcess);
    }

    private void Together(int a, int b, int points)
    {
        foreach (var session in _worth.ChoicesOf(_problem.Talks[a]).Select(c => c.Session.Code).Where(s => _in.ContainsKey((b, s))))
        {
            var here = _model.NewBoolVar("");
            _model.AddImplication(here, _in[(a, session)]);
            _model.AddImplication(here, _in[(b, session)]);
            _value.AddTerm(here, points);
            _follows.Add((here, p => p.Has(a, session) && p.Has(b, session) ? 1 : 0));
        }
    }

    private void Excess(Session session, IEnumerable<IGrouping<string, (AcceptedTalk Talk, BoolVar Var)>> groups, int most, int cost)
    {
        foreach (var group in groups.Where(g => g.Key != "" && g.Count() > most).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var excess = _model.NewIntVar(0, group.Count() - most, "");
            _model.Add(excess >= LinearExpr.Sum(group.Select(x => x.Var)) - most);
            _value.AddTerm(excess, -cost);
            _follows.Add((excess, p => Math.Max(0, group.Count(x => p.Has(x.Talk.Number, session.Code)) - most)));
        }
    }

    private List<(AcceptedTalk Talk, BoolVar Var)> Here(Session session, SlotKind kind) => _here.GetValueOrDefault((session.Code, kind)) ?? [];

    private static List<T> Of<TKey, T>(Dictionary<TKey, List<T>> lists, TKey key) where TKey : notnull => lists.TryGetValue(key, out var list) ? list : lists[key] = [];

    // Said whole, so that the solver begins at its worth and need not find out what follows.
    private void Hint(Placement hint)
    {
        foreach (var ((talk, session), v) in _in) _model.AddHint(v, hint.Has(talk, session) ? 1 : 0);
        foreach (var (talk, seats) in _seats)
            foreach (var (seat, at) in seats.Where(s => s.Seat.Position >= 0))
                _model.AddHint(at, hint.Has(talk, seat.Session.Code) && hint.Places[talk].Seat?.Position == seat.Position ? 1 : 0);
        foreach (var (v, of) in _follows) _model.AddHint(v, of(hint));
    }

    private Placement Read(CpSolver solver)
    {
        var placement = new Placement(_problem);
        foreach (var talk in _problem.ToPlace)
            foreach (var session in _worth.ChoicesOf(talk).Select(c => c.Session).Where(s => solver.BooleanValue(_in[(talk.Number, s.Code)])))
                placement.Put(talk, session, _seats[talk.Number].FirstOrDefault(s => s.Seat.Position >= 0 && solver.BooleanValue(s.Var)).Seat);
        return placement;
    }

    private sealed class Watcher(Action<double, double>? watch) : CpSolverSolutionCallback
    {
        public override void OnSolutionCallback() => watch?.Invoke(ObjectiveValue(), BestObjectiveBound());
    }
}
