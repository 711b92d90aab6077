using AbstractReview.Domain.Conferences;

namespace AbstractReview.Domain.Programmes;

/// <summary>Edits of the sessions themselves, beyond the frame of the call.</summary>
public static class SessionEdits
{
    /// <summary>To another room or time; everything in the session moves with it.</summary>
    public static ProgrammeDocument Move(ProgrammeDocument document, Session session, ProgrammeEdit edit, Conference conference)
    {
        if (edit.Room is { } room) MustExist(room, conference);
        return document.With(MovedTo(session, edit.Room ?? session.Room, edit.Start ?? session.Start));
    }

    /// <summary>The session in another room or at another start, with everything in it.</summary>
    public static Session MovedTo(Session session, string room, DateTime start)
    {
        var by = start - session.Start;
        return session with
        {
            Room = room,
            Start = session.Start + by,
            End = session.End + by,
            Slots = session.Slots.Select(s => s with { Start = s.Start + by, End = s.End + by }).ToList(),
        };
    }

    public static ProgrammeDocument Add(ProgrammeDocument document, ProgrammeEdit edit, Conference conference)
    {
        var code = (edit.Session ?? "").Trim();
        if (code.Length is 0 or > 20 || code.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-')) throw new RuleBrokenException("session", "Give the session a code of up to 20 letters, digits and -, such as S-TA3b.");
        if (code.StartsWith("AR-", StringComparison.OrdinalIgnoreCase)) throw new RuleBrokenException("session", "Codes that begin with AR- belong to submissions.");
        if (document.Session(code) is not null) throw new RuleBrokenException("session", $"There is already a session {code}.");
        if (string.IsNullOrWhiteSpace(edit.Title)) throw new RuleBrokenException("title", "Name the session.");
        if (edit.SessionKind is not { } kind) throw new RuleBrokenException("sessionKind", "Choose what kind of session it is.");
        if (edit.Start is not { } start) throw new RuleBrokenException("start", "Say when it starts.");
        MustExist(edit.Room ?? "", conference);
        if (edit.AreaCode is { } area && conference.Area(area) is null) throw new RuleBrokenException("areaCode", $"There is no area “{area}”.");
        var session = new Session
        {
            Code = code, Kind = kind, Title = edit.Title.Trim(), AreaCode = edit.AreaCode, Room = edit.Room!, Start = start, End = start.AddMinutes(Minutes("minutes", edit.Minutes ?? 0, 5, 1440)),
            SlotMinutes = Minutes("slotMinutes", edit.SlotMinutes ?? 0, 0, 240), PanelMinutes = Minutes("panelMinutes", edit.PanelMinutes ?? 0, 0, 240),
        };
        return document with { Sessions = [.. document.Sessions, session] };
    }

    /// <summary>Its title, length, and the minutes of its talks and panel. Panel contributions move to where the panel now is, posters take its whole time.</summary>
    public static ProgrammeDocument Change(ProgrammeDocument document, Session session, ProgrammeEdit edit)
    {
        if (edit.Title is not null && string.IsNullOrWhiteSpace(edit.Title)) throw new RuleBrokenException("title", "Name the session.");
        var changed = session with
        {
            Title = edit.Title?.Trim() ?? session.Title,
            End = edit.Minutes is { } minutes ? session.Start.AddMinutes(Minutes("minutes", minutes, 5, 1440)) : session.End,
            SlotMinutes = Minutes("slotMinutes", edit.SlotMinutes ?? session.SlotMinutes, 0, 240),
            PanelMinutes = Minutes("panelMinutes", edit.PanelMinutes ?? session.PanelMinutes, 0, 240),
        };
        if (changed.TalksEnd < changed.Start) throw new RuleBrokenException("panelMinutes", "The panel discussion is longer than the session.");
        return document.With(changed with
        {
            Slots = session.Slots.Select(s => s.Kind switch
            {
                SlotKind.Panel => s with { Start = changed.TalksEnd, End = changed.End },
                SlotKind.Poster => s with { Start = changed.Start, End = changed.End },
                _ => s,
            }).ToList(),
        });
    }

    public static ProgrammeDocument Remove(ProgrammeDocument document, Session session)
    {
        if (session.Slots.Count(s => s.Number is not null) is > 0 and var held) throw new RuleBrokenException("session", $"{session.Code} still holds {held} submissions; move them first.");
        return document with { Sessions = document.Sessions.Where(s => s.Code != session.Code).ToList() };
    }

    private static void MustExist(string room, Conference conference)
    {
        if (conference.Programme.Rooms.All(r => r.Code != room)) throw new RuleBrokenException("room", $"There is no room “{room}”.");
    }

    private static int Minutes(string field, int minutes, int least, int most)
        => minutes >= least && minutes <= most ? minutes : throw new RuleBrokenException(field, $"Give {least} to {most} minutes.");
}
