using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Reviews;
using MediatR;

namespace AbstractReview.App.Reviews;

/// <summary>What a reviewer wrote in one review over time, newest first, each step with what changed, word by word. Nobody else's.</summary>
public sealed record ReadReviewHistory(int Number, Actor By) : IQuery<IReadOnlyList<ReviewRevisionView>>;

public sealed record ReviewRevisionView(int Revision, DateTimeOffset At, ReviewState State, IReadOnlyList<FieldChange> Changes);

internal sealed class ReadReviewHistoryHandler(Db db, Relations relations, ConferenceReader conference) : IRequestHandler<ReadReviewHistory, IReadOnlyList<ReviewRevisionView>>
{
    public async Task<IReadOnlyList<ReviewRevisionView>> Handle(ReadReviewHistory query, CancellationToken ct)
    {
        var relation = await relations.RequireSeen(query.Number, query.By, ct);
        Access.Require(Access.MayReview(query.By, relation), $"review submission {query.Number}");
        var rules = (await conference.Current(ct)).Review;
        var views = new List<ReviewRevisionView>();
        var before = new ReviewForm();
        foreach (var row in await db.All<Row>(Read, new { query.Number, query.By.PersonId }, ct))
        {
            var content = Json.Read<ReviewForm>(row.Content);
            views.Add(new ReviewRevisionView(row.Revision, row.At, row.State, ReviewDifferences.Between(before, content, rules)));
            before = content;
        }

        views.Reverse();
        return views;
    }

    private sealed record Row
    {
        public required int Revision { get; init; }
        public required DateTimeOffset At { get; init; }
        public required ReviewState State { get; init; }
        public required string Content { get; init; }
    }

    private const string Read = """
        select Revision, At, State, Content
        from ReviewRevision
        where SubmissionNumber = @Number and ReviewerId = @PersonId
        order by Revision
        """;
}

/// <summary>What differs between two states of a review, in the words of the form.</summary>
internal static class ReviewDifferences
{
    public static IReadOnlyList<FieldChange> Between(ReviewForm before, ReviewForm after, ReviewRules rules)
    {
        (string Field, string Old, string New)[] fields =
        [
            .. rules.Criteria.Select(c => (c.Title, Score(before, c), Score(after, c))),
            ("Your confidence", Confidence(before, rules), Confidence(after, rules)),
            ("Your recommendation", $"{before.Recommendation}", $"{after.Recommendation}"),
            ("Comments to the authors", before.CommentsToAuthors, after.CommentsToAuthors),
            ("Comments to the committee only", before.CommentsToCommittee, after.CommentsToCommittee),
        ];
        return fields.Where(f => f.Old != f.New).Select(f => new FieldChange(f.Field, Differences.Words(f.Old, f.New))).ToList();
    }

    private static string Score(ReviewForm form, Criterion criterion)
        => form.Scores.TryGetValue(criterion.Code, out var score) ? FormattableString.Invariant($"{score}") : "";

    private static string Confidence(ReviewForm form, ReviewRules rules) => form.Confidence switch
    {
        null => "",
        // A number that is no level is refused elsewhere; it is a change all the same.
        { } level => rules.Confidence.ElementAtOrDefault(level - 1) ?? FormattableString.Invariant($"{level}"),
    };
}
