using AbstractReview.App.Audit;
using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using AbstractReview.Domain.Reviews;
using MediatR;

namespace AbstractReview.App.Reviews;

/// <summary>What reviewers and committee say about a submission, and what its authors answered; names as the call's blindness shows them.</summary>
public sealed record ReadDiscussion(int Number, Actor By) : IQuery<DiscussionView>;

/// <param name="Number">The submission.</param>
/// <param name="Title">Its title.</param>
/// <param name="Answer">The authors' answer; null while there is none.</param>
/// <param name="Items">The posts, oldest first.</param>
/// <param name="Handles">Whom a post may mention.</param>
/// <param name="MayPost">This person may write.</param>
public sealed record DiscussionView(int Number, string Title, AnswerText? Answer, IReadOnlyList<PostView> Items, IReadOnlyList<string> Handles, bool MayPost);

/// <param name="Position">1, 2, 3 … within the submission.</param>
/// <param name="Who">The writer in this reader's words.</param>
/// <param name="Mine">Written by the reader.</param>
/// <param name="MentionsMe">Calls upon the reader.</param>
/// <param name="At">When.</param>
/// <param name="Text">What.</param>
public sealed record PostView(int Position, string Who, bool Mine, bool MentionsMe, DateTimeOffset At, string Text);

public sealed record AnswerText
{
    public required string Text { get; init; }
    public required DateTimeOffset At { get; init; }
}

internal sealed class ReadDiscussionHandler(Db db, Relations relations, ConferenceReader conference, DiscussionRows rows, IdentityReadings readings) : IRequestHandler<ReadDiscussion, DiscussionView>
{
    public async Task<DiscussionView> Handle(ReadDiscussion query, CancellationToken ct)
    {
        var (number, by) = (query.Number, query.By);
        var relation = await relations.RequireSeen(number, by, ct);
        var discussants = await rows.Discussants([number], ct);
        var mine = discussants.SingleOrDefault(d => d.ReviewerId == by.PersonId);
        if (!Access.MaySeeDiscussion(by, relation, mine is { State: ReviewState.Submitted }))
            throw new NotFoundException($"There is no discussion of submission {number} for you yet.");
        var names = Access.MaySeeReviewers(by, relation, (await conference.Current(ct)).Review.Blind);
        if (names && discussants.Any(d => d.ReviewerId != by.PersonId)) await readings.Record(by, number, ct);
        var calls = new HashSet<string> { mine is null ? Mentions.Committee : Mentions.Reviewer(mine.Alias) };
        var posts = (await rows.Posts(number, ct)).Select(p => new PostView(
            p.Position, p.Who(names), p.PersonId == by.PersonId, Json.Read<List<string>>(p.Mentions).Any(calls.Contains), p.At, p.Text)).ToList();
        return new DiscussionView(number, (await db.One<string>(ReadTitle, new { number }, ct))!, await db.One<AnswerText>(ReadAnswer, new { number }, ct), posts,
            [.. discussants.Where(d => d.TakesPart).Select(d => Mentions.Reviewer(d.Alias)), Mentions.Committee], Access.MayDiscuss(by, relation, mine is { State: ReviewState.Submitted }));
    }

    private const string ReadTitle = "select Title from Submission where Number = @number";
    private const string ReadAnswer = "select Text, At from AuthorAnswer where SubmissionNumber = @number";
}
