using System.Security.Cryptography;
using System.Text;
using AbstractReview.App.Call;
using AbstractReview.App.Jobs;
using AbstractReview.App.Storage;

namespace AbstractReview.App.Mailing;

/// <summary>A mail to be sent. Its key says what it is for; the same key is never queued twice.</summary>
public sealed record Mail
{
    /// <summary>Such as <c>receipt/42/1</c>: unique for ever.</summary>
    public required string Key { get; init; }
    public required string Kind { get; init; }
    public required string ToEmail { get; init; }
    public required string ToName { get; init; }
    public required string Subject { get; init; }
    public required string Text { get; init; }
    public string? Html { get; init; }
    /// <summary>The letter whose PDF is attached; the mail is held until it is typeset.</summary>
    public int? LetterId { get; init; }
    /// <summary>A stored file that goes with it and is no letter.</summary>
    public MailFile? File { get; init; }
}

/// <param name="Sha256">Under which it is stored.</param>
/// <param name="Name">Its name in the mail.</param>
public sealed record MailFile(string Sha256, string Name);

/// <summary>Mail is rows beside what caused it, in the same transaction; a job sends it.</summary>
public sealed class Outbox(Db db, ConferenceReader conference, IAlarm alarm, TimeProvider clock)
{
    /// <summary>Queues the mail; a mail whose key is already there stays as it is. Answers whether it was new.</summary>
    public async Task<bool> Queue(Mail mail, CancellationToken ct)
    {
        if (await db.One<int>(Count, new { mail.Key }, ct) > 0) return false;
        await QueueNew([mail], ct);
        return true;
    }

    /// <summary>Queues mails whose keys cannot be there yet, in few statements.</summary>
    public async Task QueueNew(IReadOnlyList<Mail> mails, CancellationToken ct)
    {
        if (mails.Count == 0) return;
        var domain = (await conference.Current(ct)).Mail.Address.Split('@')[^1];
        var now = clock.GetUtcNow();
        var last = await db.Take("Outbox", mails.Count, ct);
        await db.Run(Insert, mails.Select((mail, i) => new
        {
            Id = last - mails.Count + 1 + i,
            mail.Key,
            mail.Kind,
            ToEmail = HeaderText.Of(mail.ToEmail, HeaderText.Address),
            ToName = HeaderText.Of(mail.ToName, HeaderText.Name),
            Subject = HeaderText.Of(mail.Subject, HeaderText.Subject),
            mail.Text,
            mail.Html,
            mail.LetterId,
            FileSha256 = mail.File?.Sha256,
            FileName = mail.File?.Name,
            // Derived from the key: a mail sent again after a crash carries the same Message-ID.
            MessageId = $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mail.Key)))[..32]}@{domain}",
            State = mail.LetterId is null ? "Waiting" : "Held",
            now,
        }).ToList(), ct);
        db.AfterCommit(() => alarm.Ring(Alarms.Mail));
    }

    private const string Count = "select count(*) from Outbox where MailKey = @Key";

    private const string Insert = """
        insert into Outbox (Id, MailKey, Kind, ToEmail, ToName, Subject, BodyText, BodyHtml, LetterId, FileSha256, FileName, MessageId, State, Attempts, NextAttemptAt, Fence, CreatedAt)
        values (@Id, @Key, @Kind, @ToEmail, @ToName, @Subject, @Text, @Html, @LetterId, @FileSha256, @FileName, @MessageId, @State, 0, @now, 0, @now)
        """;
}
