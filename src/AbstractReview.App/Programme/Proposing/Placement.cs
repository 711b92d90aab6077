using AbstractReview.Domain.Programmes;

namespace AbstractReview.App.Programme.Proposing;

/// <summary>Which talk goes to which session; a seat where the time matters. Turned into a document by <see cref="Fill"/>.</summary>
internal sealed class Placement(ProposalProblem problem)
{
    private readonly Dictionary<int, (Session Session, Seat? Seat)> _places = [];

    public IReadOnlyDictionary<int, (Session Session, Seat? Seat)> Places => _places;

    public bool Has(int talk, string session) => _places.TryGetValue(talk, out var place) && place.Session.Code == session;

    public void Put(AcceptedTalk talk, Session session, Seat? seat) => _places[talk.Number] = (session, seat);

    /// <summary>Another with these talks as they lie there.</summary>
    public Placement With(IEnumerable<AcceptedTalk> talks, Placement there)
    {
        var placement = new Placement(problem);
        foreach (var (number, place) in _places) placement._places[number] = place;
        foreach (var talk in talks)
            if (there._places.TryGetValue(talk.Number, out var place)) placement._places[talk.Number] = place;
            else placement._places.Remove(talk.Number);
        return placement;
    }

    /// <summary>Whether nobody is wanted in two places.</summary>
    public bool Stands() => problem.Shared.All(group => group.Where(t => _places.ContainsKey(t.Number)).ToList() is var here
        && here.Index().All(a => here.Skip(a.Index + 1).All(b => !ProposalProblem.Excludes(ProposalProblem.BondOf(a.Item, b), SeatOf(a.Item), SeatOf(b)))));

    // A talk that shares somebody has its time; posters and panels have the one their session has.
    private Seat SeatOf(AcceptedTalk talk) => _places[talk.Number].Seat ?? problem.Seats(_places[talk.Number].Session, talk.SlotKind)[0];

    /// <summary>
    /// The document: talks that are tied to a time at it; the others in the free times, talks on one topic beside each other, the
    /// nearest texts next to each other, and the topic of the best talk first; posters on boards in order of area and number.
    /// </summary>
    public ProgrammeDocument Fill()
    {
        var document = problem.Base;
        foreach (var session in problem.Base.Sessions)
        {
            var here = problem.ToPlace.Where(t => _places.TryGetValue(t.Number, out var p) && p.Session.Code == session.Code).ToList();
            if (here.Count == 0) continue;
            var slots = session.Slots.ToList();
            slots.AddRange(Talks(session, here.Where(t => t.SlotKind == SlotKind.Oral).ToList()));
            slots.AddRange(here.Where(t => t.SlotKind == SlotKind.Panel).OrderBy(t => t.Number).Select(t => SlotOf(t, session.TalksEnd, session.End)));
            slots.AddRange(Posters(session, here.Where(t => t.SlotKind == SlotKind.Poster).ToList()));
            document = document.With(session with { Slots = slots });
        }

        return document;
    }

    private IEnumerable<Slot> Talks(Session session, List<AcceptedTalk> talks)
    {
        var seats = problem.Seats(session, SlotKind.Oral).ToList();
        foreach (var talk in talks)
            if (_places[talk.Number].Seat is { } seat)
            {
                seats.RemoveAll(s => s.Position == seat.Position);
                yield return SlotOf(talk, seat.Start, seat.End);
            }

        var loose = talks.Where(t => _places[t.Number].Seat is null).ToList();
        var best = loose.GroupBy(Topic).ToDictionary(g => g.Key, g => g.Max(t => t.Score ?? 0));
        foreach (var (talk, seat) in loose.GroupBy(Topic).OrderByDescending(g => best[g.Key]).ThenBy(g => g.Key, StringComparer.Ordinal).SelectMany(Chain).Zip(seats))
            yield return SlotOf(talk, seat.Start, seat.End);
    }

    // The best scored begins; each is followed by the one nearest to it in its text, where texts say nothing by the better scored.
    private IEnumerable<AcceptedTalk> Chain(IEnumerable<AcceptedTalk> talks)
    {
        var left = talks.OrderByDescending(t => t.Score ?? 0).ThenBy(t => t.Number).ToList();
        for (AcceptedTalk? last = null; left.Count > 0;)
        {
            last = last is null ? left[0] : left.MaxBy(t => problem.Kinship.Between(last.Number, t.Number))!;
            left.Remove(last);
            yield return last;
        }
    }

    private IEnumerable<Slot> Posters(Session session, List<AcceptedTalk> posters)
    {
        var taken = session.Slots.Select(s => s.Board).ToHashSet();
        var areas = problem.Conference.Areas.Select((a, i) => (a.Code, i)).ToDictionary(x => x.Code, x => x.i);
        var boards = Enumerable.Range(1, posters.Count + taken.Count).Where(b => !taken.Contains(b));
        return posters.OrderBy(t => areas.GetValueOrDefault(t.AreaCode)).ThenBy(t => t.Number).Zip(boards, (t, b) => SlotOf(t, session.Start, session.End) with { Board = b });
    }

    private static Slot SlotOf(AcceptedTalk talk, DateTime start, DateTime end)
        => new() { Kind = talk.SlotKind, Code = talk.Code, Number = talk.Number, Start = start, End = end };

    internal static string Topic(AcceptedTalk talk) => talk.Topics.Count > 0 ? talk.Topics[0] : "";
}
