using AbstractReview.Domain.Conferences;

namespace AbstractReview.Domain.Reviews;

/// <summary>One day of the reminders' schedule.</summary>
/// <param name="Day">The date in the conference's zone.</param>
/// <param name="DaysAfterDue">Days after the review deadline's date; negative before it.</param>
/// <param name="At">When the digests go out.</param>
public sealed record ReminderSlot(DateOnly Day, int DaysAfterDue, DateTimeOffset At)
{
    /// <summary>What the run is kept under.</summary>
    public string Key => Day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>When reminders go out: by the call's days and local hour, whatever the clocks do in between.</summary>
public static class ReminderTimes
{
    /// <summary>How late a missed slot is still worth sending: a digest that was due in the morning is no help in the night.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(12);

    /// <summary>Every slot, in order of time.</summary>
    public static IReadOnlyList<ReminderSlot> Of(Conference conference)
    {
        var due = DateOnly.FromDateTime(conference.Dates.ReviewDeadline);
        return conference.Review.RemindDays.Distinct().Order()
            .Select(days => new ReminderSlot(due.AddDays(days), days, conference.At(due.AddDays(days).ToDateTime(conference.Review.RemindAt))))
            .ToList();
    }

    /// <summary>The slot that is due: the newest that has come, unless it is older than <see cref="Patience"/>.</summary>
    public static ReminderSlot? Due(Conference conference, DateTimeOffset now)
        => Of(conference).LastOrDefault(slot => slot.At <= now) is { } newest && now - newest.At < Patience ? newest : null;

    /// <summary>The next one to come.</summary>
    public static ReminderSlot? Next(Conference conference, DateTimeOffset now) => Of(conference).FirstOrDefault(slot => slot.At > now);

    /// <summary>The discussions' daily digest: today's hour in the conference's zone, when it has come and is not older than <see cref="Patience"/>.</summary>
    public static ReminderSlot? Digest(Conference conference, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, conference.TimeZone).DateTime);
        var at = conference.At(today.ToDateTime(conference.Review.RemindAt));
        return at <= now && now - at < Patience ? new ReminderSlot(today, today.DayNumber - DateOnly.FromDateTime(conference.Dates.ReviewDeadline).DayNumber, at) : null;
    }
}
