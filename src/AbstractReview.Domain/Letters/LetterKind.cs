using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.Domain.Letters;

/// <summary>Every kind of letter the conference writes. The first six tell decisions and bear their names.</summary>
public enum LetterKind
{
    Oral, Poster, Panel, Waitlist, Reject, Return,

    /// <summary>To somebody who is asked to review, with a link to say yes or no.</summary>
    Invitation,

    /// <summary>To a reviewer whose reviews are in.</summary>
    Thanks,

    /// <summary>That a reviewer reviewed.</summary>
    ReviewCertificate,

    /// <summary>To an author of an accepted contribution, for a consulate.</summary>
    Visa,

    /// <summary>That a contribution was presented.</summary>
    PresentationCertificate,
}

/// <summary>What is true of every letter of a kind.</summary>
public static class LetterKinds
{
    public static LetterKind Of(DecisionKind decision) => Enum.Parse<LetterKind>(decision.ToString());

    /// <summary>It tells a decision on a submission; a changed decision supersedes it.</summary>
    public static bool TellsDecision(this LetterKind kind) => kind <= LetterKind.Return;

    /// <summary>It is about one submission.</summary>
    public static bool IsAboutSubmission(this LetterKind kind) => kind.TellsDecision() || kind is LetterKind.Visa or LetterKind.PresentationCertificate;

    /// <summary>It goes to a reviewer for their reviews.</summary>
    public static bool IsAboutReviews(this LetterKind kind) => kind is LetterKind.Thanks or LetterKind.ReviewCertificate;

    /// <summary>Whom it is addressed to may ask for it themselves.</summary>
    public static bool MayBeAskedFor(this LetterKind kind) => kind is LetterKind.ReviewCertificate or LetterKind.Visa or LetterKind.PresentationCertificate;

    public static string Words(this LetterKind kind) => kind switch
    {
        LetterKind.Oral => "Acceptance, oral presentation",
        LetterKind.Poster => "Acceptance, poster",
        LetterKind.Panel => "Acceptance, panel contribution",
        LetterKind.Waitlist => "Waiting list",
        LetterKind.Reject => "Rejection",
        LetterKind.Return => "Return to the author",
        LetterKind.Invitation => "Invitation to reviewers",
        LetterKind.Thanks => "Thanks to reviewers",
        LetterKind.ReviewCertificate => "Certificate of review",
        LetterKind.Visa => "Invitation letter for a visa",
        LetterKind.PresentationCertificate => "Certificate of presentation",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Why this submission's author cannot have the letter; null when nothing stands against it.</summary>
    /// <param name="kind">Visa or PresentationCertificate.</param>
    /// <param name="state">The submission's state.</param>
    /// <param name="decision">Its newest published decision; null for none.</param>
    /// <param name="presentedAt">When its place in the released programme ends; null while it has none.</param>
    /// <param name="now">The instant of asking.</param>
    public static string? Against(this LetterKind kind, SubmissionState state, DecisionKind? decision, DateTimeOffset? presentedAt, DateTimeOffset now)
    {
        if (state is not (SubmissionState.Notified or SubmissionState.Confirmed) || decision is not { } published || !published.Accepts())
            return "Only an accepted contribution that was not withdrawn has this letter.";
        if (kind != LetterKind.PresentationCertificate) return null;
        if (presentedAt is not { } end) return "The contribution has no place in a released programme yet.";
        return now < end ? "The certificate is written once the contribution was presented." : null;
    }
}
