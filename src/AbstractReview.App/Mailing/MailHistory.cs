using AbstractReview.App.Storage;

namespace AbstractReview.App.Mailing;

/// <summary>What happened to a mail that is worth telling.</summary>
public enum MailEventKind
{
    /// <summary>The server took it.</summary>
    Sent,

    /// <summary>The server answered no: for now (4xx) or for good (5xx).</summary>
    Refused,

    /// <summary>The connection broke before there was an answer.</summary>
    Broken,

    /// <summary>Handed over again under the same Message-ID because the answer to the time before was lost.</summary>
    Repeated,

    /// <summary>Another server told that it could not be delivered.</summary>
    Bounced,

    /// <summary>A person had it tried again.</summary>
    Retried,

    /// <summary>A person corrected its address.</summary>
    Corrected,

    /// <summary>A person sent it once more, as a new message.</summary>
    Resent,
}

/// <summary>The story of each mail, a row a step, written in the transaction of what it tells.</summary>
public sealed class MailHistory(Db db, TimeProvider clock)
{
    private const int MostCharacters = 1000;

    /// <summary>Adds a step. Call it within the transaction of the change it tells.</summary>
    public Task Tell(int outboxId, MailEventKind kind, string words, CancellationToken ct)
        => db.Run(Insert, new { outboxId, kind = kind.ToString(), words = words.Length <= MostCharacters ? words : words[..MostCharacters], now = clock.GetUtcNow() }, ct);

    /// <summary>The steps of a mail, the oldest first.</summary>
    public Task<IReadOnlyList<MailEventEntry>> Of(int outboxId, CancellationToken ct) => db.All<MailEventEntry>(Read, new { outboxId }, ct);

    private const string Insert = """
        insert into MailEvent (OutboxId, Step, At, Kind, Words)
        select @outboxId, coalesce(max(Step), 0) + 1, @now, @kind, @words
        from MailEvent
        where OutboxId = @outboxId
        """;

    private const string Read = "select At, Kind, Words from MailEvent where OutboxId = @outboxId order by Step";
}

/// <summary>One step of a mail's story.</summary>
public sealed record MailEventEntry
{
    public required DateTimeOffset At { get; init; }
    public required MailEventKind Kind { get; init; }
    public required string Words { get; init; }
}
