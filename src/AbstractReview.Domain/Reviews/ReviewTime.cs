using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.Domain.Reviews;

/// <summary>When reviews are taken.</summary>
public static class ReviewTime
{
    /// <summary>The submission is with its reviewers, and the review deadline has not passed or the call takes late reviews.</summary>
    public static bool IsOpen(Conference conference, SubmissionState state, DateTimeOffset now)
        => state is SubmissionState.Submitted or SubmissionState.UnderReview && InTime(conference, now);

    /// <exception cref="RuleBrokenException">It is not open; says why.</exception>
    public static void MustBeOpen(Conference conference, SubmissionState state, DateTimeOffset now)
    {
        if (state is not (SubmissionState.Submitted or SubmissionState.UnderReview))
            // Not why: a decision that is not published yet is nobody's to know.
            throw new RuleBrokenException("Reviews of this submission are closed.");
        if (!InTime(conference, now))
            throw new RuleBrokenException($"Reviews closed on {Deadline.Words(conference, Due(conference))}. Ask the chair if yours is still wanted.");
    }

    public static DateTimeOffset Due(Conference conference) => conference.At(conference.Dates.ReviewDeadline);

    private static bool InTime(Conference conference, DateTimeOffset now) => conference.Review.LateReviews || now <= Due(conference);
}
