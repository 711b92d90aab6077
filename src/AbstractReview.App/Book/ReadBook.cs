using AbstractReview.App.Letters;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Book;

/// <summary>
/// An edition, or the newest one that the person may read. The committee and the secretariat read all; everybody else the newest
/// once a programme is released, before that the newest that was made public.
/// </summary>
/// <param name="Number">Null for the newest.</param>
/// <param name="By">Who asks.</param>
public sealed record ReadBook(int? Number, Actor By) : IQuery<StoredPdf>;

internal sealed class ReadBookHandler(Db db, IFiles files) : IRequestHandler<ReadBook, StoredPdf>
{
    public async Task<StoredPdf> Handle(ReadBook query, CancellationToken ct)
    {
        var all = Access.MaySeeAllEditions(query.By) || await db.One<int>(Releases, null, ct) > 0 ? 1 : 0;
        if (query.Number is not null) Access.Require(Access.MaySeeAllEditions(query.By), "read a chosen edition");
        var row = await db.One<Row>(Read, new { query.Number, all }, ct);
        if (row is null || await files.Get(row.Sha256, ct) is not { } bytes) throw new NotFoundException("There is no book of abstracts for you yet.");
        return new StoredPdf("book-of-abstracts.pdf", row.Sha256, bytes);
    }

    private sealed record Row
    {
        public required string Sha256 { get; init; }
    }

    private const string Releases = "select count(*) from Release";

    private const string Read = """
        select e.Sha256
        from Edition e
        where e.Number = (select max(n.Number) from Edition n where (n.Number = @Number or @Number is null) and (@all = 1 or n.PublishedAt is not null))
        """;
}
