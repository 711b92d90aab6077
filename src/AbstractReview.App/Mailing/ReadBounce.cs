using AbstractReview.App.Audit;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;
using MimeKit;

namespace AbstractReview.App.Mailing;

/// <summary>
/// Reads a delivery status notification (RFC 3464) and marks the mail it is about. Answers the mail's row, or null when the notification
/// tells of no failure or of no mail of ours.
/// </summary>
public sealed record ReadBounce(byte[] Message, Actor By) : ICommand<int?>;

internal sealed class ReadBounceHandler(Db db, AuditLog audit, MailHistory history, TimeProvider clock) : IRequestHandler<ReadBounce, int?>
{
    public async Task<int?> Handle(ReadBounce command, CancellationToken ct)
    {
        Access.Require(Access.MaySeeLetters(command.By), "read bounces");
        using var message = Parse(command.Message);
        if (Failure(message) is not { } reason) return null;
        foreach (var messageId in About(message))
        {
            if (await db.One<int?>(Find, new { messageId }, ct) is not { } id) continue;
            // Read a second time, or about a mail that was sent to another address since: nothing new.
            if (await db.Run(Mark, new { id, reason, now = clock.GetUtcNow() }, ct) == 0) return null;
            await history.Tell(id, MailEventKind.Bounced, reason, ct);
            await audit.Write(command.By, "mail.bounced", "mail", id, null, new { reason }, ct);
            return id;
        }

        return null;
    }

    private static MimeMessage Parse(byte[] bytes)
    {
        try
        {
            return MimeMessage.Load(new MemoryStream(bytes));
        }
        catch (FormatException)
        {
            throw new RuleBrokenException("This file is no mail message.");
        }
    }

    // The first group tells of the message, each further one of a recipient.
    private static string? Failure(MimeMessage message)
    {
        var failed = message.BodyParts.OfType<MessageDeliveryStatus>().SelectMany(s => s.StatusGroups).FirstOrDefault(g => g["Action"]?.Trim().Equals("failed", StringComparison.OrdinalIgnoreCase) == true);
        if (failed is null) return null;
        var words = $"{failed["Status"]} {failed["Diagnostic-Code"]}".Trim();
        return words.Length <= 500 ? words : words[..500];
    }

    // The returned message, or its headers alone, carries our Message-ID.
    private static IEnumerable<string> About(MimeMessage message)
    {
        foreach (var part in message.BodyParts.OfType<MessagePart>())
            if (part.Message?.MessageId is { } id) yield return id;
        foreach (var part in message.BodyParts.OfType<TextPart>().Where(p => p.ContentType.IsMimeType("text", "rfc822-headers")))
            if (HeaderList.Load(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(part.Text + "\r\n")))[HeaderId.MessageId] is { } id)
                yield return id.Trim().Trim('<', '>');
    }

    private const string Find = "select Id from Outbox where MessageId = @messageId";
    private const string Mark = "update Outbox set BouncedAt = @now, BounceReason = @reason where Id = @id and State = 'Sent' and BouncedAt is null";
}
