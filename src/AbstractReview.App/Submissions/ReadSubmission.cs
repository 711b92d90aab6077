using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Reviews;
using AbstractReview.Domain.Submissions;
using MediatR;

namespace AbstractReview.App.Submissions;

/// <summary>A submission, as much of it as the person may see.</summary>
public sealed record ReadSubmission(int Number, Actor By) : IQuery<SubmissionView>;

internal sealed class ReadSubmissionHandler(Db db, ConferenceReader conferences, Relations relations, SubmissionStore store, TimeProvider clock) : IRequestHandler<ReadSubmission, SubmissionView>
{
    public async Task<SubmissionView> Handle(ReadSubmission query, CancellationToken ct)
    {
        var (by, number) = (query.By, query.Number);
        var relation = await relations.RequireSeen(number, by, ct);
        var conference = await conferences.Current(ct);
        var authors = Access.MaySeeAuthors(by, relation, conference.Review.Blind);
        var stored = await store.Load(number, ct, authors);
        var decision = Access.MaySeeDecision(by, relation) ? await Decision(number, publishedOnly: relation.IsAuthor, ct) : null;
        var shown = ShownState(by, relation);
        var deadline = Deadline.Shown(conference, stored.Content.AreaCode, number, await conferences.Extensions(ct));
        return SubmissionViews.Of(stored, shown, stored.Content.Authors) with
        {
            // It covers the names: whoever guesses them could prove it.
            ContentHash = authors ? stored.ContentHash : "",
            Attachments = await Attached(db, number, authors, ct),
            Forms = Access.MaySeeForms(by, relation) ? await db.All<FormView>(ReadForms, new { number }, ct) : [],
            Decision = decision,
            WithdrawReason = authors && stored.State == SubmissionState.Withdrawn ? await db.One<string>(ReadReason, new { number }, ct) : null,
            Similar = by.IsSecretariat && !relation.IsAuthor ? await db.All<SimilarSubmission>(ReadSimilar, new { number }, ct) : [],
            Objections = by.IsSecretariat && !relation.IsAuthor ? await db.All<string>(ReadObjections, new { number }, ct) : [],
            Deadline = deadline,
            May = Powers(by, relation, authors, decision, conference, deadline),
        };
    }

    /// <summary>A pending decision shows to nobody but those who judge; to the others the review goes on, or the last letter stands.</summary>
    internal static SubmissionState ShownState(Actor by, Relation r)
        => r.State != SubmissionState.Decided || (Access.MaySeeDecision(by, r) && !r.IsAuthor) ? r.State
            : r.DecisionPublished ? SubmissionState.Notified : SubmissionState.UnderReview;

    private async Task<DecisionView?> Decision(int number, bool publishedOnly, CancellationToken ct)
        => (await db.All<DecisionView>(ReadDecisions, new { number }, ct)).FirstOrDefault(d => !publishedOnly || d.PublishedAt is not null);

    private SubmissionPowers Powers(Actor by, Relation r, bool authors, DecisionView? decision, Conference conference, DateTimeOffset deadline)
    {
        var mayChange = Access.MayEditSubmission(by, r);
        var now = clock.GetUtcNow();
        var open = r.State == SubmissionState.Returned || by.IsSecretariat
            || (now >= conference.At(conference.Dates.CallOpens) && now <= deadline.AddMinutes(conference.Dates.GraceMinutes));
        var accepted = decision is { PublishedAt: not null } && decision.Kind.Accepts();
        return new SubmissionPowers
        {
            Edit = mayChange && open && r.State.May(Verb.Revise),
            Submit = mayChange && open && r.State.May(Verb.Submit),
            Withdraw = mayChange && r.State.May(Verb.Withdraw),
            Confirm = mayChange && accepted && r.State.May(Verb.Confirm),
            Decline = mayChange && accepted && r.State.May(Verb.Decline),
            Prepare = mayChange && accepted && r.State.May(Verb.Finalise),
            SendForms = mayChange && r.State is not (SubmissionState.Draft or SubmissionState.Withdrawn),
            SeeHistory = authors,
            ReadReceipt = mayChange && r.State != SubmissionState.Draft,
            Answer = AnswerTime.HasBegun(conference, now) && Access.MayAnswer(by, r),
        };
    }

    /// <summary>The files of a submission, under names that tell nothing where its authors are not to be known.</summary>
    internal static async Task<IReadOnlyList<AttachmentView>> Attached(Db db, int number, bool named, CancellationToken ct)
    {
        var files = await db.All<AttachmentView>(ReadAttachments, new { number }, ct);
        return named ? files : files.Select(Neutral).ToList();
    }

    // A file's name may name its author, and its size tell it from others.
    private static AttachmentView Neutral(AttachmentView a) => a with { FileName = Sniffing.NeutralName(a.Position, a.MediaType), Size = null };

    private const string ReadAttachments = "select Position, FileName, MediaType, Size from Attachment where SubmissionNumber = @number order by Position";
    private const string ReadForms = """
        select Kind, State, Note, ChangedAt, AnnouncedAt, case when Sha256 is null then 0 else 1 end as HasFile
        from OfficialForm
        where SubmissionNumber = @number
        order by Kind
        """;
    private const string ReadReason = "select WithdrawReason from Submission where Number = @number";
    private const string ReadObjections = "select Name from Objection where SubmissionNumber = @number and SettledAt is null order by Id";
    private const string ReadSimilar = """
        select case when SubmissionNumber = @number then OtherNumber else SubmissionNumber end as Number, Similarity
        from Duplicate
        where (SubmissionNumber = @number or OtherNumber = @number) and DismissedAt is null
        order by Similarity desc
        """;

    private const string ReadDecisions = "select Kind, Reason, PublishedAt from Decision where SubmissionNumber = @number order by DecisionVersion desc";
}
