using AbstractReview.App.Storage;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using AbstractReview.Domain.Letters;
using MediatR;

namespace AbstractReview.App.Letters;

/// <summary>A typeset letter: for those who see the letters, for whom it is addressed to, and, when it tells a decision, for the submission's authors. Letters with somebody's passport are not.</summary>
public sealed record ReadLetterPdf(int Id, Actor By) : IQuery<StoredPdf>;

/// <summary>A PDF by its content.</summary>
public sealed record StoredPdf(string Name, string Sha256, byte[] Bytes);

internal sealed class ReadLetterPdfHandler(Db db, Relations relations, IFiles files) : IRequestHandler<ReadLetterPdf, StoredPdf>
{
    public async Task<StoredPdf> Handle(ReadLetterPdf query, CancellationToken ct)
    {
        var row = await db.One<Row>(Read, new { query.Id, query.By.PersonId }, ct);
        if (row is null || row.PdfSha256 is null || !await MaySee(row, query.By, ct) || await files.Get(row.PdfSha256, ct) is not { } bytes)
            throw new NotFoundException($"There is no letter {query.Id} for you.");
        var name = row.SubmissionNumber is { } number ? FormattableString.Invariant($"AR-{number}-{row.Kind.ToLowerInvariant()}.pdf") : FormattableString.Invariant($"letter-{row.Id}.pdf");
        return new StoredPdf(name, row.PdfSha256, bytes);
    }

    private async Task<bool> MaySee(Row row, Actor by, CancellationToken ct)
        => Access.MaySeeLetters(by)
            || (by.SignedIn && row.Addressed > 0)
            || (row.SubmissionNumber is { } number && Enum.TryParse<LetterKind>(row.Kind, out var kind) && kind.TellsDecision() && await relations.Of(number, by, ct) is { IsAuthor: true });

    private sealed record Row
    {
        public required int Id { get; init; }
        public required int? SubmissionNumber { get; init; }
        public required int DecisionVersion { get; init; }
        public required string Kind { get; init; }
        public required string? PdfSha256 { get; init; }
        public required int Addressed { get; init; }
    }

    private const string Read = """
        select l.Id, l.SubmissionNumber, l.DecisionVersion, l.Kind, l.PdfSha256,
               (select count(*) from Person p where p.Id = @PersonId and p.EmailConfirmed = 1 and p.NormalisedEmail in (lower(l.ToEmail), lower(o.ToEmail))) as Addressed
        from Letter l
        join Outbox o on o.LetterId = l.Id
        where l.Id = @Id
        """;
}
