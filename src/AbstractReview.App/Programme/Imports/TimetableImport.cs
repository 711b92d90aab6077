using System.Globalization;
using System.Text;
using AbstractReview.App.Programme.Exports;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Programmes;

namespace AbstractReview.App.Programme.Imports;

/// <summary>
/// Lays a timetable over the draft: events that are submissions or sessions of ours, known by code, by the identifier our exports
/// give them or by an unmistakable title, take its times and rooms. Sessions move first, then submissions go where the file has them.
/// </summary>
internal sealed class TimetableImport
{
    private readonly Conference _conference;
    private readonly AcceptedSet _accepted;
    private readonly Dictionary<string, string> _codes = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<Guid, string> _guids = [];
    private readonly ILookup<string, string> _titles;
    private readonly List<string> _problems = [];
    private ProgrammeDocument _document;

    private TimetableImport(ProgrammeDocument draft, AcceptedSet accepted, Conference conference)
    {
        (_document, _accepted, _conference) = (draft, accepted, conference);
        var known = draft.Sessions.Select(s => (s.Code, s.Title)).Concat(accepted.Talks.Values.Select(t => (t.Code, t.Title))).ToList();
        foreach (var (code, _) in known)
        {
            _codes.TryAdd(code, code);
            _guids.TryAdd(Exporting.Uuid(conference.Acronym, "event", code), code);
        }

        _titles = known.ToLookup(k => Plain(k.Title), k => k.Code);
    }

    /// <returns>The document as the file has it, and a line for each event that could not be taken over.</returns>
    /// <param name="draft">What stands.</param>
    /// <param name="events">The file's events.</param>
    /// <param name="accepted">The accepted submissions.</param>
    /// <param name="conference">Rooms and zone.</param>
    /// <param name="whole">The file is the whole programme: submissions it does not mention are taken out.</param>
    public static (ProgrammeDocument Document, IReadOnlyList<string> Problems) Lay(ProgrammeDocument draft, IReadOnlyList<ImportedEvent> events, AcceptedSet accepted, Conference conference, bool whole)
    {
        var import = new TimetableImport(draft, accepted, conference);
        var found = events.Select(e => (Event: e, Code: import.CodeOf(e))).ToList();
        foreach (var twice in found.Where(f => f.Code is not null).GroupBy(f => f.Code).Where(g => g.Count() > 1))
            import._problems.Add($"{twice.Key} occurs {twice.Count()} times ({string.Join(", ", twice.Select(t => t.Event.Where))}); the first counts.");
        var once = found.Where(f => f.Code is not null).DistinctBy(f => f.Code).ToList();
        foreach (var (e, code) in once.Where(f => import._document.Session(f.Code!) is not null)) import.MoveSession(import._document.Session(code!)!, e);
        var talks = once.Where(f => import._document.Session(f.Code!) is null).Select(f => (f.Event, Talk: accepted.Talks.Values.First(t => t.Code == f.Code))).ToList();
        import.PlaceAll(talks, whole);
        return (import._document, import._problems);
    }

    private string? CodeOf(ImportedEvent e)
    {
        if (e.Code != "" && _codes.TryGetValue(e.Code, out var byCode)) return byCode;
        if (e.Guid is { } guid && _guids.TryGetValue(guid, out var byGuid)) return byGuid;
        var byTitle = e.Title == "" ? [] : _titles[Plain(e.Title)].ToList();
        // A session's talk may be named like the session; only one of a kind is unmistakable.
        if (byTitle.Count == 1) return byTitle[0];
        // Fixed items of ours come back in our own files; they stay as they are.
        if (_document.Sessions.Any(s => s.Slots.Any(x => x.Kind == SlotKind.Item && (x.Code == e.Code || Plain(x.Title ?? "") == Plain(e.Title))))) return null;
        _problems.Add(byTitle.Count == 0
            ? $"{e.Where}: “{(e.Title == "" ? e.Code : e.Title)}” is no accepted submission and no session."
            : $"{e.Where}: “{e.Title}” could be {string.Join(" or ", byTitle)}; give its code.");
        return null;
    }

    private void MoveSession(Session session, ImportedEvent e)
    {
        var room = e.Room == "" ? session.Room : RoomOf(e);
        if (room is null) return;
        if (room == session.Room && e.Start == session.Start && e.End == session.End) return;
        var moved = SessionEdits.MovedTo(session, room, e.Start);
        _document = _document.With(moved with
        {
            End = e.End,
            Slots = moved.Slots.Select(s => s.Kind switch
            {
                SlotKind.Poster => s with { End = e.End },
                SlotKind.Panel => s with { Start = e.End.AddMinutes(-session.PanelMinutes), End = e.End },
                _ => s,
            }).ToList(),
        });
    }

    // All that the file mentions leave their places before any is taken, so that changes of places need no order.
    private void PlaceAll(List<(ImportedEvent Event, AcceptedTalk Talk)> talks, bool whole)
    {
        var before = _document;
        var targets = new List<(ImportedEvent Event, AcceptedTalk Talk, Session Session)>();
        foreach (var (e, talk) in talks)
            if (SessionFor(e, talk) is { } session) targets.Add((e, talk, session));
        var mentioned = talks.Select(t => t.Talk.Number).ToHashSet();
        var leave = targets.Select(t => t.Talk.Number).Concat(whole ? before.Sessions.SelectMany(s => s.Slots).Select(s => s.Number).OfType<int>().Where(n => !mentioned.Contains(n)) : []).ToHashSet();
        _document = before with { Sessions = before.Sessions.Select(s => s with { Slots = s.Slots.Where(x => x.Number is null || !leave.Contains(x.Number.Value)).ToList() }).ToList() };
        foreach (var (e, talk, target) in targets)
        {
            var session = _document.Session(target.Code)!;
            var slot = new Slot { Kind = talk.SlotKind, Code = talk.Code, Number = talk.Number, Start = e.Start, End = e.End, Pinned = before.Find(talk.Number)?.Slot.Pinned ?? false };
            if (talk.SlotKind == SlotKind.Poster) slot = slot with { Start = session.Start, End = session.End, Board = Board(session, e, before.Find(talk.Number)) };
            if (talk.SlotKind == SlotKind.Panel) slot = slot with { Start = session.TalksEnd, End = session.End };
            _document = _document.With(session with { Slots = [.. session.Slots, slot] });
        }
    }

    private Session? SessionFor(ImportedEvent e, AcceptedTalk talk)
    {
        var room = e.Room == "" ? null : RoomOf(e);
        if (e.Room != "" && room is null) return null;
        var fit = _document.Sessions.Where(s => (room is null || s.Room == room) && s.Start <= e.Start && e.End <= s.End && (e.Session == "" || s.Code.Equals(e.Session, StringComparison.OrdinalIgnoreCase)) && Takes(s, talk))
            .OrderBy(s => s.AreaCode == talk.AreaCode ? 0 : s.AreaCode is null ? 1 : 2).ThenBy(s => s.Code, StringComparer.Ordinal).ToList();
        if (fit.Count > 0) return fit[0];
        _problems.Add(string.Create(CultureInfo.InvariantCulture, $"{e.Where}: {talk.Code} on {e.Start:d MMMM, HH:mm}–{e.End:HH:mm}{(e.Room == "" ? "" : $" in {e.Room}")} lies in no session that takes it; it stays where it is."));
        return null;
    }

    private static bool Takes(Session s, AcceptedTalk talk) => talk.SlotKind switch { SlotKind.Poster => s.Kind == SessionKind.PosterSession, SlotKind.Panel => s.PanelMinutes > 0, _ => s.SlotMinutes > 0 };

    private string? RoomOf(ImportedEvent e)
    {
        var room = _conference.Programme.Rooms.FirstOrDefault(r => r.Code.Equals(e.Room, StringComparison.OrdinalIgnoreCase)) ?? _conference.Programme.Rooms.FirstOrDefault(r => Plain(r.Name) == Plain(e.Room));
        if (room is null) _problems.Add($"{e.Where}: there is no room “{e.Room}”.");
        return room?.Code;
    }

    private static int Board(Session session, ImportedEvent e, (Session Session, Slot Slot)? before)
    {
        if (e.Board is { } board) return board;
        var taken = session.Slots.Select(s => s.Board).ToHashSet();
        if (before is { } old && old.Session.Code == session.Code && old.Slot.Board is { } kept && !taken.Contains(kept)) return kept;
        return Enumerable.Range(1, session.Slots.Count + 1).First(b => !taken.Contains(b));
    }

    // Letters and digits only, whatever case and accents: titles survive retyping, hyphens and quotation marks do not.
    private static string Plain(string text)
        => string.Concat(text.Normalize(NormalizationForm.FormKD).Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
