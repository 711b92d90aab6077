using AbstractReview.App.Letters;
using AbstractReview.App.Storage;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using AbstractReview.Typesetting;
using MediatR;

namespace AbstractReview.App.Book;

/// <summary>A submission as the book of abstracts prints it, with what its authors should look at.</summary>
public sealed record PageProof(int Number, Actor By) : IQuery<Proof>;

public sealed record Proof(StoredPdf Pdf, IReadOnlyList<string> Warnings);

internal sealed class PageProofHandler(BookReader reader, Relations relations, Call.ConferenceReader conferences, IFiles files, FontLibrary fonts) : IRequestHandler<PageProof, Proof>
{
    public async Task<Proof> Handle(PageProof query, CancellationToken ct)
    {
        var relation = await relations.RequireSeen(query.Number, query.By, ct);
        var conference = await conferences.Current(ct);
        Access.Require(Access.MaySeeAuthors(query.By, relation, conference.Review.Blind), "see the proof: it names the authors");
        var book = await reader.ReadOne(query.Number, ct);
        var entry = book.Entries.Single();
        var figures = new Dictionary<string, byte[]?>();
        foreach (var sha256 in entry.Figures) figures[sha256] = await files.Get(sha256, ct);
        using var pdf = new MemoryStream();
        var report = PdfRenderer.Render(BookDocument.Proof(book, sha256 => figures[sha256] ?? throw new InvalidDataException("The file of its figure is missing.")), fonts, pdf, cancellation: ct);
        var told = BookReport.Of(book, report);
        return new Proof(new StoredPdf(FormattableString.Invariant($"AR-{query.Number}-proof.pdf"), report.Sha256, pdf.ToArray()), [.. told.Placeholders, .. told.Warnings]);
    }
}
