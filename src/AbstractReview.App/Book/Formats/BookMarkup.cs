using System.Globalization;
using System.Xml.Linq;
using AbstractReview.App.Programme.Exports;
using AbstractReview.Domain;
using AbstractReview.Domain.Submissions;
using AbstractReview.Typesetting;

namespace AbstractReview.App.Book.Formats;

/// <summary>
/// The book as XHTML for screens and screen readers, whether in an EPUB or as one page. Everything somebody typed becomes a text node or
/// an attribute's value, never markup.
/// </summary>
/// <param name="typeset">The book.</param>
/// <param name="top">Level of the headings of parts, 1 or 2.</param>
/// <param name="address">Where a destination is, such as <c>#abstract-7</c>, from its part's area and its name.</param>
/// <param name="source">Where a picture is; null when it is lost.</param>
internal sealed class BookMarkup(TypesetBook typeset, int top, Func<string, string, string> address, Func<string, string?> source)
{
    public static readonly XNamespace Html = "http://www.w3.org/1999/xhtml";
    private static readonly XNamespace Xml = XNamespace.Xml;

    private readonly BookContent book = typeset.Content;

    public static XElement E(string name, params object?[] content) => new(Html + name, content);

    public static XAttribute Class(string value) => new("class", value);

    /// <summary>Words of ours.</summary>
    public static XText T(string text) => new(Exporting.Clean(text));

    /// <summary>Words of somebody else in a line of ours: set apart in direction and, where known, in language.</summary>
    public static XElement Typed(string text, string? language = null) => E("bdi", language is null ? null : Language(language), T(text));

    public static XAttribute[] Language(string language) => [new("lang", language), new(Xml + "lang", language)];

    public XElement Title(string id) => E("section", new XAttribute("id", id), Class("title"),
        E("p", Typed(book.Conference.Organiser)),
        E("h1", Typed(book.Conference.Title)),
        E("p", Class("lead"), "Book of Abstracts"),
        E("p", Typed(book.Conference.City), ", ", Country(book.Conference.Country), ", ", DateWords.Range(book.Conference.Dates.FirstDay, book.Conference.Dates.LastDay)),
        E("p", $"Edition {book.Edition}, {DateWords.Of(book.Day)}{(book.Options.Draft ? " (draft, not for distribution)" : "")}. ",
            $"{BookWords.Count(book.Entries.Count(), "abstract")}: {BookWords.Kinds([.. book.Entries])}."),
        E("p", "Published by ", Typed(book.Conference.Organiser), ". Names of presenting authors are underlined.", book.Options.Isbn == "" ? null : $" ISBN {book.Options.Isbn}."),
        E("p", "The abstracts are printed as their authors submitted them. The views in them are their authors’, not necessarily those of the organisers or of any government."));

    public XElement? Foreword(string id) => !book.Options.Prints(BookPiece.Foreword) || book.Conference.Foreword.Trim() == "" ? null
        : E("section", new XAttribute("id", id), H(0, "Foreword"), AbstractText.Parts(book.Conference.Foreword).Select(Part));

    public XElement? Committee(string id) => !book.Options.Prints(BookPiece.Committee) || book.Conference.Committee.Count == 0 ? null
        : E("section", new XAttribute("id", id), H(0, "Committee"),
            new[] { (Role.Chair, "Programme chairs"), (Role.AreaChair, "Area chairs"), (Role.Secretariat, "Secretariat") }
                .Select(x => (Title: x.Item2, Members: book.Conference.Committee.Where(m => m.Role == x.Item1).ToList()))
                .Where(x => x.Members.Count > 0)
                .Select(x => new[]
                {
                    H(1, x.Title),
                    E("ul", x.Members.Select(m => E("li", Typed(PersonName.Full(m.GivenName, m.FamilyName)), ", ", Typed(m.Affiliation), ", ", Country(m.Country), m.Areas.Count == 0 ? null : $" ({string.Join(", ", m.Areas)})"))),
                }));

    public XElement? Glance(string id)
    {
        if (!book.Options.Prints(BookPiece.Glance) || book.Programme is not { } programme) return null;
        return E("section", new XAttribute("id", id), H(0, "Programme at a glance"),
            E("p", $"Release {programme.Number}. All times are those of {Exporting.Clean(programme.City)}. The newest release is at ", Out($"{book.Site}/programme", $"{book.Site}/programme"), "."),
            programme.Days.Where(d => programme.On(d).Any()).Select(day => E("table",
                E("caption", day.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture)),
                E("thead", E("tr", new[] { "Time", "Session", "Room" }.Select(h => E("th", new XAttribute("scope", "col"), h)))),
                E("tbody", programme.On(day).Select(s => E("tr",
                    E("th", new XAttribute("scope", "row"), string.Create(CultureInfo.InvariantCulture, $"{s.Start:HH:mm}–{s.End:HH:mm}")),
                    E("td", s.AreaCode is { } area ? E("b", $"{area} ") : null,
                        s.AreaCode is { } code && book.Parts.Any(p => p.Area.Code == code) ? E("a", new XAttribute("href", address(code, $"area-{code}")), Typed(s.Title)) : Typed(s.Title)),
                    E("td", Typed(programme.Room(s.Room).Name))))))));
    }

    public XElement Part(BookPart part) => E("section", new XAttribute("id", $"area-{part.Area.Code}"), Class("part"),
        new XElement(H(0, null, E("span", Class("code"), part.Area.Code), " ", Typed(part.Area.Title))),
        part.Area.Summary == "" ? null : E("p", Class("lead"), new XAttribute("dir", "auto"), T(part.Area.Summary)),
        part.Area.Topics.Count == 0 ? null : E("ul", part.Area.Topics.Select(t => E("li", new XAttribute("dir", "auto"), T(t)))),
        part.Sessions.Select(s => E("p", Class("session"), Out(book.ProgrammeAt(s.Code), BookWords.When(s)), ", ", Typed(book.Programme!.Room(s.Room).Name))),
        part.Entries.Select(Entry));

    public IEnumerable<XElement> Indexes()
    {
        if (!book.Options.Prints(BookPiece.Indexes)) yield break;
        var entries = book.Parts.SelectMany(p => p.Entries.Select(e => (e.Destination, Part: p, Entry: e))).ToDictionary(x => x.Destination);
        foreach (var (title, index) in BookIndexes.All(book))
            yield return E("section", new XAttribute("id", Exporting.Slug(title)), Class("index"), H(0, title), E("ul", IndexOrder.Sorted(index).Select(i => E("li", Typed(i.Text), " ",
                i.Destinations.SelectMany((d, n) => new object[] { n == 0 ? "" : ", ", E("a", new XAttribute("href", address(entries[d].Part.Area.Code, d)), entries[d].Entry.Code) })))));
    }

    private XElement Entry(BookEntry entry)
    {
        var affiliations = book.Options.Prints(BookPiece.Affiliations) ? Affiliations.Of(entry.Authors) : Affiliations.None(entry.Authors);
        return E("article", new XAttribute("id", entry.Destination),
            E("p", Class("code"), E("b", entry.Code), $" {entry.KindWords}", entry.Slot is { } slot ? new object[] { " · ", Out(book.ProgrammeAt(slot.Code), slot.Words) } : null),
            H(1, entry.Title),
            E("p", Class("authors"), entry.Authors.SelectMany((a, i) => new object?[] { i == 0 ? null : ", ", Author(a), affiliations.Printed.Count > 1 && affiliations.MarkOf[i] > 0 ? E("sup", $"{affiliations.MarkOf[i]}") : null })),
            affiliations.Printed.Count == 0 ? null : E("p", Class("affiliations"), affiliations.Printed.SelectMany((words, i) => new object?[]
            {
                i == 0 ? null : E("br"), affiliations.Printed.Count > 1 ? E("sup", $"{i + 1}") : null, Typed(words),
            })),
            Body(entry));
    }

    private object?[] Body(BookEntry entry) => typeset.Failure(entry) is { } failure
        ? [E("p", Class("lost"), FormattableString.Invariant($"The abstract of AR-{entry.Number} could not be printed in this edition. The build report says why: "), T(failure))]
        : entry.Withheld ? [E("p", Class("lost"), BookEntry.WithheldWords)] : Text(entry);

    private object?[] Text(BookEntry entry) =>
    [
        AbstractText.Parts(entry.Abstract).Select(Part),
        entry.Figures.Select((sha256, i) => source(sha256) is { } src
            ? E("figure", E("img", new XAttribute("src", src), new XAttribute("alt", Exporting.Clean($"Figure {i + 1} of “{AbstractText.OneLine(entry.Title)}”"))), entry.Figures.Count > 1 ? E("figcaption", $"Figure {i + 1}") : null)
            : null),
        !book.Options.Prints(BookPiece.Keywords) || entry.Keywords.Count == 0 ? null
            : E("p", Class("keywords"), E("b", "Keywords: "), entry.Keywords.SelectMany((k, i) => new object?[] { i == 0 ? null : "; ", Typed(k) })),
        book.Doi(entry) is { } doi ? E("p", Class("keywords"), E("b", "DOI: "), Out($"https://doi.org/{doi}", doi)) : null,
    ];

    private static XElement Author(Author author)
    {
        object name = Typed(author.FullName, TextLanguage.OfName(author));
        if (author.Presenting) name = E("u", name);
        return author.Orcid is { } orcid ? E("a", new XAttribute("href", $"https://orcid.org/{orcid}"), name) : E("span", name);
    }

    private static XElement Part(AbstractPart part)
    {
        XAttribute[] set = [new("dir", "auto"), .. Language(part.Language)];
        return part.Kind == AbstractPartKind.Paragraph
            ? E("p", set, part.Lines.SelectMany((line, i) => i == 0 ? new object[] { T(line) } : [E("br"), T(line)]))
            : E(part.Kind == AbstractPartKind.Numbers ? "ol" : "ul", set, part.Lines.Select(line => E("li", T(line))));
    }

    private XElement H(int below, string? typed, params object?[] content)
        => E(FormattableString.Invariant($"h{top + below}"), typed is null ? null : new XAttribute("dir", "auto"), typed is null ? content : T(typed));

    private static XElement Out(string url, string words) => E("a", new XAttribute("href", url), T(words));

    private static string Country(string code) => Countries.Exists(code) ? Countries.Name(code) : Exporting.Clean(code);
}
