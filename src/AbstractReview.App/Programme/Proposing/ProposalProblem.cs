using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Programmes;

namespace AbstractReview.App.Programme.Proposing;

/// <summary>A place a talk could take: a position before the panel, or the whole poster session or panel discussion (position -1).</summary>
/// <param name="Session">Where.</param>
/// <param name="Position">Which of its seats, from 0; -1 for all of it.</param>
/// <param name="Start">By the clock on the wall.</param>
/// <param name="End">By the clock on the wall.</param>
/// <param name="From">The instant of <paramref name="Start"/>: seats are compared by millions.</param>
/// <param name="To">The instant of <paramref name="End"/>.</param>
internal sealed record Seat(Session Session, int Position, DateTime Start, DateTime End, DateTime From, DateTime To);

/// <summary>What two talks share.</summary>
internal enum Bond { None, Shares, Walks }

/// <summary>What is to be placed, where it could go, and what already stands.</summary>
internal sealed class ProposalProblem
{
    private readonly ILookup<string, Commitment> _fixed;
    private readonly ILookup<string, (DateTimeOffset From, DateTimeOffset To)> _absent;
    private readonly ILookup<string, (DateTimeOffset From, DateTimeOffset To)> _reluctant;
    private readonly Dictionary<string, List<Seat>> _seats = [];
    private readonly Dictionary<int, List<Session>> _sessionsFor = [];
    private readonly ILookup<int, TalkNeed> _needs;
    private readonly Dictionary<DateTime, DateTime> _instants = [];

    /// <param name="document">What is pinned stays; the rest of its talks are placed anew.</param>
    /// <param name="talks">Accepted submissions by number.</param>
    /// <param name="conference">Rooms, areas and zone.</param>
    /// <param name="kinship">How near talks are by their texts; null where that does not matter.</param>
    public ProposalProblem(ProgrammeDocument document, IReadOnlyDictionary<int, AcceptedTalk> talks, Conference conference, Kinship? kinship = null)
    {
        Kinship = kinship ?? Kinship.None;
        Conference = conference;
        Talks = talks;
        _needs = document.Needs.ToLookup(n => n.Number);
        Base = document with
        {
            Sessions = document.Sessions.Select(s => s with { Slots = s.Slots.Where(x => x.Number is null || (x.Pinned && talks.ContainsKey(x.Number.Value))).ToList() }).ToList(),
        };
        // Best first, then by number: a fixed order makes the answer repeatable.
        ToPlace = talks.Values.Where(t => Base.Find(t.Number) is null).OrderByDescending(t => t.Score ?? 0).ThenBy(t => t.Number).ToList();
        _fixed = Commitments.Of(Base, talks, conference).ToLookup(c => c.PersonKey);
        _absent = Instants(Availability.Absences(document, talks), a => (a.From, a.To));
        _reluctant = Instants(Availability.RatherNot(talks), w => (w.From, w.To));
        var people = ToPlace.SelectMany(t => t.Authors.Select(a => (a.Key, Talk: t, Presents: a == t.Presenter))).GroupBy(x => x.Key);
        Shared = people.Where(g => g.Count() > 1 && g.Any(x => x.Presents)).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Select(x => x.Talk).OrderBy(t => t.Number).ToList()).ToList();
        Tied = Shared.SelectMany(t => t).Concat(ToPlace.Where(t => t.Authors.Any(a => _fixed[a.Key].Any() || _absent[a.Key].Any()) || (t.Presenter is { } p && _reluctant[p.Key].Any()))).Select(t => t.Number).ToHashSet();
        PosterHomes = Homes();
    }

    // Places, times and what is fixed are those of the whole.
    private ProposalProblem(ProposalProblem whole, Func<AcceptedTalk, bool> which)
    {
        (Kinship, Conference, Talks, Base, _needs, _fixed, _absent, _reluctant, Tied, PosterHomes)
            = (whole.Kinship, whole.Conference, whole.Talks, whole.Base, whole._needs, whole._fixed, whole._absent, whole._reluctant, whole.Tied, whole.PosterHomes);
        ToPlace = whole.ToPlace.Where(which).ToList();
        Shared = whole.Shared.Select(g => (IReadOnlyList<AcceptedTalk>)g.Where(which).ToList()).Where(g => g.Count > 1).ToList();
    }

    /// <summary>The same with the talks of one area alone, as if whoever is not fixed elsewhere were wanted here only.</summary>
    public ProposalProblem OnlyTalksOf(string area) => new(this, t => t.SlotKind == SlotKind.Oral && t.AreaCode == area);

    public Conference Conference { get; }
    public IReadOnlyDictionary<int, AcceptedTalk> Talks { get; }
    public ProgrammeDocument Base { get; }
    public IReadOnlyList<AcceptedTalk> ToPlace { get; }
    public Kinship Kinship { get; }

    /// <summary>Groups of talks that share a person who presents one of them.</summary>
    public IReadOnlyList<IReadOnlyList<AcceptedTalk>> Shared { get; }

    /// <summary>Talks whose exact time matters to somebody: their people are also wanted elsewhere.</summary>
    public IReadOnlySet<int> Tied { get; }

    /// <summary>The poster session each area belongs to: the areas in their order, spread evenly over the poster sessions in theirs.</summary>
    public IReadOnlyDictionary<string, string> PosterHomes { get; }

    /// <summary>The sessions that may take a talk: those of its area, and those of none, in rooms that have what it needs.</summary>
    public IEnumerable<Session> SessionsFor(AcceptedTalk talk) => _sessionsFor.TryGetValue(talk.Number, out var known) ? known : _sessionsFor[talk.Number] = Base.Sessions.Where(s => talk.SlotKind switch
    {
        SlotKind.Poster => s.Kind == SessionKind.PosterSession && (s.AreaCode ?? talk.AreaCode) == talk.AreaCode,
        SlotKind.Panel => s.PanelMinutes > 0 && (s.AreaCode ?? talk.AreaCode) == talk.AreaCode,
        _ => s.TalkPositions > 0 && (s.AreaCode ?? talk.AreaCode) == talk.AreaCode,
    }).Where(s => _needs[talk.Number].All(n => Hall(s).Has(n.Equipment))).ToList();

    private Room Hall(Session session) => Conference.Programme.Rooms.First(r => r.Code == session.Room);

    /// <summary>The free seats of a session for a kind of slot, in order of time.</summary>
    public IReadOnlyList<Seat> Seats(Session session, SlotKind kind)
    {
        if (kind != SlotKind.Oral) return [SeatAt(session, -1, kind == SlotKind.Panel ? session.TalksEnd : session.Start, session.End)];
        if (_seats.TryGetValue(session.Code, out var known)) return known;
        var seats = Enumerable.Range(0, session.TalkPositions).Select(p => SeatAt(session, p, session.TalkStart(p), session.TalkStart(p + 1)))
            .Where(seat => session.Slots.All(s => s.Kind is not (SlotKind.Oral or SlotKind.Item) || s.End <= seat.Start || seat.End <= s.Start)).ToList();
        return _seats[session.Code] = seats;
    }

    public Seat SeatAt(Session session, int position, DateTime start, DateTime end) => new(session, position, start, end, Instant(start), Instant(end));

    /// <summary>How many talks of a kind the session takes yet; panels take any number.</summary>
    public int Room(Session session, SlotKind kind) => kind switch
    {
        SlotKind.Oral => Seats(session, kind).Count,
        SlotKind.Poster => Math.Max(0, Conference.Programme.Rooms.First(r => r.Code == session.Room).Boards() - session.Slots.Count(s => s.Kind == SlotKind.Poster)),
        _ => 1000,
    };

    public IEnumerable<Commitment> Needs(AcceptedTalk talk, Seat seat) => Commitments.OfTalk(talk, seat.Session, seat.Start, seat.End, Conference);

    /// <summary>Whether nobody of the talk is bound elsewhere, or away, at that time.</summary>
    public bool Free(AcceptedTalk talk, Seat seat)
        => talk.Authors.All(a => !_fixed.Contains(a.Key) && !_absent.Contains(a.Key)) || Needs(talk, seat).All(c => !_fixed[c.PersonKey].Any(f => Commitments.Clash(c, f))
            && (c.Duty == Duty.CoAuthor || !_absent[c.PersonKey].Any(a => c.Start < a.To && a.From < c.End)));

    /// <summary>Whether whoever presents the talk would rather not do it then.</summary>
    public bool Against(AcceptedTalk talk, Seat seat)
        => talk.Presenter is { } speaker && _reluctant.Contains(speaker.Key) && _reluctant[speaker.Key].Any(w => seat.From < w.To.UtcDateTime && w.From.UtcDateTime < seat.To);

    /// <summary>What two talks share, once for all their seats: nothing, somebody who presents one of them, or somebody who presents both and must walk.</summary>
    public static Bond BondOf(AcceptedTalk a, AcceptedTalk b)
    {
        var bond = Bond.None;
        foreach (var mine in a.Authors)
            foreach (var theirs in b.Authors.Where(x => x.Key == mine.Key))
            {
                var (presentsA, presentsB) = (mine == a.Presenter, theirs == b.Presenter);
                // Co-authors of posters need not be there, and two co-authorships never clash.
                if ((!presentsA && a.SlotKind == SlotKind.Poster) || (!presentsB && b.SlotKind == SlotKind.Poster) || (!presentsA && !presentsB)) continue;
                bond = presentsA && presentsB ? Bond.Walks : bond == Bond.None ? Bond.Shares : bond;
            }

        return bond;
    }

    /// <summary>Whether two seats exclude each other for talks with this bond; the same as <see cref="Clash"/>, without asking for each person again.</summary>
    public static bool Excludes(Bond bond, Seat x, Seat y)
    {
        if (bond == Bond.None || x.Session.Code == y.Session.Code) return false;
        var walk = bond == Bond.Walks && x.Session.Room != y.Session.Room ? TimeSpan.FromMinutes(Commitments.WalkMinutes) : TimeSpan.Zero;
        return x.From < y.To + walk && y.From < x.To + walk;
    }

    private ILookup<string, (DateTimeOffset From, DateTimeOffset To)> Instants<T>(ILookup<string, T> times, Func<T, (DateTime From, DateTime To)> of)
        => times.SelectMany(g => g.Select(t => (g.Key, Time: of(t)))).ToLookup(x => x.Key, x => (Conference.At(x.Time.From), Conference.At(x.Time.To)));

    private DateTime Instant(DateTime local) => _instants.TryGetValue(local, out var known) ? known : _instants[local] = Conference.At(local).UtcDateTime;

    public bool Clash(AcceptedTalk a, Seat at, AcceptedTalk b, Seat bt)
        => Needs(a, at).Any(x => Needs(b, bt).Any(y => x.PersonKey == y.PersonKey && Commitments.Clash(x, y)));

    private Dictionary<string, string> Homes()
    {
        var posters = Base.Sessions.Where(s => s.Kind == SessionKind.PosterSession && s.AreaCode is null).OrderBy(s => s.Start).ThenBy(s => s.Code, StringComparer.Ordinal).ToList();
        var areas = Conference.Areas;
        return posters.Count == 0 ? [] : areas.Select((a, i) => (a.Code, Home: posters[i * posters.Count / areas.Count].Code)).ToDictionary(x => x.Code, x => x.Home);
    }
}
