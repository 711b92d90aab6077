using AbstractReview.App.Audit;
using AbstractReview.App.Jobs;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Mailing;

/// <summary>Sends a mail that failed again, under its Message-ID, with all its attempts before it.</summary>
public sealed record RetryMail(int Id, Actor By) : ICommand<Unit>;

internal sealed class RetryMailHandler(Db db, AuditLog audit, MailHistory history, IAlarm alarm, TimeProvider clock) : IRequestHandler<RetryMail, Unit>
{
    public async Task<Unit> Handle(RetryMail command, CancellationToken ct)
    {
        Access.Require(Access.MaySeeLetters(command.By), "send mail again");
        if (await db.One<int>(Count, new { command.Id }, ct) == 0) throw new NotFoundException($"There is no mail {command.Id}.");
        if (await db.Run(Again, new { command.Id, now = clock.GetUtcNow() }, ct) == 0) throw new RuleBrokenException($"Mail {command.Id} did not fail, or its letter was superseded.");
        await history.Tell(command.Id, MailEventKind.Retried, $"{command.By.Words} had it tried again.", ct);
        await audit.Write(command.By, "mail.retried", "mail", command.Id, new { State = "Failed" }, new { State = "Waiting" }, ct);
        db.AfterCommit(() => alarm.Ring(Alarms.Mail));
        return Unit.Value;
    }

    private const string Count = "select count(*) from Outbox where Id = @Id";

    private const string Again = """
        update Outbox
        set State = 'Waiting', NextAttemptAt = @now, Attempts = 0, LastError = null
        where Id = @Id and State = 'Failed'
          and not exists (select 1 from Letter l where l.Id = Outbox.LetterId and l.State <> 'Typeset')
        """;
}
