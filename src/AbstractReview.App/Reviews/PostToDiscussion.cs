using AbstractReview.App.Audit;
using AbstractReview.App.Storage;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using AbstractReview.Domain.Reviews;
using MediatR;

namespace AbstractReview.App.Reviews;

/// <summary>A reviewer or a member of the committee writes to the others about a submission. They read it in the day's digest. Answers the post's position.</summary>
public sealed record PostToDiscussion(int Number, string Text, Actor By) : ICommand<int>
{
    /// <summary>Characters of a post.</summary>
    public const int MaxLength = 5000;
}

internal sealed class PostToDiscussionHandler(Db db, Relations relations, DiscussionRows rows, AuditLog audit, TimeProvider clock) : IRequestHandler<PostToDiscussion, int>
{
    public async Task<int> Handle(PostToDiscussion command, CancellationToken ct)
    {
        var (number, by) = (command.Number, command.By);
        var relation = await relations.RequireSeen(number, by, ct);
        var discussants = await rows.Discussants([number], ct);
        var reviewed = discussants.Any(d => d.ReviewerId == by.PersonId && d.State == ReviewState.Submitted);
        if (!Access.MaySeeDiscussion(by, relation, reviewed)) throw new NotFoundException($"There is no discussion of submission {number} for you yet.");
        if (relation.DecisionPublished) throw new RuleBrokenException("The decision is published: the discussion is closed.");
        Access.Require(Access.MayDiscuss(by, relation, reviewed), $"write in the discussion of submission {number}");
        var text = command.Text.Trim();
        if (text == "") throw new RuleBrokenException("text", "Please write something.");
        if (text.Length > PostToDiscussion.MaxLength) throw new RuleBrokenException("text", "At most 5,000 characters are taken here.");
        var mentions = Mentions.In(text);
        var known = discussants.Where(d => d.TakesPart).Select(d => Mentions.Reviewer(d.Alias)).Append(Mentions.Committee).ToList();
        if (mentions.FirstOrDefault(m => !known.Contains(m)) is { } unknown)
            throw new RuleBrokenException("text", $"There is no @{unknown} here. You can mention {string.Join(", ", known.Select(k => "@" + k))}.");
        var position = await db.Next(FormattableString.Invariant($"Discussion/{number}"), ct);
        await db.Run(Insert, new { number, position, by.PersonId, now = clock.GetUtcNow(), text, mentions = Json.Write(mentions) }, ct);
        await audit.Write(by, "discussion.posted", "submission", number, null, new { position, text.Length }, ct);
        return position;
    }

    private const string Insert = """
        insert into DiscussionPost (SubmissionNumber, Position, PersonId, At, Text, Mentions)
        values (@number, @position, @PersonId, @now, @text, @mentions)
        """;
}
