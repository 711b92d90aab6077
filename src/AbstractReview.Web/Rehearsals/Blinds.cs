using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;

namespace AbstractReview.Web.Rehearsals;

/// <summary>
/// Who may see which planted word, said a second time and apart from <see cref="Access"/>, so that a mistake there does not hide itself.
/// Once programme or book are public the authors are too; the rehearsal ends before.
/// </summary>
internal sealed class Blinds(RehearsalCast cast, Blindness blind, ILookup<int, string> reviewers, string inConflict, bool answering, bool published)
{
    public bool MaySee(string viewer, Canary canary) => canary.Kind switch
    {
        CanaryKind.Author => canary.Person == viewer || Submissions(canary.Person, RehearsalCast.AuthorsOf).Any(n => Judges(viewer, n) || Writes(viewer, n) || Programmes(viewer, n) || (Reviews(viewer, n) && blind != Blindness.Double)),
        CanaryKind.Reviewer => canary.Person == viewer || RunsConference(viewer) || Submissions(canary.Person, n => reviewers[n]).Any(n => Judges(viewer, n) || (Reviews(viewer, n) && blind != Blindness.Double)),
        // Who declared a conflict knows with what.
        CanaryKind.Title => Reads(viewer, canary.Submission) || (viewer == inConflict && canary.Submission == 1),
        CanaryKind.Abstract => Reads(viewer, canary.Submission),
        CanaryKind.AttachmentName => Judges(viewer, canary.Submission) || Writes(viewer, canary.Submission) || (Reviews(viewer, canary.Submission) && blind != Blindness.Double),
        CanaryKind.CommentToAuthors => Judges(viewer, canary.Submission) || (Writes(viewer, canary.Submission) && (answering || published)) || Reviews(viewer, canary.Submission),
        CanaryKind.CommentToCommittee => Judges(viewer, canary.Submission) || canary.Person == viewer,
        CanaryKind.DiscussionPost => Judges(viewer, canary.Submission) || Reviews(viewer, canary.Submission),
        CanaryKind.AuthorAnswer => Judges(viewer, canary.Submission) || Reviews(viewer, canary.Submission) || Writes(viewer, canary.Submission),
        _ => Judges(viewer, canary.Submission) || (Writes(viewer, canary.Submission) && published),
    };

    private static IEnumerable<int> Submissions(string person, Func<int, IEnumerable<string>> peopleOf) => new[] { 1, 2 }.Where(n => peopleOf(n).Contains(person));

    private bool RunsConference(string viewer) => viewer != RehearsalCast.Visitor && cast[viewer].RunsConference;

    private bool Judges(string viewer, int number)
        => RunsConference(viewer) || (viewer == RehearsalCast.AreaChair && cast.Areas[number - 1] == cast.Areas[0]) || (viewer == RehearsalCast.OtherAreaChair && cast.Areas[number - 1] == cast.Areas[1]);

    private bool Reads(string viewer, int number) => Judges(viewer, number) || Writes(viewer, number) || Programmes(viewer, number) || Reviews(viewer, number) || MayBid(viewer, number);

    // The committee makes the programme together from what is accepted and told; in the rehearsal that is submission 1.
    private bool Programmes(string viewer, int number) => published && number == 1 && (viewer is RehearsalCast.AreaChair or RehearsalCast.OtherAreaChair);

    private static bool Writes(string viewer, int number) => RehearsalCast.AuthorsOf(number).Contains(viewer);

    private bool Reviews(string viewer, int number) => reviewers[number].Contains(viewer);

    // Titles and abstracts are open to reviewers for bidding, but not to one in conflict.
    private bool MayBid(string viewer, int number) => viewer != RehearsalCast.Visitor && cast[viewer].Role == Role.Reviewer && !(number == 1 && viewer == inConflict);
}
