using AbstractReview.Typesetting;

namespace AbstractReview.App.Book.Formats;

/// <summary>What an edition is made as.</summary>
public enum BookFormat { Pdf, Epub, Html, Bib, Jats, Crossref }

/// <summary>Names of formats as addresses, files and programs know them.</summary>
public static class BookFormats
{
    /// <summary>The last part of an address, such as <c>latest.epub</c>.</summary>
    public static string Key(this BookFormat format) => format.ToString().ToLowerInvariant();

    /// <summary>Null when there is no such format.</summary>
    public static BookFormat? Find(string key) => Enum.GetValues<BookFormat>().Where(f => f.Key() == key).Select(f => (BookFormat?)f).FirstOrDefault();

    public static string FileName(this BookFormat format) => format switch
    {
        BookFormat.Jats => "book-of-abstracts.jats.xml",
        BookFormat.Crossref => "book-of-abstracts.crossref.xml",
        _ => $"book-of-abstracts.{format.Key()}",
    };

    public static string MediaType(this BookFormat format) => format switch
    {
        BookFormat.Pdf => "application/pdf",
        BookFormat.Epub => "application/epub+zip",
        BookFormat.Html => "text/html; charset=utf-8",
        BookFormat.Bib => "application/x-bibtex; charset=utf-8",
        _ => "application/xml; charset=utf-8",
    };

    /// <summary>For the Content-Security-Policy of the HTML edition: the hash of its only style.</summary>
    public static string StyleHash => BookHtml.StyleHash;

    public static string Words(this BookFormat format) => format switch
    {
        BookFormat.Pdf => "PDF", BookFormat.Epub => "EPUB", BookFormat.Html => "HTML", BookFormat.Bib => "BibTeX", BookFormat.Jats => "JATS", _ => "Crossref",
    };
}

/// <summary>What the other formats take from the typeset book: pages and what could not be printed.</summary>
internal sealed class TypesetBook(BookContent book, RenderReport report, Func<string, byte[]?> figure)
{
    private readonly Dictionary<string, string> failures = report.Failures.GroupBy(f => f.Label).ToDictionary(g => g.Key, g => g.First().Message);

    public BookContent Content => book;

    /// <summary>The printed page on which a contribution begins; null when it has none.</summary>
    public string? Page(BookEntry entry) => report.Destinations.GetValueOrDefault(entry.Destination)?.Label;

    /// <summary>Why a contribution is not in this edition; null when it is.</summary>
    public string? Failure(BookEntry entry) => failures.GetValueOrDefault(FormattableString.Invariant($"AR-{entry.Number}"));

    /// <summary>Whether its text and keywords are in this edition.</summary>
    public bool HasText(BookEntry entry) => !entry.Withheld && Failure(entry) is null;

    /// <summary>The bytes of a picture and its media type.</summary>
    public (byte[] Bytes, string MediaType)? Picture(string sha256)
        => figure(sha256) is { Length: > 4 } bytes ? (bytes, bytes[0] == 0x89 ? "image/png" : "image/jpeg") : null;

    /// <summary>Every format but PDF; a deposit for Crossref only when there are DOIs.</summary>
    public IEnumerable<(BookFormat Format, byte[] Bytes)> Others()
    {
        yield return (BookFormat.Epub, BookEpub.Write(this));
        yield return (BookFormat.Html, BookHtml.Write(this));
        yield return (BookFormat.Bib, BookBibTeX.Write(this));
        yield return (BookFormat.Jats, BookJats.Write(this));
        if (book.Options.DoiPrefix != "") yield return (BookFormat.Crossref, BookCrossref.Write(this));
    }
}
