using System.Globalization;
using AbstractReview.App.Letters;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Decisions;
using AbstractReview.Typesetting;

namespace AbstractReview.App.Book;

/// <summary>The book as a document: cover, imprint, foreword, committee, contents, a part per area, indexes. Lazy: an abstract is laid out when its page comes.</summary>
internal static class BookDocument
{
    private static readonly Colour Accent = AbstractBlocks.Accent;
    private static readonly StyleSheet Styles = StyleSheet.Default with
    {
        Headings =
        [
            StyleSheet.Default.Headings[0] with { Size = 23, Leading = 29, Colour = Accent, SpaceAfter = 14 },
            .. StyleSheet.Default.Headings.Skip(1),
        ],
        Title = StyleSheet.Default.Title with { Size = 32, Leading = 40, Colour = Accent },
    };

    public static Document Of(BookContent book, Func<string, byte[]> figure, Action<BookEntry> begun) => new()
    {
        Title = $"{book.Conference.Title}: Book of Abstracts",
        Author = book.Conference.Organiser,
        Subject = $"Edition {book.Edition}",
        Language = "en",
        Created = book.At,
        Styles = Styles,
        Page = Sheet(book),
        FacingPages = true,
        DraftMark = book.Options.Draft ? "DRAFT" : null,
        Sections = Sections(book, figure, begun),
    };

    internal static PageTemplate Sheet(BookContent book) => new()
    {
        Size = book.Options.PageSize == "Letter" ? PageSize.Letter : PageSize.A4,
        Margins = book.Options.Columns == 2 ? new Margins(62, 54, 78, 70) : new Margins(92, 82, 82, 76),
        Head = new RunningLine { End = [new RunningHeading(1)] },
        HeadEven = new RunningLine { Start = [Text.Isolated($"{book.Conference.Title}")] },
        Foot = new RunningLine { End = [new Folio()] },
        FootEven = new RunningLine { Start = [new Folio()] },
        RuleUnderHead = true,
        BareFirstPage = false,
    };

    private static IEnumerable<Section> Sections(BookContent book, Func<string, byte[]> figure, Action<BookEntry> begun)
    {
        var bare = Sheet(book) with { Head = null, HeadEven = null, Foot = null, FootEven = null, RuleUnderHead = false };
        yield return new Section { Blocks = Cover(book), Page = bare, Numbering = new PageNumbering(NumberStyle.None) };
        yield return new Section { Blocks = Imprint(book), Page = bare, Numbering = new PageNumbering(NumberStyle.Roman, 2) };
        var front = Sheet(book) with { BareFirstPage = false };
        if (book.Conference.Foreword.Trim() != "") yield return new Section { Blocks = Foreword(book.Conference), Page = front, Start = SectionStart.Recto };
        if (book.Conference.Committee.Count > 0) yield return new Section { Blocks = Committee(book.Conference), Page = front };
        yield return new Section { Blocks = [new Heading(1, "Contents") { InContents = false, Destination = "contents" }, new TableOfContents { MaxLevel = 2 }], Page = front, Start = SectionStart.Recto };
        var first = true;
        foreach (var part in book.Parts)
        {
            var numbering = first ? new PageNumbering(NumberStyle.Arabic) : null;
            first = false;
            if (book.Options.Columns == 1)
            {
                yield return new Section { Blocks = Opening(part).Concat(Abstracts(part, figure, begun)), Start = SectionStart.Recto, Numbering = numbering, Tag = part.Area.Code };
                continue;
            }

            yield return new Section { Blocks = Opening(part), Start = SectionStart.Recto, Numbering = numbering, Tag = part.Area.Code };
            yield return new Section { Blocks = Abstracts(part, figure, begun), Columns = book.Options.Columns, ColumnGap = 20, Tag = part.Area.Code };
        }

        if (book.Options.Indexes)
            foreach (var (title, entries) in BookIndexes.All(book))
                yield return new Section { Blocks = [new Heading(1, title), new AlphabeticalIndex(entries)], Start = SectionStart.NewPage, Numbering = first ? new PageNumbering(NumberStyle.Arabic) : null };
    }

    private static IEnumerable<Block> Cover(BookContent book)
    {
        var c = book.Conference;
        var sans = new ParagraphStyle { Family = FontFamily.Sans, Size = 13, Leading = 19, Align = Alignment.Start, Hyphenate = false };
        yield return new Paragraph(Text.Isolated(c.Organiser)) { Style = sans with { Colour = Colour.Grey(0.3), Size = 12 } };
        yield return new Spacer(0) { Fill = 2 };
        yield return new Paragraph(Text.Isolated(c.Title)) { Style = Styles.Title };
        yield return new Rule { Thickness = 3, Width = 0.3, Colour = Accent, SpaceBefore = 8, SpaceAfter = 18 };
        yield return new Paragraph("Book of Abstracts") { Style = sans with { Size = 21, Leading = 27, SpaceAfter = 10 } };
        yield return new Paragraph(Text.Isolated($"{c.City}, {LetterFields.CountryName(c.Country)}")) { Style = sans };
        yield return new Paragraph(Days(c)) { Style = sans };
        yield return new Spacer(0) { Fill = 3 };
        yield return new Paragraph(Text.Isolated($"{c.Venue} · {c.Website}")) { Style = sans with { Size = 10, Leading = 14, Colour = Colour.Grey(0.3) } };
    }

    private static IEnumerable<Block> Imprint(BookContent book)
    {
        var c = book.Conference;
        var style = new ParagraphStyle { Size = 9, Leading = 13, Align = Alignment.Start, SpaceAfter = 7, Hyphenate = false };
        var entries = book.Entries.ToList();
        var authors = entries.SelectMany(e => e.Authors).ToList();
        yield return new Spacer(0) { Fill = 1 };
        yield return Line(Text.Strong($"{c.Title}: Book of Abstracts"));
        yield return Line(new Text(string.Create(CultureInfo.InvariantCulture,
            $"Edition {book.Edition}, {LetterDates.Words(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(book.At, c.TimeZone).DateTime), "en")}{(book.Options.Draft ? " (draft, not for distribution)" : "")}")));
        yield return Line(new Text(string.Create(CultureInfo.InvariantCulture,
            $"{entries.Count} abstracts in {book.Parts.Count} areas: {Counts(entries)}. {authors.Select(a => MailAddress.Normalise(a.Email)).Distinct().Count()} authors from {authors.Select(a => a.Country).Where(x => x != "").Distinct().Count()} countries.")));
        yield return Line(new Text($"Published by {c.Organiser} for the conference at {c.Venue}, {c.City}, {LetterFields.CountryName(c.Country)}, {Days(c)}."));
        yield return Line(new Text("The abstracts are printed as their authors submitted them. The views in them are their authors’, not necessarily those of the organisers or of any government."));
        yield return Line(new Text("Contact: "), Link.ToUri($"mailto:{c.Mail.Address}", new Text(c.Mail.Address)), new Text(" · "), Link.ToUri(c.Website));
        yield return Line(new Text("Names of presenting authors are underlined. Raised figures join authors to their institutions."));

        Paragraph Line(params IReadOnlyList<Inline> content) => new(content) { Style = style };
    }

    private static IEnumerable<Block> Foreword(Conference c)
    {
        yield return new Heading(1, "Foreword");
        foreach (var paragraph in c.Foreword.Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            yield return new Paragraph(new Text(paragraph)) { Style = Styles.Lead with { SpaceAfter = 8, Align = Alignment.Justify } };
        if (LetterFields.Signatory(c) is not { } chair) yield break;
        yield return new Paragraph(Text.Isolated($"{chair.GivenName} {chair.FamilyName}")) { Style = Styles.Body with { SpaceBefore = 18, SpaceAfter = 0, Bold = true } };
        yield return new Paragraph("Chair of the Programme Committee");
    }

    private static IEnumerable<Block> Committee(Conference c)
    {
        yield return new Heading(1, "Committee");
        foreach (var (role, title) in new[] { (Role.Chair, "Programme chairs"), (Role.AreaChair, "Area chairs"), (Role.Secretariat, "Secretariat") })
        {
            var members = c.Committee.Where(m => m.Role == role).ToList();
            if (members.Count == 0) continue;
            yield return new Heading(2, title) { InContents = false };
            yield return new Table
            {
                Columns = [new TableColumn(3), new TableColumn(5), TableColumn.Points(role == Role.AreaChair ? 70 : 4)],
                Rules = TableRules.Rows, Summary = title,
                Rows = [.. members.Select(m => new TableRow(
                    new TableCell(new Paragraph(Text.Isolated($"{m.GivenName} {m.FamilyName}"))) { RowHeader = true },
                    TableCell.Of(Text.Isolated($"{m.Affiliation}, {LetterFields.CountryName(m.Country)}")),
                    TableCell.Of(new Text(string.Join(", ", m.Areas)))))],
            };
        }
    }

    private static IEnumerable<Block> Opening(BookPart part)
    {
        yield return new Heading(1, new Text(part.Area.Code) { Colour = Colour.Grey(0.45) }, "\u2002", part.Area.Title)
        {
            Destination = $"area-{part.Area.Code}", ShortText = $"{part.Area.Code}\u2002{part.Area.Title}",
        };
        if (part.Area.Summary != "") yield return new Paragraph(new Text(part.Area.Summary)) { Style = Styles.Lead };
        if (part.Area.Topics.Count > 0) yield return new ItemList([.. part.Area.Topics.Select(t => ListItem.Of(new Text(t)))]);
        yield return new Paragraph(new Text($"{Words(part.Entries.Count)}: {Counts(part.Entries)}.")) { Style = Styles.Body with { SpaceBefore = 6, Italic = true } };
        yield return new Rule { Thickness = 0.8, Colour = Accent, SpaceBefore = 8, SpaceAfter = 2 };
    }

    private static IEnumerable<Block> Abstracts(BookPart part, Func<string, byte[]> figure, Action<BookEntry> begun)
    {
        foreach (var entry in part.Entries)
        {
            begun(entry);
            yield return AbstractBlocks.Of(entry, figure);
        }
    }

    private static string Words(int count) => count == 1 ? "1 abstract" : string.Create(CultureInfo.InvariantCulture, $"{count} abstracts");

    private static string Counts(IReadOnlyList<BookEntry> entries)
        => string.Join(", ", new[] { (DecisionKind.Oral, "oral presentation"), (DecisionKind.Poster, "poster"), (DecisionKind.Panel, "panel contribution") }
            .Select(kind => (Count: entries.Count(e => e.Kind == kind.Item1), Words: kind.Item2))
            .Where(kind => kind.Count > 0)
            .Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Count} {kind.Words}{(kind.Count == 1 ? "" : "s")}")));

    private static string Days(Conference c) => string.Create(CultureInfo.InvariantCulture, $"{c.Dates.FirstDay:d MMMM} – {c.Dates.LastDay:d MMMM yyyy}");
}
