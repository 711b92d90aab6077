using AbstractReview.Domain.Conferences;

namespace AbstractReview.Domain.Reviews;

/// <summary>From when until when authors may answer.</summary>
public sealed record AnswerRound(DateTimeOffset Opens, DateTimeOffset Closes);

/// <summary>When authors may answer their reviews: only where the call has switched the round on.</summary>
public static class AnswerTime
{
    /// <summary>The round; null where the call has none. Without dates of its own it lasts from the review deadline until decisions are due.</summary>
    public static AnswerRound? Round(Conference conference)
        => conference.Review is { Rebuttal: true } rules
            ? new AnswerRound(conference.At(rules.RebuttalOpens ?? conference.Dates.ReviewDeadline), conference.At(rules.RebuttalCloses ?? conference.Dates.DecisionsBy))
            : null;

    /// <summary>The round has begun: from now on authors see what reviewers wrote to them.</summary>
    public static bool HasBegun(Conference conference, DateTimeOffset now) => Round(conference) is { } round && now >= round.Opens;

    public static bool IsOpen(Conference conference, DateTimeOffset now) => Round(conference) is { } round && now >= round.Opens && now <= round.Closes;

    /// <exception cref="RuleBrokenException">It is not open; says why.</exception>
    public static void MustBeOpen(Conference conference, DateTimeOffset now)
    {
        if (Round(conference) is not { } round) throw new RuleBrokenException("This call has no round of authors' answers.");
        if (now < round.Opens) throw new RuleBrokenException($"Answers are taken from {Deadline.Words(conference, round.Opens)}.");
        if (now > round.Closes) throw new RuleBrokenException($"Answers were taken until {Deadline.Words(conference, round.Closes)}.");
    }
}
