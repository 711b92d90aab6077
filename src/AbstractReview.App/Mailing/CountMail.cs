using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Mailing;

/// <summary>How much mail waits, and for when.</summary>
public sealed record CountMail(Actor By) : IQuery<MailCounts>;

public sealed record MailCounts
{
    /// <summary>To be handed over, now or later, and being handed over.</summary>
    public required int Waiting { get; init; }

    public required int Sent { get; init; }

    /// <summary>Refused for good, or tried too often.</summary>
    public required int Failed { get; init; }

    /// <summary>When the next of them may be tried; null when none waits.</summary>
    public required DateTimeOffset? NextAt { get; init; }
}

internal sealed class CountMailHandler(Db db) : IRequestHandler<CountMail, MailCounts>
{
    public async Task<MailCounts> Handle(CountMail query, CancellationToken ct)
    {
        Access.Require(Access.MaySeeLetters(query.By), "see the mail");
        return (await db.One<MailCounts>(Count, null, ct))!;
    }

    private const string Count = """
        select coalesce(sum(case when State in ('Waiting', 'Sending') then 1 else 0 end), 0) as Waiting,
               coalesce(sum(case when State = 'Sent' then 1 else 0 end), 0) as Sent,
               coalesce(sum(case when State = 'Failed' then 1 else 0 end), 0) as Failed,
               min(case when State = 'Waiting' then NextAttemptAt else null end) as NextAt
        from Outbox
        """;
}
