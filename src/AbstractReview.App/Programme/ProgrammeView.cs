using System.Text.Json.Serialization;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Programmes;

namespace AbstractReview.App.Programme;

/// <summary>A programme complete in itself: what a release keeps, what every export and page reads. A later change of the call or of a submission does not touch it.</summary>
public sealed record ProgrammeView
{
    /// <summary>The release; 0 for the draft.</summary>
    public required int Number { get; init; }
    public required DateTimeOffset ReleasedAt { get; init; }
    public required string Title { get; init; }
    public required string Acronym { get; init; }
    public required string Organiser { get; init; }
    public required string Venue { get; init; }
    public required string City { get; init; }
    public required string Country { get; init; }
    /// <summary>IANA name; every time of the view is local to it.</summary>
    public required string Zone { get; init; }
    public required string Website { get; init; }
    public required IReadOnlyList<DateOnly> Days { get; init; }
    public required IReadOnlyList<Room> Rooms { get; init; }
    public required IReadOnlyList<ViewArea> Areas { get; init; }
    public required IReadOnlyList<ViewSession> Sessions { get; init; }
    public required IReadOnlyList<ViewPerson> People { get; init; }
    /// <summary>The highest number that a code of any release so far has: nobody takes over the calendar of somebody who left.</summary>
    public int LastPerson { get; init; }
    /// <summary>The revision of each event there ever was, by code: raised whenever a release moved, renamed or brought it back.</summary>
    public IReadOnlyDictionary<string, int> Revisions { get; init; } = new Dictionary<string, int>();

    [JsonIgnore]
    public TimeZoneInfo TimeZone => TimeZoneInfo.FindSystemTimeZoneById(Zone);

    [JsonIgnore]
    public string Host => new Uri(Website).Host;

    /// <summary>The instant of a local time; one skipped by summer time moves forward by the gap.</summary>
    public DateTimeOffset At(DateTime local)
    {
        var zone = TimeZone;
        if (zone.IsInvalidTime(local)) local = local.AddHours(1);
        return new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), zone.GetUtcOffset(local));
    }

    public Room Room(string code) => Rooms.FirstOrDefault(r => r.Code == code) ?? new Room(code, code, 0, []);
    public ViewPerson Person(string code) => People.First(p => p.Code == code);
    public int Hue(string? areaCode) => Math.Max(0, Areas.ToList().FindIndex(a => a.Code == areaCode)) % 12 + 1;

    /// <summary>Without what is not for everybody: mail addresses, and what speakers wrote of themselves for their chair.</summary>
    public ProgrammeView ForEverybody() => this with
    {
        People = People.Select(p => p with { Key = "" }).ToList(),
        Sessions = Sessions.Select(s => s with { Slots = s.Slots.Select(x => x.Biography == "" ? x : x with { Biography = "" }).ToList() }).ToList(),
    };

    /// <summary>Sessions in order of time, then as the rooms are listed.</summary>
    public IEnumerable<ViewSession> InOrder() => Sessions.OrderBy(s => s.Start).ThenBy(s => Rooms.ToList().FindIndex(r => r.Code == s.Room)).ThenBy(s => s.Code, StringComparer.Ordinal);

    /// <summary>The day a session belongs to: its local date.</summary>
    public IEnumerable<ViewSession> On(DateOnly day) => InOrder().Where(s => DateOnly.FromDateTime(s.Start) == day);
}

public sealed record ViewArea(string Code, string Title);

/// <param name="Code">Stable over releases, such as <c>P17</c>.</param>
/// <param name="Key">Normalised mail address; never shown.</param>
/// <param name="GivenName">As first met in the programme.</param>
/// <param name="FamilyName">As first met in the programme.</param>
/// <param name="Affiliation">Institution.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
public sealed record ViewPerson(string Code, string Key, string GivenName, string FamilyName, string Affiliation, string Country)
{
    [JsonIgnore]
    public string FullName => PersonName.Full(GivenName, FamilyName);
}

public sealed record ViewSession
{
    public required string Code { get; init; }
    public required SessionKind Kind { get; init; }
    public required string Title { get; init; }
    public string? AreaCode { get; init; }
    public required string Room { get; init; }
    public required DateTime Start { get; init; }
    public required DateTime End { get; init; }
    public int PanelMinutes { get; init; }
    /// <summary>Codes of people.</summary>
    public IReadOnlyList<string> Chairs { get; init; } = [];
    public IReadOnlyList<string> Rapporteurs { get; init; } = [];
    public IReadOnlyList<string> Panellists { get; init; } = [];
    public IReadOnlyList<ViewSlot> Slots { get; init; } = [];

    [JsonIgnore]
    public DateTime TalksEnd => End.AddMinutes(-PanelMinutes);

    public bool Involves(string person) => Chairs.Contains(person) || Rapporteurs.Contains(person) || Panellists.Contains(person) || Slots.Any(s => s.Authors.Any(a => a.Person == person));
}

public sealed record ViewSlot
{
    public required string Code { get; init; }
    public required SlotKind Kind { get; init; }
    public int? Number { get; init; }
    public required string Title { get; init; }
    public string Abstract { get; init; } = "";
    /// <summary>Of whoever presents it, for the chair's introduction.</summary>
    public string Biography { get; init; } = "";
    public string? AreaCode { get; init; }
    public required DateTime Start { get; init; }
    public required DateTime End { get; init; }
    public int? Board { get; init; }
    public IReadOnlyList<ViewAuthor> Authors { get; init; } = [];
}

/// <summary>An author as named on this very submission.</summary>
public sealed record ViewAuthor(string Person, string GivenName, string FamilyName, string Affiliation, string Country, bool Presenting)
{
    [JsonIgnore]
    public string FullName => PersonName.Full(GivenName, FamilyName);
}
