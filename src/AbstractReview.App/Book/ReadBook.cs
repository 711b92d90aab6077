using AbstractReview.App.Book.Formats;
using AbstractReview.App.Letters;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Book;

/// <summary>
/// An edition in a format, or the newest one that the person may read (see <see cref="NewestEdition"/>). The committee and the
/// secretariat read all.
/// </summary>
/// <param name="Number">Null for the newest.</param>
/// <param name="By">Who asks.</param>
public sealed record ReadBook(int? Number, Actor By) : IQuery<StoredPdf>
{
    public BookFormat Format { get; init; }
}

internal sealed class ReadBookHandler(Db db, NewestEdition newest, IFiles files) : IRequestHandler<ReadBook, StoredPdf>
{
    public async Task<StoredPdf> Handle(ReadBook query, CancellationToken ct)
    {
        if (query.Number is not null) Access.Require(Access.MaySeeAllEditions(query.By), "read a chosen edition");
        var number = query.Number ?? await newest.For(query.By, ct);
        var row = await db.One<Row>(Read, new { number, format = query.Format.ToString() }, ct) ?? throw new NotFoundException("There is no book of abstracts for you yet.");
        var sha256 = query.Format == BookFormat.Pdf ? row.Sha256 : row.FileSha256;
        if (sha256 is null)
            throw new NotFoundException(query.Format == BookFormat.Crossref ? "The edition has no deposit for Crossref: it was built without a DOI prefix." : $"The edition was not made as {query.Format.Words()}.");
        return new StoredPdf(query.Format.FileName(), sha256, await files.Get(sha256, ct) ?? throw new NotFoundException("The edition's file is missing."));
    }

    private sealed record Row
    {
        public required string Sha256 { get; init; }
        public required string? FileSha256 { get; init; }
    }

    private const string Read = """
        select e.Sha256, f.Sha256 as FileSha256
        from Edition e
        left join EditionFile f on f.EditionNumber = e.Number and f.Format = @format
        where e.Number = @number
        """;
}
