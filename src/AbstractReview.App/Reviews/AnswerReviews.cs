using AbstractReview.App.Audit;
using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using AbstractReview.Domain.Reviews;
using AbstractReview.Domain.Submissions;
using MediatR;

namespace AbstractReview.App.Reviews;

/// <summary>An author answers the reviews of their submission, once for all authors; it can be changed until the round closes. Answers the new version.</summary>
/// <param name="Number">The submission.</param>
/// <param name="Text">The whole answer.</param>
/// <param name="Version">The version it was written over, 0 for none; null does not ask.</param>
/// <param name="By">The author.</param>
public sealed record AnswerReviews(int Number, string Text, int? Version, Actor By) : ICommand<int>;

internal sealed class AnswerReviewsHandler(Db db, Relations relations, ConferenceReader conference, AuditLog audit, TimeProvider clock) : IRequestHandler<AnswerReviews, int>
{
    public async Task<int> Handle(AnswerReviews command, CancellationToken ct)
    {
        var (number, by) = (command.Number, command.By);
        var relation = await relations.RequireSeen(number, by, ct);
        Access.Require(Access.MayAnswer(by, relation), $"answer the reviews of submission {number}");
        var call = await conference.Current(ct);
        var now = clock.GetUtcNow();
        AnswerTime.MustBeOpen(call, now);
        var text = command.Text.Trim();
        if (text == "") throw new RuleBrokenException("text", "Please write your answer.");
        if (ContentRules.Words(text) > call.Review.RebuttalWords || text.Length > 40_000) throw new RuleBrokenException("text", FormattableString.Invariant($"At most {call.Review.RebuttalWords} words are taken here."));
        if (await db.One<int>(CountReviews, new { number }, ct) == 0) throw new RuleBrokenException("There is no review to answer yet.");
        var before = await db.One<int?>(ReadVersion, new { number }, ct) ?? 0;
        if (command.Version is { } seen && seen != before) throw new StaleException("Another author changed the answer in the meantime.", before);
        var args = new { number, text, by.PersonId, now, before };
        if (await db.Run(before == 0 ? Insert : Update, args, ct) == 0) throw new StaleException("Another author changed the answer in the meantime.", before);
        await audit.Write(by, "answer.saved", "submission", number, null, new { Version = before + 1, text.Length }, ct);
        return before + 1;
    }

    private const string CountReviews = "select count(*) from Review where SubmissionNumber = @number and State = 'Submitted'";
    private const string ReadVersion = "select Version from AuthorAnswer where SubmissionNumber = @number";
    private const string Insert = "insert into AuthorAnswer (SubmissionNumber, Text, ById, At, Version) values (@number, @text, @PersonId, @now, 1)";
    private const string Update = "update AuthorAnswer set Text = @text, ById = @PersonId, At = @now, Version = Version + 1 where SubmissionNumber = @number and Version = @before";
}
