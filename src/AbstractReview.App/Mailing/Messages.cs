using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using MimeKit;
using MimeKit.Text;

namespace AbstractReview.App.Mailing;

/// <summary>A row of the outbox as a MIME message. MimeKit encodes names and subjects (RFC 2047), so that no text becomes a header.</summary>
internal static class Messages
{
    /// <summary>Kinds that a person did not write; other programs should not answer them (RFC 3834). Letters are written by people.</summary>
    private static readonly HashSet<string> Automatic = ["Reminder", "Digest", "Escalation", "Receipt", "Assignment", "Account", "AnswerInvitation"];

    /// <exception cref="InvalidDataException">The address is none.</exception>
    public static MimeMessage Write(OutboxRow row, byte[]? pdf, Conference conference)
    {
        var address = row.ToEmail.Trim();
        if (!MailAddress.IsValid(address)) throw new InvalidDataException(address == "" ? "There is no address." : $"“{address}” is no e-mail address.");
        var message = new MimeMessage { Subject = HeaderText.Of(row.Subject, HeaderText.Subject), MessageId = row.MessageId, Date = row.CreatedAt };
        message.From.Add(new MailboxAddress(conference.Mail.Name, conference.Mail.Address));
        message.To.Add(new MailboxAddress(HeaderText.Of(row.ToName, HeaderText.Name), address));
        if (Automatic.Contains(row.Kind)) message.Headers.Add("Auto-Submitted", "auto-generated");
        MimeEntity text = new TextPart(TextFormat.Plain) { Text = row.BodyText };
        if (row.BodyHtml is not null) text = new MultipartAlternative(text, new TextPart(TextFormat.Html) { Text = row.BodyHtml });
        message.Body = pdf is null ? text : new Multipart("mixed") { text, Attachment(row, pdf) };
        return message;
    }

    private static MimePart Attachment(OutboxRow row, byte[] pdf) => new("application", "pdf")
    {
        Content = new MimeContent(new MemoryStream(pdf)),
        ContentDisposition = new ContentDisposition(ContentDisposition.Attachment),
        ContentTransferEncoding = ContentEncoding.Base64,
        FileName = row.FileName ?? (row.SubmissionNumber is { } number ? FormattableString.Invariant($"letter-AR-{number}.pdf") : "letter.pdf"),
    };
}

/// <summary>What a mail's row holds for whoever sends it.</summary>
internal sealed record OutboxRow
{
    public required int Id { get; init; }
    public required string Kind { get; init; }
    public required string ToEmail { get; init; }
    public required string ToName { get; init; }
    public required string Subject { get; init; }
    public required string BodyText { get; init; }
    public required string? BodyHtml { get; init; }
    public required string MessageId { get; init; }
    public required string State { get; init; }
    public required int Attempts { get; init; }
    public required int Fence { get; init; }

    /// <summary>The answer to the offer before was lost.</summary>
    public required bool Doubt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required int? SubmissionNumber { get; init; }
    public required string? PdfSha256 { get; init; }
    /// <summary>The name of a file that is no letter.</summary>
    public required string? FileName { get; init; }
}
