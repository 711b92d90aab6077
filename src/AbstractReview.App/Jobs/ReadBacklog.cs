using AbstractReview.App.Storage;
using MediatR;

namespace AbstractReview.App.Jobs;

/// <summary>How much work waits, for health and metrics.</summary>
public sealed record ReadBacklog : IRequest<Backlog>;

public sealed record Backlog
{
    public required int MailsWaiting { get; init; }
    /// <summary>The oldest mail that is due and not sent.</summary>
    public required DateTimeOffset? OldestMail { get; init; }
    public required int MailsFailed { get; init; }
    public required int JobsQueued { get; init; }
    public required DateTimeOffset? OldestJob { get; init; }
    public required int LettersWaiting { get; init; }
}

internal sealed class ReadBacklogHandler(Db db) : IRequestHandler<ReadBacklog, Backlog>
{
    public async Task<Backlog> Handle(ReadBacklog request, CancellationToken ct) => (await db.One<Backlog>(Read, null, ct))!;

    private const string Read = """
        select (select count(*) from Outbox where State in ('Waiting', 'Sending')) as MailsWaiting,
               (select min(NextAttemptAt) from Outbox where State = 'Waiting') as OldestMail,
               (select count(*) from Outbox where State = 'Failed') as MailsFailed,
               (select count(*) from Job where State in ('Queued', 'Running')) as JobsQueued,
               (select min(CreatedAt) from Job where State = 'Queued') as OldestJob,
               (select count(*) from Letter where State = 'Waiting') as LettersWaiting
        """;
}
