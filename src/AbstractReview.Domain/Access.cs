using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.Domain;

/// <summary>What a person is to one submission; queries read it, <see cref="Access"/> judges by it.</summary>
public sealed record Relation
{
    public required int SubmissionNumber { get; init; }
    public required string AreaCode { get; init; }
    public required SubmissionState State { get; init; }
    /// <summary>The account that handed it in, or an author of it by a confirmed address.</summary>
    public required bool IsAuthor { get; init; }
    /// <summary>Has an assignment that was neither declined nor released.</summary>
    public required bool IsAssigned { get; init; }
    /// <summary>Has a conflict of any kind that was not dismissed.</summary>
    public required bool InConflict { get; init; }
    /// <summary>The decision, if any, was published.</summary>
    public required bool DecisionPublished { get; init; }
}

/// <summary>
/// Every “may this person see or do that”, in one place. Queries filter by it, commands refuse by it, and the matrix test
/// holds every door to it. A submission one may not see at all is answered as not found, so that numbers tell nothing.
/// </summary>
public static class Access
{
    /// <summary>Judges it: the chair, or the area's chair, unless it is their own or they are in conflict with it.</summary>
    public static bool MayJudge(Actor by, Relation r) => by.ChairsArea(r.AreaCode) && !r.IsAuthor && !r.InConflict;

    public static bool MaySeeSubmission(Actor by, Relation r)
        => r.IsAuthor || by.IsSecretariat || (r.State != SubmissionState.Draft && (r.IsAssigned || MayJudge(by, r)));

    /// <summary>Who wrote it.</summary>
    public static bool MaySeeAuthors(Actor by, Relation r, Blindness blind)
        => MaySeeSubmission(by, r) && (r.IsAuthor || by.IsSecretariat || MayJudge(by, r) || blind != Blindness.Double);

    public static bool MayEditSubmission(Actor by, Relation r) => r.IsAuthor || by.IsSecretariat;

    /// <summary>Official forms: its authors, the secretariat and those who judge it; never other reviewers, whatever the blindness.</summary>
    public static bool MaySeeForms(Actor by, Relation r) => MaySeeSubmission(by, r) && (r.IsAuthor || by.IsSecretariat || MayJudge(by, r));

    public static bool MayReview(Actor by, Relation r) => r.IsAssigned && !r.IsAuthor && !r.InConflict;

    /// <summary>
    /// Others' reviews: those who judge; the secretariat; authors once the decision is published or the round of answers has begun
    /// (<paramref name="answersBegun"/>; comments to authors only); other reviewers of it once their own review is in (<paramref name="ownReviewSubmitted"/>).
    /// </summary>
    public static bool MaySeeReviews(Actor by, Relation r, bool ownReviewSubmitted, bool answersBegun = false)
        => (r.IsAuthor && (r.DecisionPublished || (answersBegun && MayAnswer(by, r))))
           || (!r.IsAuthor && (by.IsSecretariat || MayJudge(by, r) || (MayReview(by, r) && ownReviewSubmitted)));

    /// <summary>Who reviewed it. Never its authors while the call is single or double blind, nor other reviewers in double blind.</summary>
    public static bool MaySeeReviewers(Actor by, Relation r, Blindness blind)
        => !r.IsAuthor && (by.IsSecretariat || MayJudge(by, r) || (MayReview(by, r) && blind != Blindness.Double));

    public static bool MaySeeCommitteeComments(Actor by, Relation r) => !r.IsAuthor && (by.IsSecretariat || MayJudge(by, r));

    /// <summary>Answers the reviews in the round the call gives for it: an author, while the submission is judged.</summary>
    public static bool MayAnswer(Actor by, Relation r)
        => r.IsAuthor && !r.DecisionPublished && IsJudged(r);

    /// <summary>The discussion and the authors' answer: those who judge, the secretariat, and its reviewers once their own review is in. Its authors never.</summary>
    public static bool MaySeeDiscussion(Actor by, Relation r, bool ownReviewSubmitted) => !r.IsAuthor && MaySeeReviews(by, r, ownReviewSubmitted);

    /// <summary>Writes in it: those who judge and its reviewers, until the decision is published.</summary>
    public static bool MayDiscuss(Actor by, Relation r, bool ownReviewSubmitted)
        => !r.IsAuthor && !r.DecisionPublished && IsJudged(r) && (MayJudge(by, r) || (MayReview(by, r) && ownReviewSubmitted));

    /// <summary>Scores and standing: those who judge, and the secretariat. An author of it never, nor who is in conflict.</summary>
    public static bool MaySeeStanding(Actor by, Relation r) => !r.IsAuthor && (MayJudge(by, r) || by.IsSecretariat);

    /// <summary>The decision: who judges at once; authors once it is published.</summary>
    public static bool MaySeeDecision(Actor by, Relation r) => (r.IsAuthor && r.DecisionPublished) || (!r.IsAuthor && (MayJudge(by, r) || by.IsSecretariat));

    public static bool MayDecide(Actor by, Relation r) => MayJudge(by, r);

    public static bool MayRoute(Actor by) => by.IsChair;

    /// <summary>Keeps a reviewer's profile, bids and declares conflicts.</summary>
    public static bool MayBid(Actor by) => by.SignedIn && by.Is(Role.Reviewer);

    /// <summary>Reads title and abstract in order to bid: reviewers, while it waits for or is under review, unless it is theirs or they are in conflict.</summary>
    public static bool MayBidOn(Actor by, Relation r)
        => MayBid(by) && (r.State is SubmissionState.Submitted or SubmissionState.UnderReview) && !r.IsAuthor && !r.InConflict;

    public static bool MayPublishDecisions(Actor by) => by.IsChair;
    public static bool MayBuildBook(Actor by) => by.RunsConference;
    public static bool MaySeeProgrammeDraft(Actor by) => by.OnCommittee || by.IsSecretariat;
    public static bool MaySeeAllEditions(Actor by) => by.OnCommittee || by.IsSecretariat;
    public static bool MayEditProgramme(Actor by) => by.RunsConference;
    public static bool MaySeeLetters(Actor by) => by.RunsConference;

    /// <summary>Changes the templates and the look of letters.</summary>
    public static bool MayEditLetters(Actor by) => by.RunsConference;

    /// <summary>Sends letters that no decision orders: invitations, thanks, certificates.</summary>
    public static bool MayIssueLetters(Actor by) => by.RunsConference;

    public static bool MaySeeStandings(Actor by) => by.OnCommittee || by.IsSecretariat;
    public static bool MayManagePeople(Actor by) => by.IsSecretariat;
    /// <summary>Whoever owns the machine: an export holds what no role may see whole.</summary>
    public static bool MayExportEverything(Actor by) => by == Actor.Timetable;
    public static bool MayEditCall(Actor by) => by.RunsConference;
    /// <summary>Takes all submissions out as a file or puts them in: every name and address, so the secretariat alone.</summary>
    public static bool MayMoveSubmissions(Actor by) => by.IsSecretariat;

    public static bool MayVerifyReceipts(Actor by) => by.RunsConference;
    public static bool MayRehearse(Actor by) => by.RunsConference;
    public static bool MayReadAudit(Actor by) => by.RunsConference;

    private static bool IsJudged(Relation r) => r.State is SubmissionState.Submitted or SubmissionState.UnderReview or SubmissionState.Decided;

    /// <exception cref="NotAllowedException">It is not allowed.</exception>
    public static void Require(bool allowed, string doing)
    {
        if (!allowed) throw new NotAllowedException($"You may not {doing}.");
    }

    /// <exception cref="NotFoundException">The submission does not exist for this person.</exception>
    public static Relation RequireSeen(Actor by, Relation? r, int number)
        => r is not null && MaySeeSubmission(by, r) ? r : throw new NotFoundException($"There is no submission {number} for you.");
}
