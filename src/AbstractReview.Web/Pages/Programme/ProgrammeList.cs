using AbstractReview.App.Programme;

namespace AbstractReview.Web.Pages.Programme;

/// <summary>How readers look at the programme.</summary>
public enum ProgrammeBy { Day, Area, Room, Person }

/// <summary>A heading and the sessions under it, each with the slots that are shown.</summary>
public sealed record ProgrammeGroup(string Id, string Heading, IReadOnlyList<ProgrammeEntry> Entries);

/// <param name="Session">The session.</param>
/// <param name="Slots">Those of its slots that fit the search; all without one.</param>
/// <param name="Now">It is going on.</param>
public sealed record ProgrammeEntry(ViewSession Session, IReadOnlyList<ViewSlot> Slots, bool Now);

/// <summary>What a page of the programme lists. <paramref name="Stars"/> are offered where a selection can be kept.</summary>
public sealed record ProgrammeList(ProgrammeView View, IReadOnlyList<ProgrammeGroup> Groups, bool Stars)
{
    /// <summary>Groups a release as asked, keeps what the search finds, and puts today first.</summary>
    public static ProgrammeList Of(ProgrammeView view, ProgrammeBy by, string? search, DateTimeOffset now, bool stars)
    {
        var entries = view.InOrder().Select(s => Entry(view, s, search, now)).OfType<ProgrammeEntry>().ToList();
        var groups = by switch
        {
            ProgrammeBy.Area => view.Areas.Select(a => new ProgrammeGroup($"area-{a.Code}", $"{a.Code} {a.Title}", entries.Where(e => e.Session.AreaCode == a.Code)
                .Concat(entries.Where(e => e.Session.AreaCode is null && e.Slots.Any(x => x.AreaCode == a.Code)).Select(e => e with { Slots = e.Slots.Where(x => x.AreaCode == a.Code).ToList() })).ToList())),
            ProgrammeBy.Room => view.Rooms.Select(r => new ProgrammeGroup($"room-{r.Code}", r.Name, entries.Where(e => e.Session.Room == r.Code).ToList())),
            ProgrammeBy.Person => [],
            _ => Days(view, entries, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, view.TimeZone).DateTime)),
        };
        return new ProgrammeList(view, groups.Where(g => g.Entries.Count > 0).ToList(), stars);
    }

    /// <summary>Everybody in the programme who fits the search, by family name.</summary>
    public static IReadOnlyList<ViewPerson> People(ProgrammeView view, string? search) => view.People
        .Where(p => Fits(search, p.FullName, p.Affiliation)).OrderBy(p => p.FamilyName, StringComparer.InvariantCulture).ThenBy(p => p.GivenName, StringComparer.InvariantCulture).ToList();

    private static IEnumerable<ProgrammeGroup> Days(ProgrammeView view, List<ProgrammeEntry> entries, DateOnly today) => view.Days
        .OrderBy(d => d == today ? 0 : d > today ? 1 : view.Days.Contains(today) ? 2 : 1).ThenBy(d => d)
        .Select(d => new ProgrammeGroup($"day-{d:yyyy-MM-dd}", d.ToString("dddd, d MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture) + (d == today ? " (today)" : ""),
            entries.Where(e => DateOnly.FromDateTime(e.Session.Start) == d).OrderBy(e => e.Now ? 0 : 1).ToList()));

    private static ProgrammeEntry? Entry(ProgrammeView view, ViewSession s, string? search, DateTimeOffset now)
    {
        var going = view.At(s.Start) <= now && now < view.At(s.End);
        var whole = Fits(search, s.Title, s.Code, s.AreaCode ?? "", string.Join(' ', s.Chairs.Concat(s.Rapporteurs).Concat(s.Panellists).Select(p => view.Person(p).FullName)));
        var slots = whole ? s.Slots : s.Slots.Where(x => Fits(search, x.Title, x.Code, string.Join(' ', x.Authors.Select(a => $"{a.FullName} {a.Affiliation}")))).ToList();
        return whole || slots.Count > 0 ? new ProgrammeEntry(s, slots, going) : null;
    }

    // Every word of the search occurs somewhere, whatever its case and accents.
    private static bool Fits(string? search, params string[] texts) => (search ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .All(word => texts.Any(t => System.Globalization.CultureInfo.InvariantCulture.CompareInfo.IndexOf(t, word, System.Globalization.CompareOptions.IgnoreCase | System.Globalization.CompareOptions.IgnoreNonSpace) >= 0));
}
