using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Reviews;
using AbstractReview.Domain.Submissions;
using MediatR;

namespace AbstractReview.App.Reviews;

/// <summary>What waits for a reviewer: due or drafted first, then what is done, then what is closed.</summary>
public sealed record ReadQueue(Actor By) : IQuery<ReviewQueue>;

/// <param name="DueAt">When reviews are due.</param>
/// <param name="Items">In the order to work through.</param>
public sealed record ReviewQueue(DateTimeOffset DueAt, IReadOnlyList<QueueItem> Items)
{
    public int Left => Items.Count(i => i.Open);
    public int Done => Items.Count(i => i.State == QueueState.Done);

    /// <summary>The next still to be done after a submission, from the top again at the end; null when it is the only one or all is done.</summary>
    public QueueItem? After(int number)
    {
        var open = Items.Where(i => i.Open && i.Number != number).ToList();
        return open.Find(i => i.Number > number) ?? open.FirstOrDefault();
    }
}

/// <summary>Due: nothing written. Draft: begun. Late: not done though the deadline has passed and late reviews are taken. Closed: not done and too late.</summary>
public enum QueueState { Late, Draft, Due, Done, Closed }

public sealed record QueueItem(int Number, string Title, string AreaCode, QueueState State, bool Begun, int Version)
{
    /// <summary>Still to be done.</summary>
    public bool Open => State is QueueState.Due or QueueState.Draft or QueueState.Late;
}

internal sealed class ReadQueueHandler(Db db, ConferenceReader conference, TimeProvider clock) : IRequestHandler<ReadQueue, ReviewQueue>
{
    public async Task<ReviewQueue> Handle(ReadQueue query, CancellationToken ct)
    {
        Access.Require(query.By.SignedIn, "see a review queue without signing in");
        var call = await conference.Current(ct);
        var now = clock.GetUtcNow();
        var rows = await db.All<Row>(Mine, new { query.By.PersonId }, ct);
        var due = ReviewTime.Due(call);
        var items = rows.Select(r => new QueueItem(r.Number, r.Title, r.AreaCode, StateOf(r, ReviewTime.IsOpen(call, r.State, now), now > due), r.ReviewState is not null, r.Version ?? 0));
        return new ReviewQueue(due, items.OrderBy(i => i.State is QueueState.Done ? 1 : i.State is QueueState.Closed ? 2 : 0).ThenBy(i => i.Number).ToList());
    }

    private static QueueState StateOf(Row row, bool open, bool late) => row.ReviewState switch
    {
        ReviewState.Submitted => QueueState.Done,
        _ when !open => QueueState.Closed,
        _ when late => QueueState.Late,
        ReviewState.Draft => QueueState.Draft,
        _ => QueueState.Due,
    };

    private sealed record Row
    {
        public required int Number { get; init; }
        public required string Title { get; init; }
        public required string AreaCode { get; init; }
        public required SubmissionState State { get; init; }
        public required ReviewState? ReviewState { get; init; }
        public required int? Version { get; init; }
    }

    private const string Mine = """
        select s.Number, s.Title, s.AreaCode, s.State, r.State as ReviewState, r.Version
        from Assignment a
          join Submission s on s.Number = a.SubmissionNumber
          left join Review r on r.SubmissionNumber = a.SubmissionNumber and r.ReviewerId = a.ReviewerId
        where a.ReviewerId = @PersonId and a.State = 'Assigned' and s.State <> 'Draft' and s.State <> 'Withdrawn'
          and not exists (select 1 from Conflict c where c.ReviewerId = a.ReviewerId and c.SubmissionNumber = a.SubmissionNumber and c.DismissedAt is null)
        order by s.Number
        """;
}
