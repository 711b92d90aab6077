using AbstractReview.App.Book.Formats;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Book;

/// <summary>Every edition, the newest first, and the job that builds one now.</summary>
public sealed record ListEditions(Actor By) : IQuery<EditionList>;

/// <param name="Items">The newest first.</param>
/// <param name="Job">The newest job of a book; null when there was none.</param>
public sealed record EditionList(IReadOnlyList<EditionEntry> Items, int? Job);

public sealed record EditionEntry
{
    public required int Number { get; init; }
    public required string Title { get; init; }
    public required string Sha256 { get; init; }
    public required int Pages { get; init; }
    public required long Bytes { get; init; }
    public required DateTimeOffset BuiltAt { get; init; }
    public required DateTimeOffset? PublishedAt { get; init; }
    public required BookOptions Options { get; init; }
    public required BookReport Report { get; init; }

    /// <summary>What it was made as, PDF first.</summary>
    public required IReadOnlyList<BookFormat> Formats { get; init; }
}

internal sealed class ListEditionsHandler(Db db) : IRequestHandler<ListEditions, EditionList>
{
    public async Task<EditionList> Handle(ListEditions query, CancellationToken ct)
    {
        Access.Require(Access.MaySeeAllEditions(query.By), "see the editions of the book");
        var rows = await db.All<Row>(Read, null, ct);
        var formats = (await db.All<FormatRow>(ReadFormats, null, ct)).ToLookup(f => f.EditionNumber, f => f.Format);
        return new EditionList([.. rows.Select(r => new EditionEntry
        {
            Number = r.Number, Title = r.Title, Sha256 = r.Sha256, Pages = r.Pages, Bytes = r.Bytes, BuiltAt = r.BuiltAt, PublishedAt = r.PublishedAt,
            Options = Json.Read<BookOptions>(r.Options), Report = Json.Read<BookReport>(r.Report),
            Formats = [BookFormat.Pdf, .. formats[r.Number].Order()],
        })], await db.One<int?>(NewestJob, new { kind = BookWork.KindName }, ct));
    }

    private sealed record Row
    {
        public required int Number { get; init; }
        public required string Title { get; init; }
        public required string Sha256 { get; init; }
        public required int Pages { get; init; }
        public required long Bytes { get; init; }
        public required string Options { get; init; }
        public required string Report { get; init; }
        public required DateTimeOffset BuiltAt { get; init; }
        public required DateTimeOffset? PublishedAt { get; init; }
    }

    private sealed record FormatRow
    {
        public required int EditionNumber { get; init; }
        public required BookFormat Format { get; init; }
    }

    private const string ReadFormats = "select EditionNumber, Format from EditionFile";
    private const string Read = "select Number, Title, Sha256, Pages, Bytes, Options, Report, BuiltAt, PublishedAt from Edition order by Number desc";
    private const string NewestJob = "select max(Id) from Job where Kind = @kind";
}
