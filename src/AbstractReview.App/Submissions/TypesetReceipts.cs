using AbstractReview.App.Call;
using AbstractReview.App.Jobs;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Submissions;
using AbstractReview.Typesetting;
using MediatR;

namespace AbstractReview.App.Submissions;

/// <summary>
/// Signs and typesets the receipt of each new revision and lets its mail go. Rung for at each submit it works a tenth of the time at most, a little
/// at once rather than a minute's worth. Answers how many it made.
/// </summary>
[Timetable(Alarms.Receipts, "* * * * *", Rest = 9)]
public sealed record TypesetReceipts : IRequest<int>;

internal sealed class TypesetReceiptsHandler(Db db, ConferenceReader conferences, ReceiptMaker maker, RequestsInHand requests) : IRequestHandler<TypesetReceipts, int>
{
    private const int Batch = 60;

    // While abstracts pour in: sixty a minute at least. The receipt's own page makes it at once.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public async Task<int> Handle(TypesetReceipts request, CancellationToken ct)
    {
        if (await conferences.TryCurrent(ct) is not { } conference) return 0;
        var made = 0;
        while (await db.All<Row>(Due, new { take = Batch }, ct) is { Count: > 0 } due)
            foreach (var row in due)
            {
                await requests.GoFirst(Patience, ct);
                ct.ThrowIfCancellationRequested();
                await maker.Make(conference, row.Number, row.Revision, ct);
                made++;
            }

        return made;
    }

    private sealed record Row
    {
        public required int Number { get; init; }
        public required int Revision { get; init; }
    }

    private const string Due = """
        select r.SubmissionNumber as Number, r.Revision
        from Revision r
          left join Receipt c on c.SubmissionNumber = r.SubmissionNumber and c.Revision = r.Revision
        where c.SubmissionNumber is null
        order by r.SubmissionNumber, r.Revision
        offset 0 rows fetch next @take rows only
        """;
}

/// <summary>Makes one receipt: signature, page, and its mail released. Made twice at once, the first stands.</summary>
public sealed class ReceiptMaker(Db db, SigningKeys keys, IFiles files, FontLibrary fonts, IAlarm alarm, TimeProvider clock)
{
    /// <exception cref="NotFoundException">There is no such revision.</exception>
    internal async Task Make(Conference conference, int number, int revision, CancellationToken ct)
    {
        var row = await db.One<Row>(Read, new { number, revision }, ct) ?? throw new NotFoundException($"Submission {number} has no revision {revision}.");
        var statement = new ReceiptStatement(number, revision, row.At, row.ContentHash);
        var key = await keys.Current(ct);
        var signature = key.Sign(statement.Text);
        var pdf = Typeset(conference, statement, Json.Read<SubmissionContent>(row.Content), statement.CodeWith(signature));
        var sha256 = pdf is null ? null : await files.Put(pdf, ct);
        await db.Transaction(async () =>
        {
            if (await db.One<int>(Count, new { number, revision }, ct) > 0) return;
            var now = clock.GetUtcNow();
            await db.Run(Insert, new { number, revision, KeyId = key.Id, Signature = System.Buffers.Text.Base64Url.EncodeToString(signature), sha256, now }, ct);
            var mails = new { keys = Receipts.KeysOf(number, revision), sha256, name = sha256 is null ? null : NameOf(number, revision), now };
            if (await db.Run(Release, mails, ct) > 0) db.AfterCommit(() => alarm.Ring(Alarms.Mail));
        }, ct);
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
    }

    private const string Read = "select At, Content, ContentHash from Revision where SubmissionNumber = @number and Revision = @revision";
    private const string Count = "select count(*) from Receipt where SubmissionNumber = @number and Revision = @revision";

    private const string Insert = """
        insert into Receipt (SubmissionNumber, Revision, KeyId, Signature, PdfSha256, SignedAt)
        values (@number, @revision, @KeyId, @Signature, @sha256, @now)
        """;

    private const string Release = """
        update Outbox
        set State = 'Waiting', FileSha256 = @sha256, FileName = @name, NextAttemptAt = @now
        where MailKey in @keys and Kind = 'Receipt' and State = 'Held'
        """;
}
