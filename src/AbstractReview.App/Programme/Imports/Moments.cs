using System.Globalization;
using System.Text.RegularExpressions;
using AbstractReview.Domain.Conferences;

namespace AbstractReview.App.Programme.Imports;

/// <summary>Times as timetables write them, into the conference's local time.</summary>
internal static partial class Moments
{
    private static readonly string[] Dates = ["yyyy-MM-dd", "yyyy/MM/dd", "dd.MM.yyyy"];
    private static readonly string[] Times = ["HH:mm", "H:mm", "HH:mm:ss", "H:mm:ss"];

    /// <summary>An ISO 8601 moment; one with an offset is turned into the conference's zone, one without is local. Null when it is none.</summary>
    public static DateTime? Instant(string text, Conference conference)
    {
        text = text.Trim();
        if (!Iso().IsMatch(text)) return null;
        if (Offset().IsMatch(text))
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? TimeZoneInfo.ConvertTime(at, conference.TimeZone).DateTime : null;
        return DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? local : null;
    }

    public static DateOnly? Date(string text)
        => DateOnly.TryParseExact(text.Trim(), Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date
            : Iso().IsMatch(text.Trim()) && DateTime.TryParse(text.Trim(), CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) ? DateOnly.FromDateTime(moment) : null;

    public static TimeOnly? Time(string text)
        => TimeOnly.TryParseExact(text.Trim(), Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time
            : Iso().IsMatch(text.Trim()) && DateTime.TryParse(text.Trim(), CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) ? TimeOnly.FromDateTime(moment) : null;

    /// <summary><c>HH:MM</c>, <c>D:HH:MM</c> or minutes.</summary>
    public static TimeSpan? Duration(string text)
    {
        text = text.Trim();
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)) return TimeSpan.FromMinutes(minutes);
        if (Hours().Match(text) is not { Success: true } m) return null;
        return new TimeSpan(m.Groups[1].Success ? int.Parse(m.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0, int.Parse(m.Groups[2].ValueSpan, CultureInfo.InvariantCulture), int.Parse(m.Groups[3].ValueSpan, CultureInfo.InvariantCulture), 0);
    }

    /// <summary>The local end of what lasts some elapsed time from a local start, also where the clocks change in between.</summary>
    public static DateTime End(DateTime start, TimeSpan length, Conference conference)
        => TimeZoneInfo.ConvertTime(conference.At(start) + length, conference.TimeZone).DateTime;

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d")]
    private static partial Regex Iso();

    [GeneratedRegex(@"(Z|[+-]\d\d:?\d\d)$")]
    private static partial Regex Offset();

    [GeneratedRegex(@"^(?:(\d{1,2}):)?(\d{1,3}):(\d\d)$")]
    private static partial Regex Hours();
}
