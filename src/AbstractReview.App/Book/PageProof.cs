using AbstractReview.App.Letters;
using AbstractReview.App.Storage;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using AbstractReview.Typesetting;
using MediatR;

namespace AbstractReview.App.Book;

/// <summary>A submission as the book of abstracts prints it, with what its authors should look at.</summary>
public sealed record PageProof(int Number, Actor By) : IQuery<Proof>;

/// <param name="Pdf">As it will be printed.</param>
/// <param name="Pages">How many, one or more.</param>
/// <param name="Warnings">What would not print well, in words.</param>
public sealed record Proof(StoredPdf Pdf, int Pages, IReadOnlyList<string> Warnings);

/// <summary>One page of the proof as a picture: the same layout, for whoever sees the proof.</summary>
/// <param name="Number">The submission.</param>
/// <param name="Page">From 1.</param>
/// <param name="By">Who looks.</param>
public sealed record PageProofPicture(int Number, int Page, Actor By) : IQuery<string>;

internal sealed class PageProofHandler(BookReader reader, Relations relations, Call.ConferenceReader conferences, IFiles files, FontLibrary fonts)
    : IRequestHandler<PageProof, Proof>, IRequestHandler<PageProofPicture, string>
{
    public async Task<Proof> Handle(PageProof query, CancellationToken ct)
    {
        var (book, document) = await Read(query.Number, query.By, ct);
        using var pdf = new MemoryStream();
        var report = PdfRenderer.Render(document, fonts, pdf, cancellation: ct);
        var told = BookReport.Of(book, report);
        return new Proof(new StoredPdf(FormattableString.Invariant($"AR-{query.Number}-proof.pdf"), report.Sha256, pdf.ToArray()), report.Pages, [.. told.Placeholders, .. told.Warnings]);
    }

    public async Task<string> Handle(PageProofPicture query, CancellationToken ct)
    {
        var (_, document) = await Read(query.Number, query.By, ct);
        var pages = SvgRenderer.Render(document, fonts, ct);
        return query.Page >= 1 && query.Page <= pages.Count ? pages[query.Page - 1] : throw new NotFoundException($"The proof of submission {query.Number} has no page {query.Page}.");
    }

    private async Task<(BookContent Book, Document Document)> Read(int number, Actor by, CancellationToken ct)
    {
        var relation = await relations.RequireSeen(number, by, ct);
        var conference = await conferences.Current(ct);
        Access.Require(Access.MaySeeAuthors(by, relation, conference.Review.Blind), "see the proof: it names the authors");
        var book = await reader.ReadOne(number, ct);
        var figures = new Dictionary<string, byte[]?>();
        foreach (var sha256 in book.Entries.Single().Figures) figures[sha256] = await files.Get(sha256, ct);
        return (book, BookDocument.Proof(book, sha256 => figures[sha256] ?? throw new InvalidDataException("The file of its figure is missing.")));
    }
}
