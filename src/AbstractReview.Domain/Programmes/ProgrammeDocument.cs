using AbstractReview.Domain.Conferences;

namespace AbstractReview.Domain.Programmes;

/// <summary>What happens in a slot.</summary>
public enum SlotKind { Oral, Poster, Panel, Item }

/// <summary>The programme as the committee builds it: the sessions with what was placed into them. Immutable; every edit makes another.</summary>
public sealed record ProgrammeDocument
{
    public required IReadOnlyList<Session> Sessions { get; init; }

    /// <summary>When speakers said they cannot be there.</summary>
    public IReadOnlyList<Absence> Absences { get; init; } = [];

    /// <summary>What talks need of their room, such as interpretation.</summary>
    public IReadOnlyList<TalkNeed> Needs { get; init; } = [];

    /// <summary>The frame of the call with nothing placed yet; what happens in sessions without talks becomes their items.</summary>
    public static ProgrammeDocument FromFrame(Conference conference) => new()
    {
        Sessions = conference.Programme.Sessions.Select(s => new Session
        {
            Code = s.Code,
            Kind = s.Kind,
            Title = s.Title,
            AreaCode = s.AreaCode,
            Room = s.Room,
            Start = s.Start,
            End = s.End,
            SlotMinutes = s.SlotMinutes,
            PanelMinutes = s.PanelMinutes,
            Slots = Items(s),
        }).ToList(),
    };

    public Session? Session(string code) => Sessions.FirstOrDefault(s => s.Code == code);

    /// <summary>Where a submission is placed; null when it is not.</summary>
    public (Session Session, Slot Slot)? Find(int number)
    {
        foreach (var session in Sessions)
            if (session.Slots.FirstOrDefault(s => s.Number == number) is { } slot)
                return (session, slot);
        return null;
    }

    /// <summary>The document with one session replaced, its slots in order of time and board.</summary>
    public ProgrammeDocument With(Session session) => this with
    {
        Sessions = Sessions.Select(s => s.Code == session.Code ? session with { Slots = session.InOrder() } : s).ToList(),
    };

    public ProgrammeDocument Without(int number) => Find(number) is { } found
        ? With(found.Session with { Slots = found.Session.Slots.Where(s => s.Number != number).ToList() })
        : this;

    // Items share their session's time evenly, in steps of five minutes; the last takes what is left. A poster session's or a break's lines are only notes.
    private static List<Slot> Items(FrameSession s)
    {
        if (s.Kind is SessionKind.PosterSession or SessionKind.Break || s.SlotMinutes > 0) return [];
        var minutes = s.Items.Count == 0 ? 0 : Math.Max(1, (int)(s.End - s.Start).TotalMinutes / s.Items.Count / 5 * 5);
        return s.Items.Select((title, i) => new Slot
        {
            Kind = SlotKind.Item,
            Code = FormattableString.Invariant($"{s.Code}-{i + 1}"),
            Title = title,
            Start = s.Start.AddMinutes(i * minutes),
            End = i == s.Items.Count - 1 ? s.End : s.Start.AddMinutes((i + 1) * minutes),
        }).ToList();
    }
}

/// <summary>A session of the programme, in local wall-clock time of the conference.</summary>
public sealed record Session
{
    public required string Code { get; init; }
    public required SessionKind Kind { get; init; }
    public required string Title { get; init; }
    public string? AreaCode { get; init; }
    /// <summary>Code of the room.</summary>
    public required string Room { get; init; }
    public required DateTime Start { get; init; }
    public required DateTime End { get; init; }
    /// <summary>Minutes of each talk; 0 where the session takes no talks.</summary>
    public int SlotMinutes { get; init; }
    /// <summary>Minutes of the panel discussion that ends the session; 0 for none.</summary>
    public int PanelMinutes { get; init; }
    public IReadOnlyList<ProgrammePerson> Chairs { get; init; } = [];
    public IReadOnlyList<ProgrammePerson> Rapporteurs { get; init; } = [];
    /// <summary>Who sits on the panel besides the contributors placed as panel slots; also people without a submission.</summary>
    public IReadOnlyList<ProgrammePerson> Panellists { get; init; } = [];
    public IReadOnlyList<Slot> Slots { get; init; } = [];

    /// <summary>When the panel discussion begins, and where talks must have ended; the session's end when there is none.</summary>
    public DateTime TalksEnd => End.AddMinutes(-PanelMinutes);

    /// <summary>How many talks fit before the panel discussion.</summary>
    public int TalkPositions => SlotMinutes <= 0 ? 0 : Math.Max(0, (int)(TalksEnd - Start).TotalMinutes / SlotMinutes);

    /// <summary>When the talk at a position (from 0) begins.</summary>
    public DateTime TalkStart(int position) => Start.AddMinutes(position * SlotMinutes);

    public IReadOnlyList<Slot> InOrder() => Slots.OrderBy(s => s.Start).ThenBy(s => s.Board ?? 0).ThenBy(s => s.Number ?? 0).ThenBy(s => s.Code, StringComparer.Ordinal).ToList();
}

/// <summary>A talk, a poster, a panel contribution or a fixed item at its time.</summary>
public sealed record Slot
{
    public required SlotKind Kind { get; init; }
    /// <summary>Stable: <c>AR-42</c> for submission 42, the session's code and a number for an item.</summary>
    public required string Code { get; init; }
    /// <summary>The submission; null for an item.</summary>
    public int? Number { get; init; }
    /// <summary>The item's title; null for submissions, which carry their own.</summary>
    public string? Title { get; init; }
    public required DateTime Start { get; init; }
    public required DateTime End { get; init; }
    /// <summary>The poster's board, from 1 within its session.</summary>
    public int? Board { get; init; }
    /// <summary>Proposals leave it where it is.</summary>
    public bool Pinned { get; init; }

    public static string CodeOf(int number) => FormattableString.Invariant($"AR-{number}");
}

/// <summary>A chair, rapporteur or panellist; with or without a submission or an account.</summary>
public sealed record ProgrammePerson
{
    public string Email { get; init; } = "";
    public string GivenName { get; init; } = "";
    public string FamilyName { get; init; } = "";
    public string Affiliation { get; init; } = "";
    public string Country { get; init; } = "";

    public string FullName => PersonName.Full(GivenName, FamilyName);

    /// <summary>What makes two mentions the same person: the address, else the name.</summary>
    public string Key => Email == "" ? "name:" + FullName.Normalize().ToLowerInvariant() : MailAddress.Normalise(Email);
}

/// <summary>A submission that can only be held in a room whose equipment names this, whatever the case of its letters.</summary>
public sealed record TalkNeed(int Number, string Equipment);

/// <summary>From <paramref name="From"/> to <paramref name="To"/> (local time) this person cannot take part.</summary>
public sealed record Absence(string Email, DateTime From, DateTime To);
