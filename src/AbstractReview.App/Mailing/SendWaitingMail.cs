using AbstractReview.App.Call;
using AbstractReview.App.Jobs;
using AbstractReview.App.Storage;
using AbstractReview.Domain.Conferences;
using MediatR;

namespace AbstractReview.App.Mailing;

/// <summary>
/// Sends what waits in the outbox: each mail is claimed, handed over, and marked. A mail that was claimed by a process that
/// died, or whose answer was lost, is handed over again under the same Message-ID and counted as a repeat. When no server can be
/// reached the run ends, and nothing counts as tried. Answers how many were sent.
/// </summary>
[Timetable(Alarms.Mail, "* * * * *")]
public sealed record SendWaitingMail : IRequest<int>;

internal sealed class SendWaitingMailHandler(Db db, ConferenceReader conference, IFiles files, IMailTransport transport, MailHistory history, MailSettings settings, RequestsInHand requests, NodeName node, TimeProvider clock)
    : IRequestHandler<SendWaitingMail, int>
{
    private enum Outcome { Sent, NotSent, ServerAway }

    // While many requests wait: four mails a second, more than a mail server is usually offered.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    // Longer than any hand-over takes: connect, authenticate and send each end within the transport's time-out.
    private TimeSpan Lease => TimeSpan.FromSeconds(10 + (3 * settings.TimeoutSeconds));

    public async Task<int> Handle(SendWaitingMail request, CancellationToken ct)
    {
        if (await conference.TryCurrent(ct) is not { } sender) return 0;
        var sent = 0;
        while (!ct.IsCancellationRequested)
        {
            var waiting = await db.All<OutboxRow>(Waiting, new { now = clock.GetUtcNow(), beyond = clock.GetUtcNow() + Retry.Longest, machineNow = TimeProvider.System.GetUtcNow() }, ct);
            if (waiting.Count == 0) return sent;
            foreach (var row in waiting)
            {
                await requests.GoFirst(Patience, ct);
                if (ct.IsCancellationRequested) break;
                if (!await Claim(row, ct)) continue;
                var outcome = await HandOver(row with { Fence = row.Fence + 1, Attempts = row.Attempts + 1, Doubt = IsRepeat(row) }, sender);
                if (outcome == Outcome.ServerAway) return sent;
                if (outcome == Outcome.Sent) sent++;
                if (settings is { Host: not "", PerMinute: > 0 }) await Task.Delay(TimeSpan.FromMinutes(1.0 / settings.PerMinute), ct);
            }
        }

        return sent;
    }

    private Task<bool> Claim(OutboxRow row, CancellationToken ct) => db.Transaction(async () =>
    {
        var repeat = IsRepeat(row) ? 1 : 0;
        if (await db.Run(Take, new { row.Id, row.Fence, node = node.Value, until = TimeProvider.System.GetUtcNow() + Lease, repeat }, ct) == 0) return false;
        if (repeat == 1)
            await history.Tell(row.Id, MailEventKind.Repeated, row.State == "Sending"
                ? "The sender stopped before it knew whether the server had taken the mail; it is offered again under the same Message-ID."
                : "The answer to the last offer was lost; it is offered again under the same Message-ID.", ct);
        return true;
    }, ct);

    private static bool IsRepeat(OutboxRow row) => row.State == "Sending" || row.Doubt;

    // A hand-over that began is brought to its end even when the program stops: it ends within the transport's time-outs.
    private async Task<Outcome> HandOver(OutboxRow row, Conference sender)
    {
        try
        {
            var pdf = row.PdfSha256 is null ? null : await files.Get(row.PdfSha256, CancellationToken.None)
                ?? throw new InvalidDataException($"Its file {row.PdfSha256} is missing.");
            using var message = Messages.Write(row, pdf, sender);
            await transport.Send(row.Id, message, CancellationToken.None);
        }
        catch (MailServerAwayException away)
        {
            await db.Run(GiveBack, new { row.Id, row.Fence, words = Retry.Words(away), doubt = row.Doubt ? 1 : 0 }, CancellationToken.None);
            return Outcome.ServerAway;
        }
        catch (Exception failure) when (Retry.Worth(failure) is { } worth)
        {
            await Failed(row, failure, worth && row.Attempts < Retry.MostAttempts);
            Measures.MailsFailed.Add(1);
            return Outcome.NotSent;
        }

        await db.Transaction(async () =>
        {
            if (await db.Run(Done, new { row.Id, row.Fence, now = clock.GetUtcNow() }, CancellationToken.None) == 1)
                await history.Tell(row.Id, MailEventKind.Sent, $"Taken for {row.ToEmail}.", CancellationToken.None);
        }, CancellationToken.None);
        Measures.MailsSent.Add(1);
        return Outcome.Sent;
    }

    private Task Failed(OutboxRow row, Exception failure, bool again) => db.Transaction(async () =>
    {
        var (words, lost) = (Retry.Words(failure), failure is AnswerLostException);
        var next = clock.GetUtcNow() + Retry.Pause(settings.RetrySeconds, row.Attempts, row.Id);
        await db.Run(Fail, new { row.Id, row.Fence, state = again ? "Waiting" : "Failed", words, next, doubt = lost ? 1 : 0 }, CancellationToken.None);
        var kind = failure is MailKit.Net.Smtp.SmtpCommandException or MimeKit.ParseException or NotSupportedException ? MailEventKind.Refused : MailEventKind.Broken;
        await history.Tell(row.Id, kind, words, CancellationToken.None);
    }, CancellationToken.None);

    // Whose time lies further ahead than any pause, or before whose making the clock now stands, was queued before the clock went back: it is due.
    private const string Waiting = """
        select o.Id, o.Kind, o.ToEmail, o.ToName, o.Subject, o.BodyText, o.BodyHtml, o.MessageId, o.State, o.Attempts, o.Fence, o.Doubt, o.CreatedAt,
               l.SubmissionNumber, coalesce(l.PdfSha256, o.FileSha256) as PdfSha256, o.FileName
        from Outbox o
        left join Letter l on l.Id = o.LetterId
        where (o.State = 'Waiting' and (o.NextAttemptAt <= @now or o.NextAttemptAt > @beyond or (o.Attempts = 0 and o.CreatedAt > @now))) or (o.State = 'Sending' and o.ClaimedUntil < @machineNow)
        order by o.Id
        offset 0 rows fetch next 50 rows only
        """;

    private const string Take = """
        update Outbox
        set State = 'Sending', ClaimedBy = @node, ClaimedUntil = @until, Fence = Fence + 1, Attempts = Attempts + 1, Repeats = Repeats + @repeat, Doubt = 0
        where Id = @Id and Fence = @Fence and State in ('Waiting', 'Sending')
        """;

    private const string Done = """
        update Outbox
        set State = 'Sent', SentAt = @now, LastError = null, ClaimedBy = null, ClaimedUntil = null
        where Id = @Id and Fence = @Fence and State = 'Sending'
        """;

    // A decision that changed while its old letter was being offered: the letter is not offered again.
    private const string Fail = """
        update Outbox
        set State = case when exists (select 1 from Letter l where l.Id = Outbox.LetterId and l.State = 'Superseded') then 'Superseded' else @state end,
            LastError = @words, NextAttemptAt = @next, Doubt = @doubt, ClaimedBy = null, ClaimedUntil = null
        where Id = @Id and Fence = @Fence and State = 'Sending'
        """;

    private const string GiveBack = """
        update Outbox
        set State = case when exists (select 1 from Letter l where l.Id = Outbox.LetterId and l.State = 'Superseded') then 'Superseded' else 'Waiting' end,
            LastError = @words, Attempts = Attempts - 1, Repeats = Repeats - @doubt, Doubt = @doubt, ClaimedBy = null, ClaimedUntil = null
        where Id = @Id and Fence = @Fence and State = 'Sending'
        """;
}
