using AbstractReview.App.Storage;
using AbstractReview.Domain;

namespace AbstractReview.App.Book;

/// <summary>
/// Which edition somebody gets who names none. The committee and the secretariat: the newest. Everybody else: the newest that was made
/// public, and once a programme is released the newest there is, but for drafts, which are not for distribution.
/// </summary>
internal sealed class NewestEdition(Db db)
{
    /// <summary>Null when there is none for them.</summary>
    public async Task<int?> For(Actor by, CancellationToken ct)
    {
        var all = Access.MaySeeAllEditions(by);
        var released = all || await db.One<int>(Releases, null, ct) > 0;
        var editions = await db.All<Row>(Read, null, ct);
        return editions.FirstOrDefault(e => all || e.PublishedAt is not null || (released && !Json.Read<BookOptions>(e.Options).Draft))?.Number;
    }

    private sealed record Row
    {
        public required int Number { get; init; }
        public required string Options { get; init; }
        public required DateTimeOffset? PublishedAt { get; init; }
    }

    private const string Releases = "select count(*) from Release";
    private const string Read = "select Number, Options, PublishedAt from Edition order by Number desc";
}
