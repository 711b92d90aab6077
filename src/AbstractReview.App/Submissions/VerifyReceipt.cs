using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Submissions;
using MediatR;

namespace AbstractReview.App.Submissions;

/// <summary>The secretariat asks whether a receipt is ours: by the code printed on it, or by its file.</summary>
/// <param name="Code">The code, however it was broken into lines; empty to go by the file.</param>
/// <param name="File">The receipt's PDF, or a text that holds the code.</param>
/// <param name="By">Who asks.</param>
public sealed record VerifyReceipt(string? Code, byte[]? File, Actor By) : IQuery<ReceiptVerdict>;

/// <param name="Genuine">Whether this installation signed it.</param>
/// <param name="Words">The verdict in a sentence.</param>
/// <param name="Statement">What the receipt says; null when it cannot be read.</param>
/// <param name="Title">The title as it was received; null unless it is genuine.</param>
/// <param name="Kept">Whether the text we keep of that revision still has the receipt's SHA-256, computed anew.</param>
/// <param name="Newest">The submission's newest revision.</param>
public sealed record ReceiptVerdict(bool Genuine, string Words, ReceiptStatement? Statement = null, string? Title = null, bool Kept = false, int Newest = 0);

internal sealed class VerifyReceiptHandler(Db db, SigningKeys keys) : IRequestHandler<VerifyReceipt, ReceiptVerdict>
{
    public async Task<ReceiptVerdict> Handle(VerifyReceipt query, CancellationToken ct)
    {
        Access.Require(Access.MayVerifyReceipts(query.By), "verify receipts");
        var code = string.IsNullOrWhiteSpace(query.Code) ? await CodeOf(query.File, ct) : query.Code;
        if (ReceiptStatement.Read(code) is not var (statement, signature))
            return new ReceiptVerdict(false, query.File is null || !string.IsNullOrWhiteSpace(query.Code)
                ? "This is no code of a receipt: it begins with AR1- and has a signature of 86 characters at its end."
                : "This file is not, byte for byte, a receipt that was made here. If it was printed or saved anew, paste the code that stands on it.");
        var known = await keys.All(ct);
        if (!known.Any(k => k.Verifies(statement.Text, signature)))
            return new ReceiptVerdict(false, "The signature does not fit: this receipt was not made here, or was changed afterwards.", statement);
        var row = await db.One<Row>(Read, new { statement.Number, statement.Revision }, ct);
        if (row is null) return new ReceiptVerdict(true, "It was signed here, but that revision is no longer kept.", statement);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(row.Content)));
        var kept = hash == statement.ContentHash;
        return new ReceiptVerdict(true, kept ? "Genuine: it was signed here, and the text we keep is the text that was received." : "It was signed here, but the text we keep of that revision is another.",
            statement, Json.Read<SubmissionContent>(row.Content).Title, kept, row.Newest);
    }

    private async Task<string> CodeOf(byte[]? file, CancellationToken ct)
    {
        if (file is null or { Length: 0 }) throw new RuleBrokenException("code", "Paste the code of the receipt, or choose its file.");
        var row = await db.One<FileRow>(ReadByFile, new { sha256 = Convert.ToHexStringLower(SHA256.HashData(file)) }, ct);
        return row is null ? Encoding.UTF8.GetString(file) : new ReceiptStatement(row.SubmissionNumber, row.Revision, row.At, row.ContentHash).CodeWith(Base64Url.DecodeFromChars(row.Signature));
    }

    private sealed record Row
    {
        public required string Content { get; init; }
        public required int Newest { get; init; }
    }

    private sealed record FileRow
    {
        public required int SubmissionNumber { get; init; }
        public required int Revision { get; init; }
        public required DateTimeOffset At { get; init; }
        public required string ContentHash { get; init; }
        public required string Signature { get; init; }
    }

    private const string Read = """
        select r.Content, s.Revision as Newest
        from Revision r
          join Submission s on s.Number = r.SubmissionNumber
        where r.SubmissionNumber = @Number and r.Revision = @Revision
        """;

    private const string ReadByFile = """
        select c.SubmissionNumber, c.Revision, r.At, r.ContentHash, c.Signature
        from Receipt c
          join Revision r on r.SubmissionNumber = c.SubmissionNumber and r.Revision = c.Revision
        where c.PdfSha256 = @sha256
        """;
}
