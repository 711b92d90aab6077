using System.Globalization;
using AbstractReview.App.Programme;
using AbstractReview.Domain.Decisions;
using AbstractReview.Typesetting;

namespace AbstractReview.App.Book;

/// <summary>The book as a document: front matter, contents, a part per area, indexes. Lazy: an abstract is laid out when its page comes.</summary>
internal sealed class BookDocument
{
    private readonly BookContent book;
    private readonly BookStyles styles;
    private readonly BookFront front;
    private readonly AbstractBlocks abstracts;

    private BookDocument(BookContent book, Func<string, byte[]> figure)
    {
        this.book = book;
        styles = new BookStyles(book.Options.Columns);
        front = new BookFront(book, styles);
        abstracts = new AbstractBlocks(book, figure);
    }

    /// <param name="book">What to print.</param>
    /// <param name="figure">Fetches a picture by its SHA-256; called while pages are laid out.</param>
    /// <param name="begun">Told of each contribution when its turn comes.</param>
    public static Document Of(BookContent book, Func<string, byte[]> figure, Action<BookEntry> begun)
    {
        var made = new BookDocument(book, figure);
        return new Document
        {
            Title = book.Title,
            Author = book.Conference.Organiser,
            Subject = $"Edition {book.Edition}",
            Language = "en",
            Created = book.At,
            Styles = made.styles.Sheet,
            Page = Sheet(book),
            FacingPages = true,
            Bleed = book.Options.Bleed ? 3 * 72 / 25.4 : 0,
            DraftMark = book.Options.Draft ? "DRAFT" : null,
            Sections = made.Sections(begun),
        };
    }

    // A long title would meet the conference's name.
    private static string AreaInHead(Domain.Conferences.Area area) => area.Title.Length <= 75 ? $"{area.Code} {area.Title}".Trim() : area.Code;

    /// <summary>One contribution on the book's paper, by the book's blocks.</summary>
    public static Document Proof(BookContent book, Func<string, byte[]> figure)
    {
        var made = new BookDocument(book, figure);
        var part = book.Parts[0];
        return new Document
        {
            Title = $"Proof of AR-{book.Entries.Single().Number}",
            Author = book.Conference.Organiser,
            Created = book.At,
            Styles = made.styles.Sheet,
            Page = Sheet(book) with
            {
                Head = new RunningLine { Start = [Text.Isolated($"{book.Conference.Acronym}: proof")], End = [Text.Isolated(AreaInHead(part.Area))] }, HeadEven = null, Foot = RunningLine.CentredFolio, FootEven = null,
            },
            Sections = [new Section { Blocks = [new Heading(1, "Page proof") { Style = BookStyles.Small }, .. made.Abstracts(part, _ => { })] }],
        };
    }

    internal static PageTemplate Sheet(BookContent book) => new()
    {
        Size = book.Options.PageSize == "Letter" ? PageSize.Letter : PageSize.A4,
        Margins = Around(book.Options),
        Head = new RunningLine { End = [new RunningHeading(1)] },
        HeadEven = new RunningLine { Start = [Text.Isolated($"{book.Conference.Title}")] },
        Foot = new RunningLine { End = [new Folio()] },
        FootEven = new RunningLine { Start = [new Folio()] },
        RuleUnderHead = true,
    };

    /// <summary>The white around the text.</summary>
    internal static Margins Around(BookOptions options) => options.Columns == 2 ? new Margins(62, 54, 78, 70) : new Margins(92, 82, 82, 76);

    private IEnumerable<Section> Sections(Action<BookEntry> begun)
    {
        foreach (var section in front.Sections()) yield return section;
        yield return new Section
        {
            Blocks = [new Heading(1, "Contents") { InContents = false, Destination = "contents" }, new TableOfContents { MaxLevel = 2 }], Page = Sheet(book), Start = SectionStart.Recto,
        };
        PageNumbering? numbering = new(NumberStyle.Arabic);
        foreach (var (i, part) in book.Parts.Index())
        {
            var page = Sheet(book) with { Thumb = Thumb(part, i) };
            if (book.Options.Columns == 1)
            {
                yield return new Section { Blocks = Opening(part).Concat(Abstracts(part, begun)), Page = page, Start = SectionStart.Recto, Numbering = numbering, Tag = part.Area.Code };
            }
            else
            {
                yield return new Section { Blocks = Opening(part), Page = page, Start = SectionStart.Recto, Numbering = numbering, Tag = part.Area.Code };
                yield return new Section { Blocks = Abstracts(part, begun), Page = page, Columns = book.Options.Columns, ColumnGap = 20, Tag = part.Area.Code };
            }

            numbering = null;
        }

        if (!book.Options.Prints(BookPiece.Indexes)) yield break;
        foreach (var (title, entries) in BookIndexes.All(book))
        {
            yield return new Section { Blocks = [new Heading(1, title), new AlphabeticalIndex(entries)], Numbering = numbering };
            numbering = null;
        }
    }

    /// <summary>Tabs stand one below the other over the height of the text, so that the closed book shows its parts.</summary>
    private Thumb Thumb(BookPart part, int at)
    {
        var sheet = Sheet(book);
        var height = Math.Min(54, (sheet.Size.Height - sheet.Margins.Top - sheet.Margins.Bottom) / book.Parts.Count);
        return new Thumb(part.Area.Code, book.Colour(part.Area.Code), sheet.Margins.Top + at * height, height);
    }

    private IEnumerable<Block> Opening(BookPart part)
    {
        var (area, colour) = (part.Area, book.Colour(part.Area.Code));
        yield return new Paragraph(new Text(area.Code)) { Style = BookStyles.AreaCode(colour) };
        yield return new Heading(1, new Text(area.Title))
        {
            Style = styles.Sheet.Headings[0] with { Colour = Colour.Black, SpaceAfter = 8 }, Destination = $"area-{area.Code}", ShortText = $"{area.Code}\u2002{area.Title}",
        };
        yield return new Rule { Thickness = 3, Width = 0.25, Colour = colour, SpaceBefore = 2, SpaceAfter = 12 };
        if (area.Summary != "") yield return new Paragraph(new Text(area.Summary)) { Style = BookStyles.Lead };
        if (area.Topics.Count > 0) yield return new ItemList([.. area.Topics.Select(t => ListItem.Of(new Text(t)))]);
        foreach (var session in part.Sessions) yield return Session(session);
        yield return new Paragraph(new Text($"{BookWords.Count(part.Entries.Count, "abstract")}: {BookWords.Kinds(part.Entries)}.")) { Style = styles.Sheet.Body with { SpaceBefore = 8, Italic = true } };
    }

    private Paragraph Session(ViewSession session)
    {
        List<Inline> line =
        [
            Link.ToUri(book.ProgrammeAt(session.Code), new Text(BookWords.When(session)) { Bold = true, Colour = Colour.Black }) with { Description = $"{session.Title} in the programme" },
            ", ", Text.Isolated(book.Programme!.Room(session.Room).Name),
        ];
        foreach (var (office, people) in new[] { ("Chair", session.Chairs), ("Rapporteur", session.Rapporteurs), ("Panel", session.Panellists) })
        {
            if (people.Count == 0) continue;
            line.Add(new LineBreak());
            line.Add($"{office}: ");
            line.AddRange(people.SelectMany((code, i) => (Inline[])[i == 0 ? "" : ", ", Text.Isolated(book.Programme!.Person(code).FullName)]));
        }

        return new Paragraph(line) { Style = styles.Sheet.Body with { Align = Alignment.Start, SpaceBefore = 6, KeepLines = true, Direction = TextDirection.LeftToRight, Hyphenate = false } };
    }

    private IEnumerable<Block> Abstracts(BookPart part, Action<BookEntry> begun)
    {
        var colour = book.Colour(part.Area.Code);
        foreach (var entry in part.Entries)
        {
            begun(entry);
            yield return abstracts.Of(entry, colour);
        }
    }
}

/// <summary>Counts and dates in words.</summary>
internal static class BookWords
{
    private static readonly (DecisionKind Kind, string One)[] KindWords = [(DecisionKind.Oral, "oral presentation"), (DecisionKind.Poster, "poster"), (DecisionKind.Panel, "panel contribution")];

    public static string Count(int count, string one) => string.Create(CultureInfo.InvariantCulture, $"{count} {one}{(count == 1 ? "" : "s")}");

    /// <summary>Such as <c>5 oral presentations, 1 poster</c>.</summary>
    public static string Kinds(IReadOnlyList<BookEntry> entries)
        => string.Join(", ", KindWords.Select(k => (Count: entries.Count(e => e.Kind == k.Kind), k.One)).Where(k => k.Count > 0).Select(k => Count(k.Count, k.One)));

    /// <summary>Such as <c>Wednesday 2 October, 09:00–11:00</c>.</summary>
    public static string When(ViewSession session) => string.Create(CultureInfo.InvariantCulture, $"{session.Start:dddd d MMMM}, {session.Start:HH:mm}–{session.End:HH:mm}");
}
