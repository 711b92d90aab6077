namespace AbstractReview.Domain.Submissions;

public enum SubmissionState { Draft, Submitted, UnderReview, Decided, Notified, Confirmed, Declined, Withdrawn, Returned }

public enum Verb { Submit, Revise, Finalise, StartReview, StopReview, Decide, Undecide, Notify, Return, Confirm, Decline, Withdraw }

/// <summary>The life of a submission: the one table of what may follow what. Who may, and until when, is said beside each command.</summary>
public static class SubmissionLife
{
    private static readonly Dictionary<(SubmissionState, Verb), SubmissionState> Moves = new()
    {
        [(SubmissionState.Draft, Verb.Submit)] = SubmissionState.Submitted,
        [(SubmissionState.Returned, Verb.Submit)] = SubmissionState.Submitted,
        [(SubmissionState.Draft, Verb.Revise)] = SubmissionState.Draft,
        [(SubmissionState.Returned, Verb.Revise)] = SubmissionState.Returned,
        // A revision of a submitted abstract stays submitted; once reviewers read it, it stands still.
        [(SubmissionState.Submitted, Verb.Revise)] = SubmissionState.Submitted,
        // The final text of an accepted submission.
        [(SubmissionState.Notified, Verb.Finalise)] = SubmissionState.Notified,
        [(SubmissionState.Confirmed, Verb.Finalise)] = SubmissionState.Confirmed,
        [(SubmissionState.Submitted, Verb.StartReview)] = SubmissionState.UnderReview,
        [(SubmissionState.UnderReview, Verb.StartReview)] = SubmissionState.UnderReview,
        [(SubmissionState.UnderReview, Verb.StopReview)] = SubmissionState.Submitted,
        [(SubmissionState.Submitted, Verb.Decide)] = SubmissionState.Decided,
        [(SubmissionState.UnderReview, Verb.Decide)] = SubmissionState.Decided,
        [(SubmissionState.Decided, Verb.Decide)] = SubmissionState.Decided,
        // A decision that was published can be superseded: the new one waits to be published like the first.
        [(SubmissionState.Notified, Verb.Decide)] = SubmissionState.Decided,
        [(SubmissionState.Confirmed, Verb.Decide)] = SubmissionState.Decided,
        [(SubmissionState.Declined, Verb.Decide)] = SubmissionState.Decided,
        [(SubmissionState.Decided, Verb.Undecide)] = SubmissionState.UnderReview,
        [(SubmissionState.Decided, Verb.Notify)] = SubmissionState.Notified,
        [(SubmissionState.Decided, Verb.Return)] = SubmissionState.Returned,
        [(SubmissionState.Notified, Verb.Confirm)] = SubmissionState.Confirmed,
        [(SubmissionState.Declined, Verb.Confirm)] = SubmissionState.Confirmed,
        [(SubmissionState.Notified, Verb.Decline)] = SubmissionState.Declined,
        [(SubmissionState.Confirmed, Verb.Decline)] = SubmissionState.Declined,
        [(SubmissionState.Draft, Verb.Withdraw)] = SubmissionState.Withdrawn,
        [(SubmissionState.Submitted, Verb.Withdraw)] = SubmissionState.Withdrawn,
        [(SubmissionState.UnderReview, Verb.Withdraw)] = SubmissionState.Withdrawn,
        [(SubmissionState.Decided, Verb.Withdraw)] = SubmissionState.Withdrawn,
        [(SubmissionState.Notified, Verb.Withdraw)] = SubmissionState.Withdrawn,
        [(SubmissionState.Confirmed, Verb.Withdraw)] = SubmissionState.Withdrawn,
        [(SubmissionState.Returned, Verb.Withdraw)] = SubmissionState.Withdrawn,
    };

    public static bool May(this SubmissionState state, Verb verb) => Moves.ContainsKey((state, verb));

    /// <exception cref="RuleBrokenException">The verb does not fit the state.</exception>
    public static SubmissionState After(this SubmissionState state, Verb verb)
        => Moves.TryGetValue((state, verb), out var next)
            ? next
            : throw new RuleBrokenException("state", $"This submission is {state.Words()}: it cannot be {verb.Past()} now.");

    /// <summary>How the state is called on pages.</summary>
    public static string Words(this SubmissionState state) => state switch
    {
        SubmissionState.Draft => "a draft",
        SubmissionState.Submitted => "submitted",
        SubmissionState.UnderReview => "under review",
        SubmissionState.Decided => "decided",
        SubmissionState.Notified => "notified",
        SubmissionState.Confirmed => "confirmed",
        SubmissionState.Declined => "declined by its authors",
        SubmissionState.Withdrawn => "withdrawn",
        SubmissionState.Returned => "returned to its authors",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    private static string Past(this Verb verb) => verb switch
    {
        Verb.Submit => "submitted",
        Verb.Revise => "changed",
        Verb.Finalise => "made ready for print",
        Verb.StartReview => "sent to reviewers",
        Verb.StopReview => "taken back from reviewers",
        Verb.Decide => "decided",
        Verb.Undecide => "set back to undecided",
        Verb.Notify => "published",
        Verb.Return => "returned",
        Verb.Confirm => "confirmed",
        Verb.Decline => "declined",
        Verb.Withdraw => "withdrawn",
        _ => throw new ArgumentOutOfRangeException(nameof(verb)),
    };
}
