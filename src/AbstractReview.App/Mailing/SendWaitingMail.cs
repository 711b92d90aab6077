using AbstractReview.App.Call;
using AbstractReview.App.Jobs;
using AbstractReview.App.Storage;
using MailKit.Net.Smtp;
using MediatR;

namespace AbstractReview.App.Mailing;

/// <summary>
/// Sends what waits in the outbox: each mail is claimed, handed over, and marked. A mail that was claimed by a process that
/// died is handed over again under the same Message-ID and counted as a repeat. Answers how many were sent.
/// </summary>
[Timetable(Alarms.Mail, "* * * * *")]
public sealed record SendWaitingMail : IRequest<int>;

internal sealed class SendWaitingMailHandler(Db db, ConferenceReader conference, IFiles files, IMailTransport transport, MailSettings settings, NodeName node, TimeProvider clock)
    : IRequestHandler<SendWaitingMail, int>
{
    // Longer than any hand-over takes: connect, authenticate and send each end within the transport's time-out.
    private TimeSpan Lease => TimeSpan.FromSeconds(10 + (3 * settings.TimeoutSeconds));

    public async Task<int> Handle(SendWaitingMail request, CancellationToken ct)
    {
        if (await conference.TryCurrent(ct) is not { } sender) return 0;
        var sent = 0;
        while (!ct.IsCancellationRequested)
        {
            var waiting = await db.All<OutboxRow>(Waiting, new { now = clock.GetUtcNow(), machineNow = TimeProvider.System.GetUtcNow() }, ct);
            if (waiting.Count == 0) return sent;
            foreach (var row in waiting)
            {
                if (!await Claim(row, ct)) continue;
                if (await HandOver(row with { Fence = row.Fence + 1, Attempts = row.Attempts + 1 }, sender, ct)) sent++;
                if (settings is { Host: not "", PerMinute: > 0 }) await Task.Delay(TimeSpan.FromMinutes(1.0 / settings.PerMinute), ct);
            }
        }

        return sent;
    }

    private async Task<bool> Claim(OutboxRow row, CancellationToken ct)
        => await db.Run(Take, new { row.Id, row.Fence, node = node.Value, until = TimeProvider.System.GetUtcNow() + Lease, repeat = row.State == "Sending" ? 1 : 0 }, ct) == 1;

    private async Task<bool> HandOver(OutboxRow row, Domain.Conferences.Conference sender, CancellationToken ct)
    {
        try
        {
            var pdf = row.PdfSha256 is null ? null : await files.Get(row.PdfSha256, ct)
                ?? throw new InvalidDataException($"Its file {row.PdfSha256} is missing.");
            using var message = Messages.Write(row, pdf, sender);
            await transport.Send(row.Id, message, ct);
        }
        catch (Exception failure) when (Retry.Worth(failure) is { } worth)
        {
            var again = worth && row.Attempts < Retry.MostAttempts;
            await db.Run(Fail, new
            {
                row.Id, row.Fence, state = again ? "Waiting" : "Failed", words = Retry.Words(failure), next = clock.GetUtcNow() + Retry.Pause(row.Attempts, row.Id),
            }, CancellationToken.None);
            return false;
        }

        await db.Run(Done, new { row.Id, row.Fence, now = clock.GetUtcNow() }, CancellationToken.None);
        return true;
    }

    private const string Waiting = """
        select o.Id, o.Kind, o.ToEmail, o.ToName, o.Subject, o.BodyText, o.BodyHtml, o.MessageId, o.State, o.Attempts, o.Fence, o.CreatedAt,
               l.SubmissionNumber, coalesce(l.PdfSha256, o.FileSha256) as PdfSha256, o.FileName
        from Outbox o
        left join Letter l on l.Id = o.LetterId
        where (o.State = 'Waiting' and o.NextAttemptAt <= @now) or (o.State = 'Sending' and o.ClaimedUntil < @machineNow)
        order by o.Id
        offset 0 rows fetch next 50 rows only
        """;

    private const string Take = """
        update Outbox
        set State = 'Sending', ClaimedBy = @node, ClaimedUntil = @until, Fence = Fence + 1, Attempts = Attempts + 1, Repeats = Repeats + @repeat
        where Id = @Id and Fence = @Fence and State in ('Waiting', 'Sending')
        """;

    private const string Done = """
        update Outbox
        set State = 'Sent', SentAt = @now, LastError = null, ClaimedBy = null, ClaimedUntil = null
        where Id = @Id and Fence = @Fence and State = 'Sending'
        """;

    private const string Fail = """
        update Outbox
        set State = @state, LastError = @words, NextAttemptAt = @next, ClaimedBy = null, ClaimedUntil = null
        where Id = @Id and Fence = @Fence and State = 'Sending'
        """;
}

/// <summary>What to do about a failed hand-over: 4xx answers and broken connections pass (RFC 5321, 4.2.1), 5xx stand.</summary>
internal static class Retry
{
    public const int MostAttempts = 14;

    /// <summary>True when trying again is worth it, false when it is not, null when the failure is none of mail's.</summary>
    public static bool? Worth(Exception failure) => failure switch
    {
        OperationCanceledException => null,
        SmtpCommandException command => (int)command.StatusCode is >= 400 and < 500,
        SmtpProtocolException or IOException or TimeoutException or System.Net.Sockets.SocketException => true,
        MailKit.ServiceNotConnectedException or MailKit.ServiceNotAuthenticatedException => true,
        MailKit.Security.AuthenticationException or MailKit.Security.SslHandshakeException => true,
        MimeKit.ParseException or FormatException or ArgumentException or InvalidDataException => false,
        _ => null,
    };

    /// <summary>One minute doubled for each attempt, at most six hours, spread by up to a quarter by the mail's id so that not all come back at once.</summary>
    public static TimeSpan Pause(int attempts, int id)
    {
        var minutes = Math.Min(360, Math.Pow(2, attempts - 1));
        return TimeSpan.FromMinutes(minutes * (1 + (id % 16 / 64.0)));
    }

    public static string Words(Exception failure)
    {
        var words = failure is SmtpCommandException command ? $"{(int)command.StatusCode}: {command.Message}" : $"{failure.GetType().Name}: {failure.Message}";
        return words.Length <= 500 ? words : words[..500];
    }
}
