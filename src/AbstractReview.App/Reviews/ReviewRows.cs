using AbstractReview.App.Jobs;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Reviews;

namespace AbstractReview.App.Reviews;

/// <summary>A review as stored.</summary>
internal sealed record StoredReview
{
    public required ReviewState State { get; init; }
    public required ReviewForm Form { get; init; }
    public required double? Overall { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required DateTimeOffset? SubmittedAt { get; init; }
    public required int Version { get; init; }
}

/// <summary>A reviewer's own row: read, written with its version, kept in its history, and told to who collects the scores.</summary>
public sealed class ReviewRows(Db db, IAlarm alarm)
{
    /// <summary>How much writing one row of the history holds.</summary>
    private static readonly TimeSpan Stretch = TimeSpan.FromMinutes(15);

    internal async Task<StoredReview?> Of(int number, int reviewerId, CancellationToken ct)
        => await db.One<Row>(Read, new { number, reviewerId }, ct) is { } row
            ? new StoredReview
            {
                State = row.State,
                Form = new ReviewForm
                {
                    Scores = Json.Read<Dictionary<string, int>>(row.Scores), Confidence = row.Confidence, Recommendation = row.Recommendation,
                    CommentsToAuthors = row.CommentsToAuthors, CommentsToCommittee = row.CommentsToCommittee,
                },
                Overall = row.Overall, UpdatedAt = row.UpdatedAt, SubmittedAt = row.SubmittedAt, Version = row.Version,
            }
            : null;

    /// <summary>Stores the row whose version was 0 (not yet there) or more; the new version is one higher.</summary>
    internal async Task Store(int number, int reviewerId, StoredReview review, CancellationToken ct)
    {
        var values = new
        {
            number, reviewerId, State = review.State.ToString(), Scores = Json.Write(review.Form.Scores), review.Form.Confidence,
            Recommendation = review.Form.Recommendation?.ToString(), review.Overall, review.Form.CommentsToAuthors, review.Form.CommentsToCommittee,
            review.UpdatedAt, review.SubmittedAt, review.Version,
        };
        if (await db.Run(review.Version == 1 ? Insert : Update, values, ct) == 0)
            throw new StaleException("This review was saved elsewhere in the meantime.", review.Version);
        await Remember(number, reviewerId, review, ct);
    }

    /// <summary>The submission's scores have changed: its standing is due, and the job is rung once this is on disk.</summary>
    internal async Task MarkDue(int number, int wanted, CancellationToken ct)
    {
        if (await db.Run(MakeDue, new { number }, ct) == 0) await db.Run(InsertDue, new { number, wanted }, ct);
        db.AfterCommit(() => alarm.Ring(Alarms.Scores));
    }

    /// <summary>
    /// Gives the reviewer their number on this submission when they hand in for the first time; it stays theirs for ever. Which of the free numbers
    /// follows from the pair alone, so that numbers tell neither who was first nor who is who.
    /// </summary>
    internal async Task Name(int number, int reviewerId, int wanted, CancellationToken ct)
    {
        var taken = await db.All<NameRow>(ReadNames, new { number }, ct);
        if (taken.Any(t => t.ReviewerId == reviewerId)) return;
        var free = Enumerable.Range(1, Math.Max(wanted, taken.Count + 1)).Except(taken.Select(t => t.Alias)).ToList();
        var lot = unchecked(((uint)reviewerId * 2654435761u ^ (uint)number * 2246822519u) * 3266489917u) >> 8;
        await db.Run(StoreName, new { number, reviewerId, alias = free[(int)(lot % (uint)free.Count)] }, ct);
    }

    private async Task Remember(int number, int reviewerId, StoredReview review, CancellationToken ct)
    {
        var last = await db.One<LastRevision>(ReadLast, new { number, reviewerId }, ct);
        var goesOn = last is not null && last.State == ReviewState.Draft && review.UpdatedAt - last.At < Stretch;
        await db.Run(goesOn ? UpdateRevision : InsertRevision, new
        {
            number, reviewerId, revision = (last?.Revision ?? 0) + (goesOn ? 0 : 1), at = goesOn && review.State == ReviewState.Draft ? last!.At : review.UpdatedAt,
            state = review.State.ToString(), content = Json.Write(review.Form),
        }, ct);
    }

    private sealed record Row
    {
        public required ReviewState State { get; init; }
        public required string Scores { get; init; }
        public required int? Confidence { get; init; }
        public required Recommendation? Recommendation { get; init; }
        public required double? Overall { get; init; }
        public required string CommentsToAuthors { get; init; }
        public required string CommentsToCommittee { get; init; }
        public required DateTimeOffset UpdatedAt { get; init; }
        public required DateTimeOffset? SubmittedAt { get; init; }
        public required int Version { get; init; }
    }

    private sealed record NameRow
    {
        public required int ReviewerId { get; init; }
        public required int Alias { get; init; }
    }

    private sealed record LastRevision
    {
        public required int Revision { get; init; }
        public required DateTimeOffset At { get; init; }
        public required ReviewState State { get; init; }
    }

    private const string Read = """
        select State, Scores, Confidence, Recommendation, Overall, CommentsToAuthors, CommentsToCommittee, UpdatedAt, SubmittedAt, Version
        from Review
        where SubmissionNumber = @number and ReviewerId = @reviewerId
        """;

    private const string Insert = """
        insert into Review (SubmissionNumber, ReviewerId, State, Scores, Confidence, Recommendation, Overall, CommentsToAuthors, CommentsToCommittee, UpdatedAt, SubmittedAt, Version)
        values (@number, @reviewerId, @State, @Scores, @Confidence, @Recommendation, @Overall, @CommentsToAuthors, @CommentsToCommittee, @UpdatedAt, @SubmittedAt, @Version)
        """;

    private const string Update = """
        update Review
        set State = @State, Scores = @Scores, Confidence = @Confidence, Recommendation = @Recommendation, Overall = @Overall, CommentsToAuthors = @CommentsToAuthors,
            CommentsToCommittee = @CommentsToCommittee, UpdatedAt = @UpdatedAt, SubmittedAt = @SubmittedAt, Version = @Version
        where SubmissionNumber = @number and ReviewerId = @reviewerId and Version = @Version - 1
        """;

    private const string ReadNames = "select ReviewerId, Alias from Review where SubmissionNumber = @number and Alias is not null";
    private const string StoreName = "update Review set Alias = @alias where SubmissionNumber = @number and ReviewerId = @reviewerId";

    private const string MakeDue = "update Standing set Due = 1, Version = Version + 1 where SubmissionNumber = @number";

    private const string InsertDue = """
        insert into Standing (SubmissionNumber, Due, Wanted, Reviews, Document, Version)
        values (@number, 1, @wanted, 0, '{}', 1)
        """;

    private const string ReadLast = """
        select Revision, At, State
        from ReviewRevision
        where SubmissionNumber = @number and ReviewerId = @reviewerId
          and Revision = (select max(x.Revision) from ReviewRevision x where x.SubmissionNumber = @number and x.ReviewerId = @reviewerId)
        """;

    private const string InsertRevision = """
        insert into ReviewRevision (SubmissionNumber, ReviewerId, Revision, At, State, Content)
        values (@number, @reviewerId, @revision, @at, @state, @content)
        """;

    private const string UpdateRevision = """
        update ReviewRevision
        set At = @at, State = @state, Content = @content
        where SubmissionNumber = @number and ReviewerId = @reviewerId and Revision = @revision
        """;
}
