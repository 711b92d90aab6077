using System.Buffers.Text;
using AbstractReview.App.Mailing;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Submissions;
using AbstractReview.Typesetting;

namespace AbstractReview.App.Submissions;

/// <summary>
/// Makes one receipt: signature, page and the mails to the authors. Made twice at once, the first stands; made while somebody in it is erased, none
/// does, and the next is made from what is left.
/// </summary>
public sealed class ReceiptMaker(Db db, SigningKeys keys, IFiles files, NamelessFiles nameless, FontLibrary fonts, CoAuthorLinks links, Outbox outbox, TimeProvider clock)
{
    /// <exception cref="NotFoundException">There is no such revision.</exception>
    internal async Task Make(Conference conference, int number, int revision, CancellationToken ct)
    {
        var row = await Load(number, revision, ct) ?? throw new NotFoundException($"Submission {number} has no revision {revision}.");
        var received = new ReceivedRevision(number, revision, row.At, row.ContentHash, Json.Read<SubmissionContent>(row.Content));
        var statement = new ReceiptStatement(number, revision, row.At, row.ContentHash);
        var key = await keys.Current(ct);
        var signature = key.Sign(statement.Text);
        var pdf = Typeset(conference, statement, received.Content, statement.CodeWith(signature));
        var sha256 = pdf is null ? null : await files.Put(pdf, ct);
        var mails = await Mails(conference, received, row, sha256, ct);
        await db.Transaction(async () =>
        {
            if (await Load(number, revision, ct) != row)
            {
                // The page may show a name that is to be nowhere.
                if (sha256 is not null) await nameless.LetGo([sha256], ct);
                return;
            }

            if (await db.One<int>(Count, new { number, revision }, ct) > 0) return;
            await db.Run(Insert, new { number, revision, KeyId = key.Id, Signature = Base64Url.EncodeToString(signature), sha256, now = clock.GetUtcNow() }, ct);
            foreach (var mail in mails) await outbox.Queue(mail, ct);
        }, ct);
    }

    private Task<Row?> Load(int number, int revision, CancellationToken ct) => db.One<Row>(Read, new { number, revision }, ct);

    // Not of what came from another program: its authors know.
    private async Task<IReadOnlyList<Mail>> Mails(Conference conference, ReceivedRevision received, Row row, string? sha256, CancellationToken ct)
    {
        if (!row.TellsAuthors) return [];
        var page = sha256 is null ? null : new MailFile(sha256, NameOf(received.Number, received.Revision));
        var before = row.Before is null ? [] : Json.Read<SubmissionContent>(row.Before).Authors;
        return Receipts.For(conference, received, row.Email, PersonName.Full(row.GivenName, row.FamilyName), before, page, await links.For(conference, received.Number, ct));
    }

    internal static string NameOf(int number, int revision) => FormattableString.Invariant($"AR-{number}-receipt-{revision}.pdf");

    // A page that cannot be set must not keep the mail, which says all that the page says.
    private byte[]? Typeset(Conference conference, ReceiptStatement statement, SubmissionContent content, string code)
    {
        try
        {
            using var pdf = new MemoryStream();
            PdfRenderer.Render(ReceiptPages.Of(conference, statement, content, code), fonts, pdf);
            return pdf.ToArray();
        }
        catch (Exception failure) when (failure is InvalidDataException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private sealed record Row
    {
        public required DateTimeOffset At { get; init; }
        public required string Content { get; init; }
        public required string ContentHash { get; init; }
        public required bool TellsAuthors { get; init; }
        public required string? Before { get; init; }
        public required string Email { get; init; }
        public required string GivenName { get; init; }
        public required string FamilyName { get; init; }
    }

    private const string Read = """
        select r.At, r.Content, r.ContentHash, r.TellsAuthors, b.Content as Before, p.Email, p.GivenName, p.FamilyName
        from Revision r
          join Submission s on s.Number = r.SubmissionNumber
          join Person p on p.Id = s.OwnerId
          left join Revision b on b.SubmissionNumber = r.SubmissionNumber and b.Revision = r.Revision - 1
        where r.SubmissionNumber = @number and r.Revision = @revision
        """;

    private const string Count = "select count(*) from Receipt where SubmissionNumber = @number and Revision = @revision";

    private const string Insert = """
        insert into Receipt (SubmissionNumber, Revision, KeyId, Signature, PdfSha256, SignedAt)
        values (@number, @revision, @KeyId, @Signature, @sha256, @now)
        """;
}
