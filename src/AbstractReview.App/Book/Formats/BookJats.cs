using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using AbstractReview.App.Programme.Exports;
using AbstractReview.Domain;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Book.Formats;

/// <summary>The abstracts as articles in the elements and the order of JATS 1.3 (ANSI/NISO Z39.96-2021), one article for each in one file.</summary>
internal static class BookJats
{
    private static readonly XNamespace Xlink = "http://www.w3.org/1999/xlink";

    public static byte[] Write(TypesetBook typeset)
    {
        var root = new XElement("article-set", new XAttribute(XNamespace.Xmlns + "xlink", Xlink), new XAttribute("dtd-version", "1.3"),
            typeset.Content.Parts.SelectMany(part => part.Entries.Select(entry => Article(typeset, part, entry))));
        return Bytes(root);
    }

    internal static byte[] Bytes(XElement root)
    {
        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" })) root.WriteTo(writer);
        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    private static XElement Article(TypesetBook typeset, BookPart part, BookEntry entry)
    {
        var book = typeset.Content;
        var text = typeset.HasText(entry);
        return new XElement("article", new XAttribute("article-type", "abstract"), new XAttribute(XNamespace.Xml + "lang", TextLanguage.Of(entry.Abstract)), new XElement("front", new XElement("article-meta",
            new XElement("article-id", new XAttribute("pub-id-type", "publisher-id"), entry.Code),
            book.Doi(entry) is { } doi ? new XElement("article-id", new XAttribute("pub-id-type", "doi"), doi) : null,
            new XElement("article-categories", Subject("area", $"{part.Area.Code} {part.Area.Title}"), Subject("kind", entry.KindWords)),
            new XElement("title-group", new XElement("article-title", T(AbstractText.OneLine(entry.Title)))),
            Contributors(book, entry),
            new XElement("pub-date", new XAttribute("date-type", "pub"), new XElement("day", book.Day.Day), new XElement("month", book.Day.Month), new XElement("year", book.Day.Year)),
            book.Options.Isbn == "" ? null : new XElement("isbn", book.Options.Isbn),
            typeset.Page(entry) is { } page ? new XElement("fpage", page) : null,
            text ? new XElement("abstract", AbstractText.Parts(entry.Abstract).Select(Part)) : null,
            !text || !book.Options.Prints(BookPiece.Keywords) || entry.Keywords.Count == 0 ? null
                : new XElement("kwd-group", new XAttribute("kwd-group-type", "author"), entry.Keywords.Select(k => new XElement("kwd", T(k)))),
            Conference(book))));
    }

    private static XElement Subject(string type, string words)
        => new("subj-group", new XAttribute("subj-group-type", type), new XElement("subject", T(words)));

    private static XElement Contributors(BookContent book, BookEntry entry)
    {
        var affiliations = book.Options.Prints(BookPiece.Affiliations) ? Affiliations.Of(entry.Authors) : Affiliations.None(entry.Authors);
        return new XElement("contrib-group",
            entry.Authors.Select((a, i) => new XElement("contrib", new XAttribute("contrib-type", "author"), a.Presenting ? new XAttribute("specific-use", "presenting") : null,
                a.Orcid is null ? null : new XElement("contrib-id", new XAttribute("contrib-id-type", "orcid"), $"https://orcid.org/{a.Orcid}"),
                Name(a), affiliations.MarkOf[i] > 0 ? new XElement("xref", new XAttribute("ref-type", "aff"), new XAttribute("rid", Id(entry, affiliations.MarkOf[i]))) : null)),
            affiliations.Printed.Select((words, i) => new XElement("aff", new XAttribute("id", Id(entry, i + 1)), T(words))));
    }

    private static XElement Name(Author a) => new("name",
        PersonName.IsFamilyFirst(a.GivenName, a.FamilyName) ? new XAttribute("name-style", "eastern") : null,
        TextLanguage.OfName(a) is { } language ? new XAttribute(XNamespace.Xml + "lang", language) : null,
        new XElement("surname", T(a.FamilyName == "" ? a.GivenName : a.FamilyName)), a.FamilyName == "" || a.GivenName == "" ? null : new XElement("given-names", T(a.GivenName)));

    private static string Id(BookEntry entry, int mark) => FormattableString.Invariant($"aff-{entry.Number}-{mark}");

    private static XElement Part(AbstractPart part) => part.Kind == AbstractPartKind.Paragraph
        ? new XElement("p", T(string.Join(' ', part.Lines)))
        : new XElement("p", new XElement("list", new XAttribute("list-type", part.Kind == AbstractPartKind.Numbers ? "order" : "bullet"), part.Lines.Select(line => new XElement("list-item", new XElement("p", T(line))))));

    private static XElement Conference(BookContent book)
    {
        var conference = book.Conference;
        return new XElement("conference",
            new XElement("conf-date", new XAttribute("iso-8601-date", string.Create(CultureInfo.InvariantCulture, $"{conference.Dates.FirstDay:yyyy-MM-dd}/{conference.Dates.LastDay:yyyy-MM-dd}")),
                DateWords.Range(conference.Dates.FirstDay, conference.Dates.LastDay)),
            new XElement("conf-name", T(conference.Title)), new XElement("conf-acronym", T(conference.Acronym)),
            new XElement("conf-loc", T($"{conference.Venue}, {conference.City}, {(Countries.Exists(conference.Country) ? Countries.Name(conference.Country) : conference.Country)}")),
            new XElement("conf-sponsor", T(conference.Organiser)));
    }

    private static XText T(string text) => new(Exporting.Clean(text));
}
