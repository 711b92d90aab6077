using AbstractReview.App.Audit;
using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using AbstractReview.Domain.Reviews;
using MediatR;

namespace AbstractReview.App.Reviews;

/// <summary>
/// The reviews handed in for a submission, as far as the person may see them: its authors the comments meant for them once the decision
/// is published or the round of answers has begun; other reviewers once their own is in; the committee all. Names as the call's blindness shows them.
/// </summary>
public sealed record ReadReviews(int Number, Actor By) : IQuery<IReadOnlyList<ReviewView>>;

/// <summary>What is null is not for this reader.</summary>
public sealed record ReviewView
{
    /// <summary>The reviewer's number on this submission: theirs for ever, and in no order that tells anything.</summary>
    public required int Reviewer { get; init; }
    public required bool Mine { get; init; }
    public string? ReviewerName { get; init; }
    public IReadOnlyDictionary<string, int>? Scores { get; init; }
    public int? Confidence { get; init; }
    public Recommendation? Recommendation { get; init; }
    public double? Overall { get; init; }
    public DateTimeOffset? SubmittedAt { get; init; }
    public required string CommentsToAuthors { get; init; }
    public string? CommentsToCommittee { get; init; }
}

internal sealed class ReadReviewsHandler(Db db, Relations relations, ConferenceReader conference, IdentityReadings readings, TimeProvider clock) : IRequestHandler<ReadReviews, IReadOnlyList<ReviewView>>
{
    public async Task<IReadOnlyList<ReviewView>> Handle(ReadReviews query, CancellationToken ct)
    {
        var relation = await relations.RequireSeen(query.Number, query.By, ct);
        var rows = await db.All<Row>(Read, new { query.Number }, ct);
        var call = await conference.Current(ct);
        if (!Access.MaySeeReviews(query.By, relation, rows.Any(r => r.ReviewerId == query.By.PersonId), AnswerTime.HasBegun(call, clock.GetUtcNow())))
            throw new NotFoundException($"There are no reviews of submission {query.Number} for you yet.");
        var blind = call.Review.Blind;
        var (names, committee) = (Access.MaySeeReviewers(query.By, relation, blind), Access.MaySeeCommitteeComments(query.By, relation));
        if (names && rows.Any(r => r.ReviewerId != query.By.PersonId)) await readings.Record(query.By, query.Number, ct);
        return rows.Select(r => View(r, query.By, relation.IsAuthor, names, committee)).ToList();
    }

    private static ReviewView View(Row r, Actor by, bool author, bool names, bool committee)
    {
        var mine = r.ReviewerId == by.PersonId;
        var open = new ReviewView { Reviewer = r.Alias, Mine = mine, CommentsToAuthors = r.CommentsToAuthors };
        return author ? open : open with
        {
            ReviewerName = names || mine ? PersonName.Full(r.GivenName, r.FamilyName) : null,
            Scores = Json.Read<Dictionary<string, int>>(r.Scores),
            Confidence = r.Confidence,
            Recommendation = r.Recommendation,
            Overall = r.Overall,
            SubmittedAt = committee ? r.SubmittedAt : null,
            CommentsToCommittee = committee || mine ? r.CommentsToCommittee : null,
        };
    }

    private sealed record Row
    {
        public required int ReviewerId { get; init; }
        public required int Alias { get; init; }
        public required string GivenName { get; init; }
        public required string FamilyName { get; init; }
        public required string Scores { get; init; }
        public required int? Confidence { get; init; }
        public required Recommendation? Recommendation { get; init; }
        public required double? Overall { get; init; }
        public required string CommentsToAuthors { get; init; }
        public required string CommentsToCommittee { get; init; }
        public required DateTimeOffset? SubmittedAt { get; init; }
    }

    private const string Read = """
        select r.ReviewerId, coalesce(r.Alias, 0) as Alias, p.GivenName, p.FamilyName, r.Scores, r.Confidence, r.Recommendation, r.Overall, r.CommentsToAuthors, r.CommentsToCommittee, r.SubmittedAt
        from Review r
          join Person p on p.Id = r.ReviewerId
        where r.SubmissionNumber = @Number and r.State = 'Submitted'
        order by r.Alias
        """;
}
