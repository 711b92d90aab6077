using AbstractReview.Domain.Programmes;

namespace AbstractReview.App.Programme.Proposing;

/// <summary>A session a talk may lie in.</summary>
/// <param name="Session">The session.</param>
/// <param name="Points">What lying there is worth by itself.</param>
/// <param name="Seats">Its seats that are free for the talk; at least one.</param>
internal sealed record Choice(Session Session, int Points, IReadOnlyList<Seat> Seats);

/// <summary>
/// What a placement is worth, the same for every search. In the order of their weights: every talk placed, better scored first;
/// posters in their area's session; nobody where they would rather not speak; few topics per session, and talks that are near by their
/// texts in one; at most two talks of a country and one of an institution in a session; the best scored where the hall is largest; early
/// times for those whose time matters.
/// </summary>
internal sealed class Worth
{
    public const int Placed = 10_000, PosterAway = 200, AgainstWish = 120, TopicUse = 50, CountryExcess = 20, InstitutionExcess = 10, KinTogether = 60;

    /// <summary>Talks of one country, and of one institution, that a session takes gladly.</summary>
    public const int CountryMost = 2, InstitutionMost = 1;

    private readonly ProposalProblem _problem;
    private readonly Dictionary<int, IReadOnlyList<Choice>> _choices;
    private readonly Dictionary<string, int> _rank;
    private readonly HashSet<(string Session, string Topic)> _topics;

    public Worth(ProposalProblem problem)
    {
        _problem = problem;
        var rooms = problem.Conference.Programme.Rooms;
        var halls = rooms.Select(r => r.Capacity).Distinct().Order().ToList();
        _rank = rooms.ToDictionary(r => r.Code, r => Math.Min(5, halls.IndexOf(r.Capacity)));
        _choices = problem.ToPlace.ToDictionary(t => t.Number, Choose);
        // Only a topic that could also lie elsewhere in the session's area is worth keeping together.
        _topics = problem.ToPlace.Where(t => t.SlotKind == SlotKind.Oral).SelectMany(t => ChoicesOf(t).Select(c => (c.Session.Code, Topic: Placement.Topic(t)))).CountBy(x => x).Where(x => x.Value > 1).Select(x => x.Key).ToHashSet();
        Kin = problem.Kinship.Pairs().Select(p => (p.A, p.B, Points: (int)(KinTogether * p.Nearness))).Where(p => p.Points > 0 && Common(p.A, p.B) > 1).ToList();
    }

    /// <summary>Pairs of talks that are worth something in one session; those with one session to choose from tell nothing.</summary>
    public IReadOnlyList<(int A, int B, int Points)> Kin { get; }

    public IReadOnlyList<Choice> ChoicesOf(AcceptedTalk talk) => _choices[talk.Number];

    /// <summary>Whether the exact time of a talk matters: its people are wanted elsewhere too.</summary>
    public bool Timed(AcceptedTalk talk) => talk.SlotKind == SlotKind.Oral && _problem.Tied.Contains(talk.Number);

    /// <summary>What a seat costs a talk beside others of the same session: where its time matters, how late it is; 0 elsewhere.</summary>
    public int CostOf(AcceptedTalk talk, Seat seat) => Timed(talk) ? seat.Position + (_problem.Against(talk, seat) ? AgainstWish : 0) : 0;

    /// <summary>Whether using this topic in this session costs <see cref="TopicUse"/>.</summary>
    public bool Counts(string session, string topic) => _topics.Contains((session, topic));

    /// <summary>0 for the smallest hall to 5 for the largest.</summary>
    public int HallRank(Session session) => _rank[session.Room];

    /// <summary>Hundredths of a point, 0 to 500.</summary>
    public static int Score(AcceptedTalk talk) => (int)Math.Round(100 * Math.Clamp(talk.Score ?? 0, 0, 5));

    public long Of(Placement placement)
    {
        long value = 0;
        foreach (var (number, place) in placement.Places)
        {
            var talk = _problem.Talks[number];
            value += ChoicesOf(talk).First(c => c.Session.Code == place.Session.Code).Points - (Timed(talk) ? CostOf(talk, place.Seat!) : 0);
        }

        foreach (var session in placement.Places.Select(p => (Talk: _problem.Talks[p.Key], p.Value.Session.Code)).Where(p => p.Talk.SlotKind == SlotKind.Oral).GroupBy(p => p.Code, p => p.Talk))
        {
            value -= TopicUse * session.Select(Placement.Topic).Distinct().Count(t => Counts(session.Key, t));
            value -= CountryExcess * Excess(session, t => t.Presenter?.Country ?? "", CountryMost) + InstitutionExcess * Excess(session, t => t.Presenter?.Affiliation ?? "", InstitutionMost);
        }

        return value + Kin.Where(k => placement.Places.TryGetValue(k.A, out var a) && placement.Places.TryGetValue(k.B, out var b) && a.Session.Code == b.Session.Code).Sum(k => k.Points);
    }

    private static int Excess(IEnumerable<AcceptedTalk> talks, Func<AcceptedTalk, string> of, int most)
        => talks.CountBy(of).Where(x => x.Key != "").Sum(x => Math.Max(0, x.Value - most));

    private IReadOnlyList<Choice> Choose(AcceptedTalk talk)
    {
        var (choices, score) = (new List<Choice>(), Score(talk));
        foreach (var session in _problem.SessionsFor(talk))
        {
            var seats = _problem.Seats(session, talk.SlotKind);
            if (_problem.Tied.Contains(talk.Number)) seats = seats.Where(seat => _problem.Free(talk, seat)).ToList();
            if (seats.Count == 0) continue;
            var away = talk.SlotKind == SlotKind.Poster && session.AreaCode is null && _problem.PosterHomes.GetValueOrDefault(talk.AreaCode) != session.Code;
            var hall = talk.SlotKind == SlotKind.Oral ? score * HallRank(session) / 50 : 0;
            // Posters and panels have one time in a session; talks are asked seat by seat.
            var against = talk.SlotKind != SlotKind.Oral && _problem.Against(talk, seats[0]);
            choices.Add(new Choice(session, Placed + score + hall - (away ? PosterAway : 0) - (against ? AgainstWish : 0), seats));
        }

        return choices;
    }

    private int Common(int a, int b) => _choices.TryGetValue(a, out var x) && _choices.TryGetValue(b, out var y) ? x.Count(c => y.Any(d => d.Session.Code == c.Session.Code)) : 0;
}
