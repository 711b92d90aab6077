using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Reviews;
using AbstractReview.Domain.Submissions;
using MediatR;

namespace AbstractReview.App.Reviews;

/// <summary>What a reviewer has in front of them: the submission as the call's blindness shows it, and their own review.</summary>
public sealed record ReadMyReview(int Number, Actor By) : IQuery<MyReview>;

public sealed record MyReview
{
    public required int Number { get; init; }
    public required string Title { get; init; }
    public required string Abstract { get; init; }
    public required string AreaCode { get; init; }
    public required IReadOnlyList<string> Topics { get; init; }
    public required IReadOnlyList<string> Keywords { get; init; }
    public required string Presentation { get; init; }
    /// <summary>Empty where the call hides them.</summary>
    public required IReadOnlyList<AuthorName> Authors { get; init; }
    public required IReadOnlyList<AttachmentView> Attachments { get; init; }
    public required ReviewForm Form { get; init; }
    /// <summary>Null before the first save.</summary>
    public required ReviewState? State { get; init; }
    public required double? Overall { get; init; }
    public required DateTimeOffset? UpdatedAt { get; init; }
    /// <summary>0 before the first save.</summary>
    public required int Version { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    /// <summary>It may still change.</summary>
    public required bool Open { get; init; }
    /// <summary>What the call asks.</summary>
    public required ReviewRules Rules { get; init; }
}

public sealed record AuthorName
{
    public required string GivenName { get; init; }
    public required string FamilyName { get; init; }
    public required string Affiliation { get; init; }
    public required string Country { get; init; }
}

internal sealed class ReadMyReviewHandler(Db db, Relations relations, ConferenceReader conference, ReviewRows rows, TimeProvider clock) : IRequestHandler<ReadMyReview, MyReview>
{
    public async Task<MyReview> Handle(ReadMyReview query, CancellationToken ct)
    {
        var relation = await relations.RequireSeen(query.Number, query.By, ct);
        Access.Require(Access.MayReview(query.By, relation), $"review submission {query.Number}");
        var call = await conference.Current(ct);
        var submission = (await db.One<Row>(Read, new { query.Number }, ct))!;
        var named = Access.MaySeeAuthors(query.By, relation, call.Review.Blind);
        var review = await rows.Of(query.Number, query.By.PersonId, ct);
        return new MyReview
        {
            Number = query.Number,
            Title = submission.Title,
            Abstract = submission.Abstract,
            AreaCode = submission.AreaCode,
            Topics = Json.Read<List<string>>(submission.Topics),
            Keywords = Json.Read<List<string>>(submission.Keywords),
            Presentation = submission.Presentation,
            Attachments = await ReadSubmissionHandler.Attached(db, query.Number, named, ct),
            Authors = named ? await db.All<AuthorName>(ReadAuthors, new { query.Number }, ct) : [],
            Form = review?.Form ?? new ReviewForm(),
            State = review?.State,
            Overall = review?.Overall,
            UpdatedAt = review?.UpdatedAt,
            Version = review?.Version ?? 0,
            DueAt = ReviewTime.Due(call),
            Open = ReviewTime.IsOpen(call, relation.State, clock.GetUtcNow()),
            Rules = call.Review,
        };
    }

    private sealed record Row
    {
        public required string Title { get; init; }
        public required string Abstract { get; init; }
        public required string AreaCode { get; init; }
        public required string Topics { get; init; }
        public required string Keywords { get; init; }
        public required string Presentation { get; init; }
        public required SubmissionState State { get; init; }
    }

    private const string Read = "select Title, Abstract, AreaCode, Topics, Keywords, Presentation, State from Submission where Number = @Number";
    private const string ReadAuthors = "select GivenName, FamilyName, Affiliation, Country from Author where SubmissionNumber = @Number order by Position";
}
