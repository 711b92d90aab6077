using AbstractReview.Domain.Conferences;

namespace AbstractReview.Domain.Programmes;

/// <summary>A place a submission could take, and what stands in its way.</summary>
/// <param name="Session">Code of the session.</param>
/// <param name="Start">When it would begin; null where the session gives the first free place (posters, panels).</param>
/// <param name="ChangesWith">Code of the talk that is there and would change places; null when it is free.</param>
/// <param name="Clashes">What would clash there, in words; empty when nothing would.</param>
public sealed record Place(string Session, DateTime? Start, string? ChangesWith, IReadOnlyList<string> Clashes)
{
    /// <summary>Wishes that would be given up there, in words; nothing that would clash.</summary>
    public IReadOnlyList<string> Wishes { get; init; } = [];
}

/// <summary>Sees clashes before they happen: every place a submission could take, each with what would go wrong there.</summary>
public sealed class Foresight
{
    private readonly ProgrammeDocument _document;
    private readonly IReadOnlyDictionary<int, AcceptedTalk> _talks;
    private readonly Conference _conference;
    private readonly ILookup<string, Commitment> _commitments;
    private readonly ILookup<string, Absence> _absences;
    private readonly ILookup<string, Wish> _reluctant;

    public Foresight(ProgrammeDocument document, IReadOnlyDictionary<int, AcceptedTalk> talks, Conference conference)
    {
        (_document, _talks, _conference) = (document, talks, conference);
        _commitments = Commitments.Of(document, talks, conference).ToLookup(c => c.PersonKey);
        (_absences, _reluctant) = (Availability.Absences(document, talks), Availability.RatherNot(talks));
    }

    /// <summary>The places of its kind, those of its own area first, in order of time. Empty when it is not accepted.</summary>
    public IReadOnlyList<Place> Of(int number)
    {
        if (!_talks.TryGetValue(number, out var talk)) return [];
        var sessions = _document.Sessions.Where(s => talk.SlotKind switch { SlotKind.Poster => s.Kind == SessionKind.PosterSession, SlotKind.Panel => s.PanelMinutes > 0, _ => s.TalkPositions > 0 })
            .OrderBy(s => s.AreaCode == talk.AreaCode ? 0 : s.AreaCode is null ? 1 : 2).ThenBy(s => s.Start).ThenBy(s => s.Code, StringComparer.Ordinal);
        return sessions.SelectMany(s => talk.SlotKind == SlotKind.Oral
            ? Enumerable.Range(0, s.TalkPositions).Select(p => At(talk, s, s.TalkStart(p), s.TalkStart(p + 1)) with { Wishes = GivenUp(talk, s.TalkStart(p), s.TalkStart(p + 1)) })
            : [Whole(talk, s) with { Wishes = GivenUp(talk, talk.SlotKind == SlotKind.Panel ? s.TalksEnd : s.Start, s.End) }]).ToList();
    }

    private List<string> GivenUp(AcceptedTalk talk, DateTime start, DateTime end) => talk.Presenter is not { } speaker ? []
        : _reluctant[speaker.Key].Where(w => _conference.At(start) < _conference.At(w.To) && _conference.At(w.From) < _conference.At(end)).Select(w => $"{speaker.Name} {Availability.Words(w)}").ToList();

    private Place Whole(AcceptedTalk talk, Session session)
    {
        var clashes = Standing(talk, session, session.AreaCode);
        clashes.AddRange(People(talk, session, talk.SlotKind == SlotKind.Panel ? session.TalksEnd : session.Start, session.End, null));
        var room = _conference.Programme.Rooms.FirstOrDefault(r => r.Code == session.Room);
        if (talk.SlotKind == SlotKind.Poster && room is not null && session.Slots.Count(x => x.Kind == SlotKind.Poster && x.Number != talk.Number) >= room.Boards()) clashes.Add($"all {room.Boards()} boards are taken");
        return new Place(session.Code, null, null, clashes);
    }

    private Place At(AcceptedTalk talk, Session session, DateTime start, DateTime end)
    {
        var clashes = Standing(talk, session, session.AreaCode);
        var there = session.Slots.FirstOrDefault(x => x.Kind is SlotKind.Oral or SlotKind.Item && x.Number != talk.Number && x.Start < end && start < x.End);
        var other = there?.Number is { } n ? _talks.GetValueOrDefault(n) : null;
        clashes.AddRange(People(talk, session, start, end, other?.Code));
        if (there is null) return new Place(session.Code, start, null, clashes);
        var home = _document.Find(talk.Number);
        if (there.Number is null || home is not { } old || old.Slot.End - old.Slot.Start != there.End - there.Start) return new Place(session.Code, start, null, [$"{there.Code} is there; move it first", .. clashes]);
        if (other is not null)
        {
            if (old.Session.AreaCode is { } area && area != other.AreaCode) clashes.Add($"{other.Code} belongs to {other.AreaCode}, not to {area}");
            clashes.AddRange(People(other, old.Session, old.Slot.Start, old.Slot.End, talk.Code));
        }

        return new Place(session.Code, start, there.Code, clashes);
    }

    private List<string> Standing(AcceptedTalk talk, Session session, string? area)
    {
        var clashes = new List<string>();
        if (area is not null && area != talk.AreaCode) clashes.Add($"a session of {area}");
        if (_conference.Programme.Rooms.FirstOrDefault(r => r.Code == session.Room) is { } room)
            clashes.AddRange(_document.Needs.Where(n => n.Number == talk.Number && !room.Has(n.Equipment)).Select(n => $"{room.Name} has no {n.Equipment}"));
        return clashes;
    }

    private IEnumerable<string> People(AcceptedTalk talk, Session session, DateTime start, DateTime end, string? leaves)
    {
        foreach (var mine in Commitments.OfTalk(talk, session, start, end, _conference))
        {
            foreach (var other in _commitments[mine.PersonKey].Where(c => c.Code != talk.Code && c.Code != leaves && Commitments.Clash(mine, c) && Commitments.LevelOf(mine, c) == ClashLevel.BlocksRelease))
                yield return $"{mine.Name} {other.Duty.Words()} {other.Code} then";
            if (mine.Duty != Duty.CoAuthor && _absences[mine.PersonKey].Any(a => mine.Start < _conference.At(a.To) && _conference.At(a.From) < mine.End))
                yield return $"{mine.Name} is away then";
        }
    }
}
