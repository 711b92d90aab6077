using AbstractReview.Domain;
using AbstractReview.Domain.Submissions;
using AbstractReview.Typesetting;

namespace AbstractReview.App.Book;

/// <summary>The indexes at the end: authors, institutions, countries, keywords.</summary>
internal static class BookIndexes
{
    public static IEnumerable<(string Title, IReadOnlyList<IndexEntry> Entries)> All(BookContent book)
    {
        var written = book.Entries.SelectMany(e => e.Authors.Select(a => (Author: a, e.Destination))).ToList();
        yield return ("Index of authors", Entries(written, x => Person(x.Author), x => PersonName.Indexed(x.Author.GivenName, x.Author.FamilyName), x => x.Destination));
        var institutions = written.Where(x => AbstractText.OneLine(x.Author.Affiliation) != "").ToList();
        yield return ("Index of institutions", Entries(institutions, x => Affiliations.Key(Affiliations.Words(x.Author)), x => Affiliations.Words(x.Author), x => x.Destination));
        var countries = written.Where(x => x.Author.Country != "").ToList();
        yield return ("Index of countries", Entries(countries, x => x.Author.Country, x => Countries.Exists(x.Author.Country) ? Countries.Name(x.Author.Country) : x.Author.Country, x => x.Destination));
        var keywords = book.Entries.SelectMany(e => e.Keywords.Select(k => (Keyword: AbstractText.OneLine(k), e.Destination))).Where(x => x.Keyword != "").ToList();
        if (keywords.Count > 0) yield return ("Index of keywords", Entries(keywords, x => x.Keyword.ToUpperInvariant(), x => x.Keyword, x => x.Destination));
    }

    private static List<IndexEntry> Entries<T>(IEnumerable<T> items, Func<T, string> same, Func<T, string> printed, Func<T, string> destination)
        => [.. items.GroupBy(same).Select(g => new IndexEntry(printed(g.First()), [.. g.Select(destination).Distinct()]))];

    // One address is one person, however the name is spelt; without an address, the name is.
    private static string Person(Author author) => author.Email != "" ? MailAddress.Normalise(author.Email) : Affiliations.Key(PersonName.Indexed(author.GivenName, author.FamilyName));
}
