using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;

namespace AbstractReview.App.Programme.Exports;

/// <summary>iCalendar (RFC 5545): an event per session and per slot, each with an identifier that stays and a SEQUENCE that rises when a release changed it.</summary>
internal static class CalendarExport
{
    /// <param name="view">The release.</param>
    /// <param name="area">Only what belongs to this area; null for all.</param>
    /// <param name="person">Only where this person (by code) presents, is an author or holds an office; null for all.</param>
    /// <param name="number">Only the slots of this submission; null for all.</param>
    public static byte[] Write(ProgrammeView view, string? area = null, string? person = null, int? number = null)
    {
        var calendar = new Calendar { ProductId = "-//AbstractReview//Programme//EN", Version = "2.0", Method = "PUBLISH" };
        calendar.AddProperty("X-WR-CALNAME", Name(view, area, person));
        calendar.AddProperty("X-WR-TIMEZONE", view.Zone);
        calendar.AddProperty("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
        calendar.TimeZones.Add(ZoneRules.Of(view));
        foreach (var session in view.InOrder())
        {
            var whole = number is null && (area is null || session.AreaCode == area) && (person is null || session.Chairs.Contains(person) || session.Rapporteurs.Contains(person) || session.Panellists.Contains(person));
            if (whole) calendar.Events.Add(Of(view, session));
            foreach (var slot in session.Slots.Where(s => (number is null || s.Number == number) && (area is null || (s.AreaCode ?? session.AreaCode) == area) && (person is null || s.Authors.Any(a => a.Person == person))))
                calendar.Events.Add(Of(view, session, slot));
        }

        return Encoding.UTF8.GetBytes(new CalendarSerializer().SerializeToString(calendar)!);
    }

    private static CalendarEvent Of(ProgrammeView view, ViewSession s)
    {
        var lines = new List<string> { Exporting.Words(s.Kind) };
        if (s.AreaCode is { } code) lines.Add($"{code}: {view.Areas.First(a => a.Code == code).Title}");
        People(lines, "Chair", view, s.Chairs);
        People(lines, "Rapporteur", view, s.Rapporteurs);
        People(lines, "Panel", view, s.Panellists);
        return Event(view, s.Code, s.Title, s.Start, s.End, s.Room, lines, s.AreaCode);
    }

    private static CalendarEvent Of(ProgrammeView view, ViewSession session, ViewSlot slot)
    {
        var lines = new List<string> { $"{Exporting.Words(slot.Kind)}, {session.Code} {session.Title}" };
        if (slot.Authors.Count > 0) lines.Add(Exporting.Names(slot.Authors));
        if (slot.Board is { } board) lines.Add(FormattableString.Invariant($"Board {board}"));
        if (slot.Abstract != "") lines.Add("\n" + slot.Abstract);
        return Event(view, slot.Code, slot.Number is null ? slot.Title : $"{slot.Code} {slot.Title}", slot.Start, slot.End, session.Room, lines, slot.AreaCode ?? session.AreaCode);
    }

    private static CalendarEvent Event(ProgrammeView view, string code, string title, DateTime start, DateTime end, string room, List<string> lines, string? area)
    {
        var e = new CalendarEvent
        {
            Uid = $"{view.Acronym}-{code}@{view.Host}",
            Summary = Exporting.Clean(title),
            Description = Exporting.Clean(string.Join('\n', lines)),
            Location = Exporting.Clean($"{view.Room(room).Name}, {view.Venue}"),
            Start = new CalDateTime(DateTime.SpecifyKind(start, DateTimeKind.Unspecified), view.Zone),
            End = new CalDateTime(DateTime.SpecifyKind(end, DateTimeKind.Unspecified), view.Zone),
            DtStamp = new CalDateTime(Seconds(view.ReleasedAt)),
            LastModified = new CalDateTime(Seconds(view.ReleasedAt)),
            Sequence = view.Revisions.GetValueOrDefault(code),
            Status = EventStatus.Confirmed,
            Url = new Uri($"{view.Website.TrimEnd('/')}/programme#{code}"),
        };
        if (area is not null) e.Categories = [area];
        return e;
    }

    private static DateTime Seconds(DateTimeOffset at) => DateTime.SpecifyKind(new DateTime(at.UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond), DateTimeKind.Utc);

    private static void People(List<string> lines, string office, ProgrammeView view, IReadOnlyList<string> codes)
    {
        if (codes.Count > 0) lines.Add($"{office}: {string.Join(", ", codes.Select(c => view.Person(c).FullName))}");
    }

    private static string Name(ProgrammeView view, string? area, string? person) => (area, person) switch
    {
        (not null, _) => $"{view.Title}: {area}",
        (_, not null) => $"{view.Title}: {view.Person(person).FullName}",
        _ => view.Title,
    };
}
