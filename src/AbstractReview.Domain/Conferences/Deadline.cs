namespace AbstractReview.Domain.Conferences;

/// <summary>More time for one submission, for an area, or (both empty) for everybody; audited where it is given.</summary>
public sealed record Extension(int? SubmissionNumber, string? AreaCode, DateTimeOffset Until);

/// <summary>When submissions are taken. The server's clock decides, in the transaction that stores.</summary>
public static class Deadline
{
    /// <summary>The deadline an author is shown: the call's, or the latest extension that fits.</summary>
    public static DateTimeOffset Shown(Conference conference, string? areaCode, int? number, IEnumerable<Extension> extensions)
        => extensions.Where(e => (e.SubmissionNumber is null || e.SubmissionNumber == number) && (e.AreaCode is null || e.AreaCode == areaCode))
            .Select(e => e.Until)
            .Append(conference.At(conference.Dates.SubmissionDeadline))
            .Max();

    /// <exception cref="RuleBrokenException">The call is not open yet, or the deadline and its grace have passed.</exception>
    public static void MustBeOpen(Conference conference, string? areaCode, int? number, IEnumerable<Extension> extensions, DateTimeOffset now)
    {
        var opens = conference.At(conference.Dates.CallOpens);
        if (now < opens) throw new RuleBrokenException($"The call opens on {Words(conference, opens)}.");
        var closes = Shown(conference, areaCode, number, extensions);
        if (now > closes.AddMinutes(conference.Dates.GraceMinutes))
            throw new RuleBrokenException($"The call closed on {Words(conference, closes)}. Ask the secretariat at {conference.Mail.Address} if you need an extension.");
    }

    /// <summary>An instant in the conference's zone, such as "3 May 2019 23:59 (Africa/Casablanca)".</summary>
    public static string Words(Conference conference, DateTimeOffset at)
        => TimeZoneInfo.ConvertTime(at, conference.TimeZone).ToString("d MMMM yyyy HH:mm", System.Globalization.CultureInfo.InvariantCulture) + $" ({conference.Zone})";
}
