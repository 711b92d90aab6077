using AbstractReview.App.Audit;
using AbstractReview.App.Jobs;
using AbstractReview.App.Mailing;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Letters;

/// <summary>
/// A letter that failed is tried again: one that could not be written is written again, one that could not be sent is sent again, to the
/// same address, under the same Message-ID.
/// </summary>
public sealed record RetryLetter(int Id, Actor By) : ICommand<Unit>;

internal sealed class RetryLetterHandler(Db db, AuditLog audit, MailHistory history, IAlarm alarm, TimeProvider clock) : IRequestHandler<RetryLetter, Unit>
{
    public async Task<Unit> Handle(RetryLetter command, CancellationToken ct)
    {
        Access.Require(Access.MaySeeLetters(command.By), "try letters again");
        var outboxId = await db.One<int?>(FindMail, new { command.Id }, ct) ?? throw new NotFoundException($"There is no letter {command.Id}.");
        var rewritten = await db.Run(WriteAgain, new { command.Id }, ct);
        var sent = rewritten > 0 ? 0 : await db.Run(SendAgain, new { command.Id, now = clock.GetUtcNow() }, ct);
        if (rewritten + sent == 0) throw new RuleBrokenException($"Letter {command.Id} did not fail, or was superseded: there is nothing to try again.");
        await history.Tell(outboxId, MailEventKind.Retried, $"{command.By.Words} had it {(rewritten > 0 ? "written" : "tried")} again.", ct);
        await audit.Write(command.By, "letter.retried", "letter", command.Id, null, new { rewritten = rewritten > 0 }, ct);
        db.AfterCommit(() => alarm.Ring(rewritten > 0 ? Alarms.Letters : Alarms.Mail));
        return Unit.Value;
    }

    private const string FindMail = "select Id from Outbox where LetterId = @Id";
    private const string WriteAgain = "update Letter set State = 'Queued', Error = null where Id = @Id and State = 'Failed'";

    private const string SendAgain = """
        update Outbox
        set State = 'Waiting', NextAttemptAt = @now, Attempts = 0, LastError = null
        where LetterId = @Id and State = 'Failed'
          and exists (select 1 from Letter l where l.Id = Outbox.LetterId and l.State = 'Typeset')
        """;
}
