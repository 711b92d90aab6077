using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Programmes;

namespace AbstractReview.App.Programme.Proposing;

/// <param name="Document">The programme mended.</param>
/// <param name="Moved">Submissions that change places.</param>
/// <param name="LeftOut">Submissions that had a place and find none.</param>
/// <param name="Smallest">No smaller set of moves exists; false when the search ran out of time.</param>
internal sealed record Repair(ProgrammeDocument Document, IReadOnlyList<int> Moved, IReadOnlyList<int> LeftOut, bool Smallest);

/// <summary>
/// Mends a programme with the smallest set of moves: every submission may stay or take any seat of its kind; a CP-SAT model
/// (Google OR-Tools) finds the answer that leaves fewest out, then moves fewest, then keeps most wishes, then moves them least far.
/// Offices, fixed items and what is pinned stand still. The search goes outwards: who must move, alone; with them who makes way for a
/// free seat; the areas concerned; the whole programme. It ends where no answer further out can be smaller.
/// </summary>
internal sealed class SmallestRepair
{
    private const long LeftOut = 10_000_000_000, Unfilled = 1_500_000, Move = 1_000_000, OtherDay = 1_000, OtherSession = 100, Later = 1;

    // Wishes, in their order as Worth has it: not to speak then; the topic with its own, countries and institutions mixed.
    private const long AgainstWish = 5_000, TopicAlone = 300, CountryThird = 120, InstitutionSecond = 60;

    private readonly ProgrammeDocument _document;
    private readonly IReadOnlyDictionary<int, AcceptedTalk> _talks;
    private readonly Conference _conference;
    private readonly IReadOnlyList<AcceptedTalk> _waiting;
    private readonly ProposalProblem _problem;
    private readonly ILookup<string, Commitment> _offices;
    private readonly ILookup<string, (DateTimeOffset From, DateTimeOffset To)> _absent;
    private readonly List<AcceptedTalk> _placed;
    private readonly ILookup<string, AcceptedTalk> _beside;

    /// <param name="document">As it stands after what happened; its clashes are what is mended.</param>
    /// <param name="talks">Accepted submissions by number.</param>
    /// <param name="conference">Rooms, areas and zone.</param>
    /// <param name="waiting">Submissions without a place, one of which may take a free one if that is all it takes.</param>
    public SmallestRepair(ProgrammeDocument document, IReadOnlyDictionary<int, AcceptedTalk> talks, Conference conference, IReadOnlyList<AcceptedTalk> waiting)
    {
        (_document, _talks, _conference, _waiting) = (document, talks, conference, waiting);
        // What lies there as another kind than it was accepted as was put there by hand: it stands still too.
        _problem = new ProposalProblem(document with
        {
            Sessions = document.Sessions.Select(s => s with { Slots = s.Slots.Select(x => x.Number is { } n && talks.TryGetValue(n, out var t) && t.SlotKind != x.Kind ? x with { Pinned = true } : x).ToList() }).ToList(),
        }, talks, conference);
        _offices = Commitments.Of(_problem.Base, talks, conference).ToLookup(c => c.PersonKey);
        _absent = Availability.Absences(document, talks).SelectMany(g => g).ToLookup(a => MailAddress.Normalise(a.Email), a => (conference.At(a.From), conference.At(a.To)));
        _beside = document.Sessions.SelectMany(s => s.Slots.Where(x => x is { Kind: SlotKind.Oral, Number: not null } && talks.ContainsKey(x.Number.Value)).Select(x => (s.Code, Talk: talks[x.Number!.Value]))).ToLookup(x => x.Code, x => x.Talk);
        _placed = _problem.ToPlace.Where(t => document.Find(t.Number) is not null).OrderBy(t => t.Number).ToList();
    }

    /// <param name="seconds">Limit, in the solver's own deterministic time.</param>
    /// <param name="ct">Ends the search with the best so far.</param>
    public Repair Find(double seconds, CancellationToken ct)
    {
        // A talk that clashes with what cannot move must move itself; no answer is smaller than that.
        var must = _placed.Where(t => !MayStay(t)).ToList();
        var lost = must.Count(t => !SeatsOf(t).Any(s => Free(t, s, null)));
        var clashes = Clashes.Check(_document, _talks, _conference).Where(c => c.Level != ClashLevel.Warns).Select(c => c.Where.ToHashSet()).ToList();
        var clashing = _placed.Where(t => clashes.Any(c => c.Contains(t.Code))).ToList();
        var least = must.Count - lost;
        // Where others clash with each other, one of them moves too.
        if (clashes.All(c => must.Any(t => c.Contains(t.Code)) || !clashing.Any(t => c.Contains(t.Code))) && Small(Solve(must, must, seconds, ct), 0) is { } alone) return alone;
        var areas = clashing.Concat(must).Concat(_waiting).Select(t => t.AreaCode).ToHashSet();
        var near = _placed.Where(t => areas.Contains(t.AreaCode) || must.Any(m => ProposalProblem.BondOf(m, t) != Bond.None)).ToList();
        // With one more than must, that one goes where it is free or where they leave.
        var beside = Solve(near, must, seconds, ct);
        if (Small(beside, 1) is { } one) return one;
        var around = Solve(near, near, seconds, ct);
        if (Small(around, beside is { Smallest: true } ? 2 : 1) is { } two) return two;
        return Solve(_placed, _placed, seconds, ct) ?? around ?? beside ?? new Repair(_document, [], [], false);

        Repair? Small(Repair? found, int more)
            => found is not null && found.LeftOut.Count <= lost && found.Moved.Count - found.Moved.Count(n => _waiting.Any(w => w.Number == n)) <= least + more ? found with { Smallest = true } : null;
    }

    // Who is not free to take any seat takes one that nobody holds but those who are.
    private Repair? Solve(List<AcceptedTalk> movable, List<AcceptedTalk> anywhere, double seconds, CancellationToken ct)
    {
        var model = new RepairModel();
        var held = _placed.Except(movable).ToList();
        var still = held.SelectMany(t => Now(t) is var seat ? Commitments.OfTalk(t, seat.Session, seat.Start, seat.End, _conference) : []).ToLookup(c => c.PersonKey);
        foreach (var t in held) model.Hold(Now(t), t.SlotKind);
        var taken = _placed.Except(anywhere).Where(t => t.SlotKind == SlotKind.Oral).Select(Now).ToLookup(s => s.Session.Code);
        var free = anywhere.Select(t => t.Number).ToHashSet();
        foreach (var talk in movable)
        {
            var now = Now(talk);
            if (MayStay(talk) && Free(talk, now, still)) model.Choice(talk, now, 0);
            foreach (var seat in SeatsOf(talk).Where(s => !Same(s, now) && (free.Contains(talk.Number) || talk.SlotKind != SlotKind.Oral || !taken[s.Session.Code].Any(x => s.From < x.To && x.From < s.To)) && Free(talk, s, still)))
                model.Choice(talk, seat, Move + Far(now, seat) + Against(talk, seat));
            model.LeaveOut(talk, LeftOut);
        }

        // The better scored comes in first; never two for one place.
        foreach (var (rank, talk) in _waiting.OrderByDescending(t => t.Score ?? 0).ThenBy(t => t.Number).Index())
        {
            foreach (var seat in SeatsOf(talk).Where(s => Free(talk, s, still))) model.Choice(talk, seat, Move + Math.Min(rank, 999));
            model.LeaveOut(talk, 0);
        }

        model.AtMostOneComesIn(_waiting, Unfilled);
        foreach (var session in _problem.Base.Sessions) model.Boards(session, _problem.Room(session, SlotKind.Poster));
        model.Apart();
        return model.Solve(seconds, ct) is { } answer ? Read(answer.Seats, answer.Proven) : null;
    }

    private Repair Read(IReadOnlyDictionary<int, Seat?> seats, bool proven)
    {
        var document = _document;
        var moved = seats.Where(x => x.Value is { } seat && (_document.Find(x.Key) is not { } old || !Same(seat, _problem.SeatAt(old.Session, 0, old.Slot.Start, old.Slot.End)))).Select(x => x.Key).Order().ToList();
        var left = seats.Where(x => x.Value is null && _document.Find(x.Key) is not null).Select(x => x.Key).Order().ToList();
        foreach (var number in moved.Concat(left)) document = document.Without(number);
        foreach (var number in moved)
        {
            var (talk, seat) = (_talks[number], seats[number]!);
            var session = document.Session(seat.Session.Code)!;
            var slot = new Slot { Kind = talk.SlotKind, Code = talk.Code, Number = number, Start = seat.Start, End = seat.End, Board = talk.SlotKind == SlotKind.Poster ? FirstFree(session) : null };
            document = document.With(session with { Slots = [.. session.Slots, slot] });
        }

        return new Repair(document, moved, left, proven);
    }

    private static int FirstFree(Session session)
    {
        var taken = session.Slots.Select(s => s.Board).ToHashSet();
        return Enumerable.Range(1, session.Slots.Count + 1).First(b => !taken.Contains(b));
    }

    private Seat Now(AcceptedTalk talk) => _document.Find(talk.Number)!.Value is var (session, slot) ? _problem.SeatAt(session, 0, slot.Start, slot.End) : null!;

    private IEnumerable<Seat> SeatsOf(AcceptedTalk talk) => _problem.SessionsFor(talk).SelectMany(s => _problem.Seats(s, talk.SlotKind));

    private static bool Same(Seat a, Seat b) => a.Session.Code == b.Session.Code && a.Start == b.Start && a.End == b.End;

    private bool MayStay(AcceptedTalk talk)
    {
        var seat = Now(talk);
        return _problem.SessionsFor(talk).Any(s => s.Code == seat.Session.Code) && (talk.SlotKind != SlotKind.Oral || seat.End <= seat.Session.TalksEnd)
            && (talk.SlotKind != SlotKind.Oral || _problem.Base.Session(seat.Session.Code)!.Slots.All(x => x.Kind is not (SlotKind.Oral or SlotKind.Item) || x.End <= seat.Start || seat.End <= x.Start))
            && Free(talk, seat, null);
    }

    private bool Free(AcceptedTalk talk, Seat seat, ILookup<string, Commitment>? still)
        => talk.Authors.All(a => !_offices.Contains(a.Key) && !_absent.Contains(a.Key) && still?.Contains(a.Key) != true) || Commitments.OfTalk(talk, seat.Session, seat.Start, seat.End, _conference).All(c =>
            !_offices[c.PersonKey].Any(o => Blocks(c, o)) && (still is null || !still[c.PersonKey].Any(o => Blocks(c, o)))
            && (c.Duty == Duty.CoAuthor || !_absent[c.PersonKey].Any(a => c.Start < a.To && a.From < c.End)));

    internal static bool Blocks(Commitment a, Commitment b) => Commitments.Clash(a, b) && Commitments.LevelOf(a, b) == ClashLevel.BlocksRelease;

    // What the seat costs in wishes, beside those who are in its session now.
    private long Against(AcceptedTalk talk, Seat seat)
    {
        var cost = _problem.Against(talk, seat) ? AgainstWish : 0;
        if (talk.SlotKind != SlotKind.Oral) return cost;
        var there = _beside[seat.Session.Code].Where(t => t.Number != talk.Number).ToList();
        if (there.Count > 0 && Placement.Topic(talk) != "" && there.All(t => Placement.Topic(t) != Placement.Topic(talk))) cost += TopicAlone;
        if (talk.Presenter is not { } speaker) return cost;
        if (speaker.Country != "" && there.Count(t => t.Presenter?.Country == speaker.Country) >= Worth.CountryMost) cost += CountryThird;
        if (speaker.Affiliation != "" && there.Any(t => t.Presenter?.Affiliation == speaker.Affiliation)) cost += InstitutionSecond;
        return cost;
    }

    private static long Far(Seat from, Seat to)
        => (from.Start.Date != to.Start.Date ? OtherDay : 0) + (from.Session.Code != to.Session.Code ? OtherSession : 0) + Later * Math.Min(50, (long)Math.Abs((to.Start - from.Start).TotalMinutes) / 15);
}
