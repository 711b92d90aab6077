using AbstractReview.App.Book.Formats;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Book;

/// <summary>What <see cref="ReadBook"/> gives the person as the newest edition; null when it gives none.</summary>
public sealed record ReadNewestEdition(Actor By) : IQuery<PublicEdition?>;

public sealed record PublicEdition
{
    public required int Number { get; init; }
    public required string Sha256 { get; init; }
    public required int Pages { get; init; }
    public required DateTimeOffset BuiltAt { get; init; }

    /// <summary>What it was made as, PDF first.</summary>
    public IReadOnlyList<BookFormat> Formats { get; init; } = [];
}

internal sealed class ReadNewestEditionHandler(Db db, NewestEdition newest) : IRequestHandler<ReadNewestEdition, PublicEdition?>
{
    public async Task<PublicEdition?> Handle(ReadNewestEdition query, CancellationToken ct)
    {
        if (await newest.For(query.By, ct) is not { } number || await db.One<PublicEdition>(Read, new { number }, ct) is not { } edition) return null;
        var formats = await db.All<FormatRow>(ReadFormats, new { edition.Number }, ct);
        return edition with { Formats = [BookFormat.Pdf, .. formats.Select(f => f.Format).Order()] };
    }

    private sealed record FormatRow
    {
        public required BookFormat Format { get; init; }
    }

    private const string ReadFormats = "select Format from EditionFile where EditionNumber = @Number";
    private const string Read = "select Number, Sha256, Pages, BuiltAt from Edition where Number = @number";
}
