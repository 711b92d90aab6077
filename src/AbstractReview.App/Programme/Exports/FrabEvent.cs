using System.Buffers.Binary;

namespace AbstractReview.App.Programme.Exports;

/// <summary>An event of the frab form: rooms hold events, so a session with talks gives its talks and its panel discussion, any other session itself.</summary>
internal sealed record FrabEvent
{
    public required int Id { get; init; }
    /// <summary>The submission; null for sessions and items.</summary>
    public int? Number { get; init; }
    public required string Code { get; init; }
    public required Guid Guid { get; init; }
    public required string Room { get; init; }
    public required string Title { get; init; }
    public required string Subtitle { get; init; }
    public required string Type { get; init; }
    public required string? Track { get; init; }
    public required DateTime Start { get; init; }
    public required DateTime End { get; init; }
    public required string Abstract { get; init; }
    public required IReadOnlyList<ViewPerson> Persons { get; init; }
    public required string Slug { get; init; }
    public required string Url { get; init; }

    /// <summary>Every event in order of time and room, sessions before what happens in them.</summary>
    public static IReadOnlyList<FrabEvent> Of(ProgrammeView view)
    {
        var events = new List<FrabEvent>();
        foreach (var session in view.InOrder())
        {
            events.Add(Make(view, session.Code, session.Room, session.Title, Exporting.Words(session.Kind), session.AreaCode, session.Start, session.End, "",
                session.Chairs.Concat(session.Rapporteurs).Concat(session.Panellists).Distinct().Select(view.Person)));
            events.AddRange(session.Slots.Select(slot => Make(view, slot.Code, session.Room, slot.Title, Exporting.Words(slot.Kind), slot.AreaCode ?? session.AreaCode, slot.Start, slot.End, slot.Abstract,
                slot.Authors.Select(a => new ViewPerson(a.Person, "", a.GivenName, a.FamilyName, a.Affiliation, a.Country)), session.Title) with { Number = slot.Number }));
        }

        var taken = new HashSet<int>();
        return events.Select(e => e with { Id = IdOf(e, taken) }).ToList();
    }

    // Apps keep favourites by this number too: a submission's own, else one drawn from the identifier, so that it stays from release to release.
    private static int IdOf(FrabEvent e, HashSet<int> taken)
    {
        var id = e.Number ?? 1_000_000 + (int)(BinaryPrimitives.ReadUInt32BigEndian(e.Guid.ToByteArray(bigEndian: true)) % 1_000_000_000);
        while (!taken.Add(id)) id++;
        return id;
    }

    private static FrabEvent Make(ProgrammeView view, string code, string room, string title, string type, string? area, DateTime start, DateTime end, string text, IEnumerable<ViewPerson> persons, string subtitle = "") => new()
    {
        Id = 0,
        Code = code,
        Guid = Exporting.Uuid(view, "event", code),
        Room = view.Room(room).Name,
        Title = Exporting.Clean(title),
        Subtitle = Exporting.Clean(subtitle),
        Type = type,
        Track = area,
        Start = start,
        End = end,
        Abstract = Exporting.Clean(text),
        Persons = persons.ToList(),
        Slug = $"{view.Acronym}-{Exporting.Slug(code)}-{Exporting.Slug(title)}".TrimEnd('-'),
        Url = $"{view.Website.TrimEnd('/')}/programme#{code}",
    };
}
