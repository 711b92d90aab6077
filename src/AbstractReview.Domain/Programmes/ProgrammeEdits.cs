using AbstractReview.Domain.Conferences;

namespace AbstractReview.Domain.Programmes;

public enum EditKind { Place, Remove, Pin, Unpin, SetChairs, SetRapporteurs, SetPanellists, AddItem, RemoveItem, MoveSession, AddSession, ChangeSession, RemoveSession, SetAbsence, ClearAbsence, SetNeeds }

/// <summary>One thing the committee does to the programme; which members count depends on the kind.</summary>
public sealed record ProgrammeEdit
{
    public required EditKind Kind { get; init; }
    /// <summary>The submission of Place, Remove, Pin and Unpin.</summary>
    public int? Number { get; init; }
    /// <summary>The session placed into or changed.</summary>
    public string? Session { get; init; }
    /// <summary>Where a talk, an item or a session starts; null places at the first free time.</summary>
    public DateTime? Start { get; init; }
    /// <summary>Minutes of an item, or of a session.</summary>
    public int? Minutes { get; init; }
    /// <summary>Minutes of each talk of a session; null keeps them.</summary>
    public int? SlotMinutes { get; init; }
    /// <summary>Minutes of a session's panel discussion; null keeps them.</summary>
    public int? PanelMinutes { get; init; }
    /// <summary>The kind of an added session.</summary>
    public SessionKind? SessionKind { get; init; }
    /// <summary>The area of an added session; null for none.</summary>
    public string? AreaCode { get; init; }
    public int? Board { get; init; }
    /// <summary>The room a session moves to; null keeps it.</summary>
    public string? Room { get; init; }
    public string? Title { get; init; }
    /// <summary>The item's code for RemoveItem.</summary>
    public string? Code { get; init; }
    public IReadOnlyList<ProgrammePerson> People { get; init; } = [];
    public Absence? Absence { get; init; }
    /// <summary>Equipment a talk needs, for SetNeeds; empty for none.</summary>
    public IReadOnlyList<string> Equipment { get; init; } = [];
}

/// <summary>What each edit makes of the programme. Refuses what cannot be meant; clashes are judged afterwards.</summary>
public static class ProgrammeEdits
{
    /// <exception cref="RuleBrokenException">The edit names what is not there, or a place that is taken.</exception>
    public static ProgrammeDocument Apply(ProgrammeDocument document, ProgrammeEdit edit, IReadOnlyDictionary<int, AcceptedTalk> talks, Conference conference) => edit.Kind switch
    {
        EditKind.Place => Place(document, edit, talks, conference),
        EditKind.Remove => document.Without(Placed(document, edit).Slot.Number!.Value),
        EditKind.Pin or EditKind.Unpin => Pin(document, edit),
        EditKind.SetChairs => document.With(SessionOf(document, edit) with { Chairs = edit.People }),
        EditKind.SetRapporteurs => document.With(SessionOf(document, edit) with { Rapporteurs = edit.People }),
        EditKind.SetPanellists => document.With(SessionOf(document, edit) with { Panellists = edit.People }),
        EditKind.AddItem => AddItem(document, edit),
        EditKind.RemoveItem => document.With(SessionOf(document, edit) is var s ? s with { Slots = s.Slots.Where(x => x.Kind != SlotKind.Item || x.Code != edit.Code).ToList() } : s),
        EditKind.MoveSession => SessionEdits.Move(document, SessionOf(document, edit), edit, conference),
        EditKind.AddSession => SessionEdits.Add(document, edit, conference),
        EditKind.ChangeSession => SessionEdits.Change(document, SessionOf(document, edit), edit),
        EditKind.RemoveSession => SessionEdits.Remove(document, SessionOf(document, edit)),
        EditKind.SetAbsence => document with { Absences = [.. document.Absences, Away(edit.Absence)] },
        EditKind.ClearAbsence => document with { Absences = document.Absences.Where(a => a != edit.Absence).ToList() },
        EditKind.SetNeeds => SetNeeds(document, edit, talks),
        _ => throw new RuleBrokenException("kind", "There is no such edit."),
    };

    /// <summary>What an edit did, for the list of versions.</summary>
    public static string Words(ProgrammeEdit edit) => edit.Kind switch
    {
        EditKind.Place => $"{Slot.CodeOf(edit.Number ?? 0)} into {edit.Session}{(edit.Start is { } at ? $" at {Clashes.Time(at)}" : "")}",
        EditKind.Remove => $"{Slot.CodeOf(edit.Number ?? 0)} taken out",
        EditKind.Pin => $"{Slot.CodeOf(edit.Number ?? 0)} held in place",
        EditKind.Unpin => $"{Slot.CodeOf(edit.Number ?? 0)} let go",
        EditKind.SetChairs => $"chairs of {edit.Session}",
        EditKind.SetRapporteurs => $"rapporteurs of {edit.Session}",
        EditKind.SetPanellists => $"panel of {edit.Session}",
        EditKind.AddItem => $"“{edit.Title}” into {edit.Session}",
        EditKind.RemoveItem => $"{edit.Code} taken out",
        EditKind.MoveSession => $"{edit.Session} moved",
        EditKind.AddSession => $"session {edit.Session} added",
        EditKind.ChangeSession => $"session {edit.Session} changed",
        EditKind.RemoveSession => $"session {edit.Session} taken out",
        EditKind.SetAbsence => $"{edit.Absence?.Email} away",
        EditKind.ClearAbsence => $"{edit.Absence?.Email} back",
        EditKind.SetNeeds => $"what {Slot.CodeOf(edit.Number ?? 0)} needs",
        _ => edit.Kind.ToString(),
    };

    private static ProgrammeDocument Place(ProgrammeDocument document, ProgrammeEdit edit, IReadOnlyDictionary<int, AcceptedTalk> talks, Conference conference)
    {
        if (edit.Number is not { } number || !talks.TryGetValue(number, out var talk)) throw new RuleBrokenException("number", $"{Slot.CodeOf(edit.Number ?? 0)} is not among the accepted submissions.");
        var target = SessionOf(document, edit);
        var before = document.Find(number);
        var slot = SlotIn(target, talk, edit, before, conference);
        var taken = slot.Kind == SlotKind.Oral ? target.Slots.FirstOrDefault(s => s.Kind is SlotKind.Oral or SlotKind.Item && s.Number != number && s.Start < slot.End && slot.Start < s.End) : null;
        var cleared = document.Without(number);
        // Two talks of one length change places; anything else that is in the way must be moved first.
        if (taken is not null)
        {
            if (taken.Number is null || before is not { } old || old.Slot.End - old.Slot.Start != taken.End - taken.Start)
                throw new RuleBrokenException("start", $"{taken.Code} is already there at {Clashes.Time(taken.Start)}.");
            cleared = cleared.Without(taken.Number.Value);
            cleared = cleared.With(cleared.Session(old.Session.Code)! is var home ? home with { Slots = [.. home.Slots, taken with { Start = old.Slot.Start, End = old.Slot.End }] } : home);
        }

        var session = cleared.Session(target.Code)!;
        return cleared.With(session with { Slots = [.. session.Slots, slot] });
    }

    private static Slot SlotIn(Session target, AcceptedTalk talk, ProgrammeEdit edit, (Session Session, Slot Slot)? before, Conference conference)
    {
        var slot = new Slot { Kind = talk.SlotKind, Code = talk.Code, Number = talk.Number, Start = target.Start, End = target.End, Pinned = before?.Slot.Pinned ?? false };
        if (talk.SlotKind == SlotKind.Poster)
        {
            if (target.Kind != SessionKind.PosterSession) throw new RuleBrokenException("session", $"{talk.Code} is a poster and {target.Code} takes none.");
            return slot with { Board = edit.Board ?? FreeBoard(target, talk.Number, conference) };
        }

        if (talk.SlotKind == SlotKind.Panel)
            return target.PanelMinutes > 0 ? slot with { Start = target.TalksEnd } : throw new RuleBrokenException("session", $"{talk.Code} is a panel contribution and {target.Code} has no panel discussion.");
        if (target.SlotMinutes <= 0) throw new RuleBrokenException("session", $"{target.Code} takes no talks.");
        var start = edit.Start ?? FreeStart(target, talk.Number);
        return slot with { Start = start, End = start.AddMinutes(target.SlotMinutes) };
    }

    private static DateTime FreeStart(Session session, int number)
    {
        for (var p = 0; p < session.TalkPositions; p++)
        {
            var (start, end) = (session.TalkStart(p), session.TalkStart(p + 1));
            if (session.Slots.All(s => s.Kind is not (SlotKind.Oral or SlotKind.Item) || s.Number == number || s.End <= start || end <= s.Start)) return start;
        }

        throw new RuleBrokenException("session", $"{session.Code} is full.");
    }

    private static int FreeBoard(Session session, int number, Conference conference)
    {
        var taken = session.Slots.Where(s => s.Number != number).Select(s => s.Board).ToHashSet();
        var boards = conference.Programme.Rooms.First(r => r.Code == session.Room).Boards();
        var free = Enumerable.Range(1, boards).FirstOrDefault(b => !taken.Contains(b));
        return free > 0 ? free : throw new RuleBrokenException("session", $"All {boards} boards of {session.Code} are taken.");
    }

    private static ProgrammeDocument Pin(ProgrammeDocument document, ProgrammeEdit edit)
    {
        var (session, slot) = Placed(document, edit);
        return document.With(session with { Slots = session.Slots.Select(s => s == slot ? s with { Pinned = edit.Kind == EditKind.Pin } : s).ToList() });
    }

    private static ProgrammeDocument AddItem(ProgrammeDocument document, ProgrammeEdit edit)
    {
        var session = SessionOf(document, edit);
        if (string.IsNullOrWhiteSpace(edit.Title)) throw new RuleBrokenException("title", "Name the item.");
        if (edit.Minutes is not (> 0 and <= 600)) throw new RuleBrokenException("minutes", "An item takes 1 to 600 minutes.");
        var start = edit.Start ?? session.Start;
        var free = Enumerable.Range(1, 1000).Select(n => FormattableString.Invariant($"{session.Code}-{n}")).First(code => session.Slots.All(s => s.Code != code));
        var item = new Slot { Kind = SlotKind.Item, Code = free, Title = edit.Title.Trim(), Start = start, End = start.AddMinutes(edit.Minutes.Value), Pinned = true };
        return document.With(session with { Slots = [.. session.Slots, item] });
    }

    private static Absence Away(Absence? absence)
    {
        if (absence is null || !MailAddress.IsValid(absence.Email)) throw new RuleBrokenException("email", "Say who is away, by mail address.");
        return absence.To > absence.From ? absence : throw new RuleBrokenException("to", "The absence must end after it begins.");
    }

    private static ProgrammeDocument SetNeeds(ProgrammeDocument document, ProgrammeEdit edit, IReadOnlyDictionary<int, AcceptedTalk> talks)
    {
        if (edit.Number is not { } number || !talks.ContainsKey(number)) throw new RuleBrokenException("number", $"{Slot.CodeOf(edit.Number ?? 0)} is not among the accepted submissions.");
        var needs = edit.Equipment.Select(e => e.Trim()).Where(e => e != "").Distinct(StringComparer.OrdinalIgnoreCase).Select(e => new TalkNeed(number, e));
        return document with { Needs = [.. document.Needs.Where(n => n.Number != number), .. needs] };
    }

    private static Session SessionOf(ProgrammeDocument document, ProgrammeEdit edit)
        => document.Session(edit.Session ?? "") ?? throw new RuleBrokenException("session", $"There is no session “{edit.Session}”.");

    private static (Session Session, Slot Slot) Placed(ProgrammeDocument document, ProgrammeEdit edit)
        => document.Find(edit.Number ?? 0) ?? throw new RuleBrokenException("number", $"{Slot.CodeOf(edit.Number ?? 0)} has no place in the programme.");
}
