using AbstractReview.Domain.Programmes;

namespace AbstractReview.App.Programme.Proposing;

/// <summary>
/// A placement that changes quickly: a talk is lifted or put, and the change of what the whole is worth is told at once, in time that
/// grows with what the talk touches and not with the programme. Talks, sessions, topics and so on are numbers here.
/// </summary>
internal sealed class Seating
{
    /// <summary>Where a talk lies: which of its choices, and which of that choice's seats. -1 for nowhere.</summary>
    public readonly record struct Spot(int Choice, int Seat)
    {
        public static Spot None { get; } = new(-1, -1);
    }

    /// <summary>A choice of a talk: its session, what it is worth, and the seats it could take there; the first stands for all where the time does not matter.</summary>
    public sealed record Option(int Session, int Points, Seat[] Seats, int[] Costs);

    private readonly Worth _worth;
    private readonly ProposalProblem _problem;
    private readonly AcceptedTalk[] _talks;
    private readonly Session[] _sessions;
    private readonly Option[][] _options;
    private readonly bool[] _timed;
    private readonly int[] _kind;
    private readonly Spot[] _spots;
    private readonly (int Other, Bond Bond)[][] _bonds;
    private readonly (int Other, int Points)[][] _kin;
    // What a session counts of its talks: their topics, countries and institutions.
    private readonly Tally[] _tallies;
    // By kind and session: who is there, how many fit, and by position whose time matters.
    private readonly List<int>[,] _there;
    private readonly int[,] _room;
    private readonly int[][] _holder;

    public Seating(ProposalProblem problem, Worth worth)
    {
        (_problem, _worth) = (problem, worth);
        _talks = [.. problem.ToPlace];
        _sessions = [.. problem.Base.Sessions];
        var sessions = _sessions.Index().ToDictionary(x => x.Item.Code, x => x.Index);
        var talks = _talks.Index().ToDictionary(x => x.Item.Number, x => x.Index);
        _options = _talks.Select(t => worth.ChoicesOf(t).Select(c => new Option(sessions[c.Session.Code], c.Points, [.. c.Seats], [.. c.Seats.Select(s => worth.CostOf(t, s))])).ToArray()).ToArray();
        _timed = _talks.Select(worth.Timed).ToArray();
        _kind = _talks.Select(t => (int)t.SlotKind).ToArray();
        _spots = Enumerable.Repeat(Spot.None, _talks.Length).ToArray();
        _there = new List<int>[3, _sessions.Length];
        _room = new int[3, _sessions.Length];
        foreach (var (j, session) in _sessions.Index())
            for (var kind = 0; kind < 3; kind++)
                (_there[kind, j], _room[kind, j]) = ([], problem.Room(session, (SlotKind)kind));
        _holder = _sessions.Select(s => Enumerable.Repeat(-1, s.TalkPositions).ToArray()).ToArray();
        var bonds = Enumerable.Range(0, _talks.Length).Select(_ => new Dictionary<int, Bond>()).ToArray();
        foreach (var group in problem.Shared)
            foreach (var a in group)
                foreach (var b in group)
                    if (a != b && ProposalProblem.BondOf(a, b) is not Bond.None and var bond) bonds[talks[a.Number]][talks[b.Number]] = bond;
        _bonds = bonds.Select(b => b.Select(x => (x.Key, x.Value)).ToArray()).ToArray();
        var kin = worth.Kin.SelectMany(k => new[] { (From: talks[k.A], To: talks[k.B], k.Points), (From: talks[k.B], To: talks[k.A], k.Points) }).ToLookup(k => k.From, k => (k.To, k.Points));
        _kin = _talks.Select((_, i) => kin[i].ToArray()).ToArray();
        _tallies =
        [
            new Tally(_talks, Placement.Topic, _sessions, 0, Worth.TopicUse, once: true, worth.Counts),
            new Tally(_talks, t => t.Presenter?.Country ?? "", _sessions, Worth.CountryMost, Worth.CountryExcess, once: false, (_, country) => country != ""),
            new Tally(_talks, t => t.Presenter?.Affiliation ?? "", _sessions, Worth.InstitutionMost, Worth.InstitutionExcess, once: false, (_, house) => house != ""),
        ];
    }

    public int Talks => _talks.Length;

    public Option[] OptionsOf(int talk) => _options[talk];
    public Spot SpotOf(int talk) => _spots[talk];
    public bool Placed(int talk) => _spots[talk].Choice >= 0;
    public bool Timed(int talk) => _timed[talk];
    public bool Bound(int talk) => _bonds[talk].Length > 0;

    /// <summary>Who is in the session of that choice, of the same kind as the talk.</summary>
    public List<int> There(int talk, int choice) => _there[_kind[talk], _options[talk][choice].Session];

    public bool HasRoom(int talk, int choice) => There(talk, choice).Count < _room[_kind[talk], _options[talk][choice].Session];

    /// <summary>Whose time matters and who sits there; -1 for nobody.</summary>
    public int Holder(int talk, Spot spot) => _timed[talk] ? _holder[_options[talk][spot.Choice].Session][SeatOf(talk, spot).Position] : -1;

    /// <summary>Talks that cannot keep their seats when this one takes that one.</summary>
    public void Clashing(int talk, Spot spot, List<int> into)
    {
        var seat = SeatOf(talk, spot);
        foreach (var (other, bond) in _bonds[talk])
            if (_spots[other].Choice >= 0 && ProposalProblem.Excludes(bond, seat, SeatOf(other, _spots[other]))) into.Add(other);
    }

    public bool Clashes(int talk, Spot spot)
    {
        var seat = SeatOf(talk, spot);
        foreach (var (other, bond) in _bonds[talk])
            if (_spots[other].Choice >= 0 && ProposalProblem.Excludes(bond, seat, SeatOf(other, _spots[other]))) return true;
        return false;
    }

    /// <summary>The first seat of a choice that is free and clashes with nothing; null when there is none or the session is full.</summary>
    public Spot? Free(int talk, int choice)
    {
        if (!HasRoom(talk, choice)) return null;
        var seats = _timed[talk] ? _options[talk][choice].Seats.Length : 1;
        for (var seat = 0; seat < seats; seat++)
        {
            var spot = new Spot(choice, seat);
            if (Holder(talk, spot) < 0 && !Clashes(talk, spot)) return spot;
        }

        return null;
    }

    /// <returns>What the whole is worth more for it.</returns>
    public long Put(int talk, Spot spot)
    {
        _spots[talk] = spot;
        var option = _options[talk][spot.Choice];
        _there[_kind[talk], option.Session].Add(talk);
        long gain = option.Points;
        if (_kind[talk] != (int)SlotKind.Oral) return gain;
        if (_timed[talk])
        {
            _holder[option.Session][option.Seats[spot.Seat].Position] = talk;
            gain -= option.Costs[spot.Seat];
        }

        foreach (var tally in _tallies) gain -= tally.Add(option.Session, talk);
        return gain + Together(talk, option.Session);
    }

    /// <returns>What the whole is worth more without it; mostly below zero.</returns>
    public long Lift(int talk)
    {
        var spot = _spots[talk];
        var option = _options[talk][spot.Choice];
        _spots[talk] = Spot.None;
        var there = _there[_kind[talk], option.Session];
        there[there.IndexOf(talk)] = there[^1];
        there.RemoveAt(there.Count - 1);
        long gain = -option.Points;
        if (_kind[talk] != (int)SlotKind.Oral) return gain;
        if (_timed[talk])
        {
            _holder[option.Session][option.Seats[spot.Seat].Position] = -1;
            gain += option.Costs[spot.Seat];
        }

        foreach (var tally in _tallies) gain += tally.Remove(option.Session, talk);
        return gain - Together(talk, option.Session);
    }

    public void CopySpots(Spot[] into) => _spots.CopyTo(into, 0);

    /// <summary>Takes over a placement, into nothing. Answers what it is worth.</summary>
    public long Take(Placement placement)
    {
        long value = 0;
        for (var i = 0; i < _talks.Length; i++)
            if (placement.Places.TryGetValue(_talks[i].Number, out var place))
            {
                var choice = Array.FindIndex(_options[i], o => _sessions[o.Session].Code == place.Session.Code);
                value += Put(i, new Spot(choice, _timed[i] ? Array.FindIndex(_options[i][choice].Seats, s => s.Position == place.Seat!.Position) : 0));
            }

        return value;
    }

    public Placement Read(Spot[] spots)
    {
        var placement = new Placement(_problem);
        for (var i = 0; i < _talks.Length; i++)
            if (spots[i].Choice >= 0)
                placement.Put(_talks[i], _sessions[_options[i][spots[i].Choice].Session], _timed[i] ? SeatOf(i, spots[i]) : null);
        return placement;
    }

    private Seat SeatOf(int talk, Spot spot) => _options[talk][spot.Choice].Seats[spot.Seat];

    private long Together(int talk, int session)
    {
        long points = 0;
        foreach (var (other, worth) in _kin[talk])
            if (_spots[other].Choice >= 0 && _options[other][_spots[other].Choice].Session == session) points += worth;
        return points;
    }

    /// <summary>Counts of one trait in every session, and what one talk more or less costs.</summary>
    private sealed class Tally
    {
        private readonly int[] _trait;
        private readonly int[,] _count;
        private readonly bool[,] _counts;
        private readonly int _most, _cost;
        private readonly bool _once;

        public Tally(AcceptedTalk[] talks, Func<AcceptedTalk, string> of, Session[] sessions, int most, int cost, bool once, Func<string, string, bool> counts)
        {
            var traits = talks.Select(of).Distinct().Index().ToDictionary(x => x.Item, x => x.Index);
            (_most, _cost, _once) = (most, cost, once);
            _trait = talks.Select(t => traits[of(t)]).ToArray();
            _count = new int[sessions.Length, traits.Count];
            _counts = new bool[sessions.Length, traits.Count];
            foreach (var (j, session) in sessions.Index())
                foreach (var (trait, index) in traits) _counts[j, index] = counts(session.Code, trait);
        }

        public int Add(int session, int talk)
        {
            var now = ++_count[session, _trait[talk]];
            return _counts[session, _trait[talk]] && (_once ? now == 1 : now > _most) ? _cost : 0;
        }

        public int Remove(int session, int talk)
        {
            var was = _count[session, _trait[talk]]--;
            return _counts[session, _trait[talk]] && (_once ? was == 1 : was > _most) ? _cost : 0;
        }
    }
}
