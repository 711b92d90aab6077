using AbstractReview.Domain.Programmes;
using Google.OrTools.Sat;

namespace AbstractReview.App.Programme.Proposing;

/// <summary>The model of a repair: each submission takes exactly one of its choices, at a cost; seats and people are nowhere twice.</summary>
internal sealed class RepairModel
{
    private readonly CpModel _model = new();
    private readonly Dictionary<int, (AcceptedTalk Talk, List<(Seat? Seat, BoolVar Var)> Choices)> _talks = [];
    private readonly List<(Seat Seat, BoolVar? Var)> _spoken = [];
    private readonly Dictionary<string, int> _heldPosters = [];
    private readonly LinearExprBuilder _cost = LinearExpr.NewBuilder();

    /// <summary>A seat somebody has who does not move.</summary>
    public void Hold(Seat seat, SlotKind kind)
    {
        if (kind == SlotKind.Oral) _spoken.Add((seat, null));
        if (kind == SlotKind.Poster) _heldPosters[seat.Session.Code] = _heldPosters.GetValueOrDefault(seat.Session.Code) + 1;
    }

    public void Choice(AcceptedTalk talk, Seat seat, long cost)
    {
        var v = Add(talk, seat, cost);
        if (talk.SlotKind == SlotKind.Oral) _spoken.Add((seat, v));
    }

    public void LeaveOut(AcceptedTalk talk, long cost)
    {
        Add(talk, null, cost);
        _model.AddExactlyOne(_talks[talk.Number].Choices.Select(c => c.Var));
    }

    /// <summary>Of these at most one takes a seat; it is worth something that one does.</summary>
    public void AtMostOneComesIn(IEnumerable<AcceptedTalk> waiting, long worth)
    {
        var comesIn = waiting.SelectMany(t => _talks[t.Number].Choices.Where(c => c.Seat is not null)).Select(c => c.Var).ToList();
        if (comesIn.Count == 0) return;
        _model.AddAtMostOne(comesIn);
        foreach (var v in comesIn) _cost.AddTerm(v, -worth);
    }

    /// <summary>No more posters than boards.</summary>
    /// <param name="session">A poster session.</param>
    /// <param name="free">Boards that pinned posters leave.</param>
    public void Boards(Session session, int free)
    {
        var here = _talks.Values.Where(t => t.Talk.SlotKind == SlotKind.Poster).SelectMany(t => t.Choices).Where(c => c.Seat?.Session.Code == session.Code).Select(c => c.Var).ToList();
        if (here.Count > 0) _model.Add(LinearExpr.Sum(here) <= Math.Max(0, free - _heldPosters.GetValueOrDefault(session.Code)));
    }

    /// <summary>No two talks at one time in one session, and nobody in two places.</summary>
    public void Apart()
    {
        foreach (var session in _spoken.GroupBy(x => x.Seat.Session.Code))
        {
            // All that cover one instant exclude each other; every overlap covers the beginning of one of the two.
            foreach (var instant in session.Select(x => x.Seat.Start).Distinct().Order())
            {
                var covering = session.Where(x => x.Seat.Start <= instant && instant < x.Seat.End).ToList();
                var vars = covering.Where(x => x.Var is not null).Select(x => x.Var!).ToList();
                if (vars.Count == 0) continue;
                if (covering.Count > vars.Count) foreach (var v in vars) _model.Add(v == 0);
                else if (vars.Count > 1) _model.AddAtMostOne(vars);
            }
        }

        var people = _talks.Values.SelectMany(t => t.Talk.Authors.Select(a => (a.Key, Entry: t, Presents: a == t.Talk.Presenter))).GroupBy(x => x.Key);
        var done = new HashSet<(int, int)>();
        foreach (var shared in people.Where(g => g.Count() > 1 && g.Any(x => x.Presents)).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Select(x => x.Entry).OrderBy(t => t.Talk.Number).ToList()))
            for (var i = 0; i < shared.Count; i++)
                for (var j = i + 1; j < shared.Count; j++)
                    if (done.Add((shared[i].Talk.Number, shared[j].Talk.Number))) Exclude(shared[i], shared[j]);
    }

    private void Exclude((AcceptedTalk Talk, List<(Seat? Seat, BoolVar Var)> Choices) a, (AcceptedTalk Talk, List<(Seat? Seat, BoolVar Var)> Choices) b)
    {
        var bond = ProposalProblem.BondOf(a.Talk, b.Talk);
        if (bond == Bond.None) return;
        foreach (var (x, here) in a.Choices)
        {
            if (x is null) continue;
            // Each of the two takes one choice, so one clause a seat says it all.
            var excluded = b.Choices.Where(y => y.Seat is not null && ProposalProblem.Excludes(bond, x, y.Seat)).Select(y => y.Var).ToList();
            if (excluded.Count > 0) _model.AddAtMostOne(excluded.Prepend(here));
        }
    }

    /// <summary>Where each takes its seat, null for nowhere; nothing when no answer was found in time.</summary>
    public (IReadOnlyDictionary<int, Seat?> Seats, bool Proven)? Solve(double seconds, CancellationToken ct)
    {
        _model.Minimize(_cost);
        using var solver = new CpSolver { StringParameters = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"num_workers:1,random_seed:1,max_deterministic_time:{seconds}") };
        using var stop = ct.Register(solver.StopSearch);
        var status = solver.Solve(_model);
        if (status is not (CpSolverStatus.Optimal or CpSolverStatus.Feasible)) return null;
        return (_talks.ToDictionary(t => t.Key, t => t.Value.Choices.First(c => solver.BooleanValue(c.Var)).Seat), status == CpSolverStatus.Optimal);
    }

    private BoolVar Add(AcceptedTalk talk, Seat? seat, long cost)
    {
        if (!_talks.TryGetValue(talk.Number, out var entry)) _talks[talk.Number] = entry = (talk, []);
        var v = _model.NewBoolVar("");
        entry.Choices.Add((seat, v));
        if (cost != 0) _cost.AddTerm(v, cost);
        _model.AddHint(v, cost == 0 && seat is not null ? 1 : 0);
        return v;
    }
}
