using AbstractReview.App.Audit;
using AbstractReview.App.Jobs;
using AbstractReview.App.Mailing;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Letters;

/// <summary>
/// Sends a written letter once more, to a corrected address where one is given: what the server had taken goes out as a new message,
/// what it never took under its old Message-ID. A letter that waits only takes the address.
/// </summary>
/// <param name="Id">The letter.</param>
/// <param name="Email">Where it goes from now on; null for where it went before.</param>
/// <param name="By">Who sends it.</param>
public sealed record ResendLetter(int Id, string? Email, Actor By) : ICommand<Unit>;

internal sealed class ResendLetterHandler(Db db, AuditLog audit, MailHistory history, IAlarm alarm, TimeProvider clock) : IRequestHandler<ResendLetter, Unit>
{
    public async Task<Unit> Handle(ResendLetter command, CancellationToken ct)
    {
        Access.Require(Access.MaySeeLetters(command.By), "send letters again");
        var row = await db.One<Row>(Read, new { command.Id }, ct) ?? throw new NotFoundException($"There is no letter {command.Id}.");
        var email = string.IsNullOrWhiteSpace(command.Email) ? row.ToEmail : command.Email.Trim();
        if (!MailAddress.IsValid(email)) throw new RuleBrokenException("email", $"“{email}” is not an e-mail address.");
        if (row.LetterState == "Superseded") throw new RuleBrokenException($"Letter {command.Id} was superseded by a newer decision: the newer letter is the one to send.");
        if (row.LetterState == "Erased") throw new RuleBrokenException($"Letter {command.Id} was emptied: nothing of it is left to send.");
        var corrected = !string.Equals(email, row.ToEmail, StringComparison.Ordinal);
        if (await db.Run(SendAgain, new { command.Id, email, now = clock.GetUtcNow() }, ct) == 0 && (!corrected || await db.Run(Correct, new { command.Id, email }, ct) == 0))
            throw new RuleBrokenException($"Letter {command.Id} is on its way just now. Look again in a minute.");
        await history.Tell(row.OutboxId, corrected ? MailEventKind.Corrected : MailEventKind.Resent, corrected
            ? $"{command.By.Words} corrected the address from {(row.ToEmail == "" ? "none" : row.ToEmail)} to {email}."
            : $"{command.By.Words} sent it once more.", ct);
        await audit.Write(command.By, "letter.resent", "letter", command.Id, new { row.ToEmail }, new { ToEmail = email }, ct);
        db.AfterCommit(() => alarm.Ring(Alarms.Mail));
        return Unit.Value;
    }

    private sealed record Row
    {
        public required int OutboxId { get; init; }
        public required string ToEmail { get; init; }
        public required string LetterState { get; init; }
    }

    private const string Read = """
        select o.Id as OutboxId, o.ToEmail, l.State as LetterState
        from Outbox o
        join Letter l on l.Id = o.LetterId
        where o.LetterId = @Id
        """;

    private const string SendAgain = """
        update Outbox
        set State = 'Waiting', ToEmail = @email, NextAttemptAt = @now, Attempts = 0, LastError = null,
            MessageId = case when State = 'Sent' then concat('again-', Fence, '-', MessageId) else MessageId end,
            SentAt = null, BouncedAt = null, BounceReason = null
        where LetterId = @Id and State in ('Failed', 'Sent')
        """;

    private const string Correct = "update Outbox set ToEmail = @email where LetterId = @Id and State in ('Held', 'Waiting')";
}
