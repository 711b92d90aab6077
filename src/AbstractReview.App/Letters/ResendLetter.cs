using AbstractReview.App.Audit;
using AbstractReview.App.Jobs;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Letters;

/// <summary>
/// Tries a letter in trouble again: one that could not be written is written again, one that failed or bounced is sent again, to a
/// corrected address where one is given. A mail the server had taken goes out as a new message, any other under its old Message-ID.
/// </summary>
public sealed record ResendLetter(int Id, string? Email, Actor By) : ICommand<Unit>;

internal sealed class ResendLetterHandler(Db db, AuditLog audit, IAlarm alarm, TimeProvider clock) : IRequestHandler<ResendLetter, Unit>
{
    public async Task<Unit> Handle(ResendLetter command, CancellationToken ct)
    {
        Access.Require(Access.MaySeeLetters(command.By), "send letters again");
        var email = string.IsNullOrWhiteSpace(command.Email) ? null : command.Email.Trim();
        if (email is not null && !MailAddress.IsValid(email)) throw new RuleBrokenException("email", $"“{email}” is not an e-mail address.");
        var row = await db.One<Row>(Read, new { command.Id }, ct) ?? throw new NotFoundException($"There is no letter {command.Id}.");
        var rewritten = await db.Run(WriteAgain, new { command.Id }, ct);
        var sent = await db.Run(SendAgain, new { command.Id, email, now = clock.GetUtcNow() }, ct);
        if (rewritten + sent == 0) throw new RuleBrokenException("This letter is not in trouble: it waits, was sent, or was superseded.");
        await audit.Write(command.By, "letter.resent", "letter", command.Id, new { row.ToEmail }, new { ToEmail = email ?? row.ToEmail }, ct);
        db.AfterCommit(() => alarm.Ring(rewritten > 0 ? Alarms.Letters : Alarms.Mail));
        return Unit.Value;
    }

    private sealed record Row
    {
        public required string ToEmail { get; init; }
    }

    private const string Read = "select ToEmail from Outbox where LetterId = @Id";
    private const string WriteAgain = "update Letter set State = 'Queued', Error = null where Id = @Id and State = 'Failed'";

    private const string SendAgain = """
        update Outbox
        set State = 'Waiting', ToEmail = coalesce(@email, ToEmail), NextAttemptAt = @now, Attempts = 0, LastError = null,
            MessageId = case when State = 'Sent' then concat('again-', Fence, '-', MessageId) else MessageId end,
            SentAt = null, BouncedAt = null, BounceReason = null
        where LetterId = @Id and (State = 'Failed' or (State = 'Sent' and BouncedAt is not null))
        """;
}
