using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;

namespace AbstractReview.App.Programme.Exports;

/// <summary>The zone's offsets over the days of the programme as a VTIMEZONE: the one in force at its start, and every change until a day after its end.</summary>
internal static class ZoneRules
{
    public static VTimeZone Of(ProgrammeView view)
    {
        var zone = view.TimeZone;
        var first = view.Days.Count > 0 ? view.Days[0] : DateOnly.FromDateTime(view.ReleasedAt.UtcDateTime);
        var last = view.Days.Count > 0 ? view.Days[^1] : first;
        var from = new DateTimeOffset(first.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddDays(-2);
        var to = new DateTimeOffset(last.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddDays(3);
        var rules = new VTimeZone { TzId = view.Zone };
        rules.TimeZoneInfos.Add(Rule(zone, from, zone.GetUtcOffset(from), zone.GetUtcOffset(from)));
        for (var at = from; at < to; at = at.AddMinutes(15))
        {
            var (before, after) = (zone.GetUtcOffset(at), zone.GetUtcOffset(at.AddMinutes(15)));
            if (before != after) rules.TimeZoneInfos.Add(Rule(zone, at.AddMinutes(15), before, after));
        }

        return rules;
    }

    // DTSTART is the local time, by the offset before, at which the new offset begins (RFC 5545, 3.6.5).
    private static VTimeZoneInfo Rule(TimeZoneInfo zone, DateTimeOffset at, TimeSpan before, TimeSpan after) => new(zone.IsDaylightSavingTime(at) ? "DAYLIGHT" : "STANDARD")
    {
        Start = new CalDateTime(DateTime.SpecifyKind(at.UtcDateTime + before, DateTimeKind.Unspecified)),
        OffsetFrom = new UtcOffset(before),
        OffsetTo = new UtcOffset(after),
    };
}
