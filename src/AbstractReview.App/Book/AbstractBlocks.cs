using AbstractReview.Typesetting;

namespace AbstractReview.App.Book;

/// <summary>One contribution as the book prints it; the author's proof is made of the same blocks.</summary>
internal sealed class AbstractBlocks(BookContent book, Func<string, byte[]> figure)
{
    private readonly BookStyles styles = new(book.Options.Columns);

    /// <summary>The contribution; in its place, when anything in it cannot be printed, a box that names it.</summary>
    public Block Of(BookEntry entry, Colour colour)
    {
        var name = FormattableString.Invariant($"AR-{entry.Number}");
        return new Guarded(name, Content(entry, colour), failure => Placeholder(entry, colour, failure)) { Tag = name };
    }

    private IEnumerable<Block> Content(BookEntry entry, Colour colour)
    {
        if (entry.Damage is { } damage) throw new InvalidDataException(damage);
        foreach (var block in Head(entry, colour)) yield return block;
        if (entry.Withheld)
        {
            yield return new Paragraph(new Text(BookEntry.WithheldWords)) { Style = styles.Keywords };
            yield break;
        }

        var first = true;
        foreach (var part in AbstractText.Parts(entry.Abstract))
        {
            yield return Part(part, first);
            first = false;
        }

        foreach (var (i, sha256) in entry.Figures.Index())
            yield return new Image(figure(sha256), $"Figure {i + 1} of “{AbstractText.OneLine(entry.Title)}”")
            {
                MaxHeight = 260, SpaceBefore = 8, Caption = entry.Figures.Count > 1 ? [FormattableString.Invariant($"Figure {i + 1}")] : [],
            };
        if (book.Options.Prints(BookPiece.Keywords) && entry.Keywords.Count > 0)
            yield return new Paragraph([Text.Strong("Keywords: "), .. Separated(entry.Keywords)]) { Style = styles.Keywords };
        if (book.Doi(entry) is { } doi) yield return new Paragraph(Text.Strong("DOI: "), Link.ToUri($"https://doi.org/{doi}", new Text(doi))) { Style = styles.Keywords with { SpaceBefore = 1 } };
    }

    private Block Part(AbstractPart part, bool first) => part.Kind switch
    {
        AbstractPartKind.Paragraph => new Paragraph(new Text(string.Join('\n', part.Lines))) { Style = (first ? styles.FirstText : styles.Text) with { Language = part.Language } },
        var kind => new ItemList([.. part.Lines.Select(line => ListItem.Of(new Text(line) { Language = part.Language }))])
        {
            Marker = kind == AbstractPartKind.Numbers ? ListMarker.Number : ListMarker.Bullet,
        },
    };

    private IEnumerable<Block> Head(BookEntry entry, Colour colour)
    {
        yield return new Paragraph([new Text(entry.Code) { Bold = true, Colour = colour, Unbroken = true }, new Text($"\u2003{entry.KindWords}") { Colour = Colour.Grey(0.35) }, .. Slot(entry)]) { Style = styles.Code };
        yield return new Heading(2, new Text(entry.Title) { Language = TextLanguage.Of(entry.Title) })
        {
            Style = styles.AbstractTitle, Destination = entry.Destination, ShortText = $"{entry.Code}\u2002{AbstractText.OneLine(entry.Title)}",
            ContentsNote = string.Join(", ", entry.Authors.Select(a => Isolated(a.FullName))),
        };
        var affiliations = book.Options.Prints(BookPiece.Affiliations) ? Affiliations.Of(entry.Authors) : Affiliations.None(entry.Authors);
        yield return new Paragraph([.. Names(entry, affiliations)]) { Style = affiliations.Printed.Count == 0 ? styles.Authors with { SpaceAfter = 7 } : styles.Authors };
        if (affiliations.Printed.Count > 0) yield return new Paragraph([.. Institutions(affiliations)]) { Style = styles.Affiliation };
    }

    private Inline[] Slot(BookEntry entry) => entry.Slot is not { } slot ? [] :
    [
        new Text(" · ") { Colour = Colour.Grey(0.35) },
        Link.ToUri(book.ProgrammeAt(slot.Code), new Text(slot.Words) { Colour = Colour.Grey(0.35) }) with { Description = $"{entry.Code} in the programme: {slot.Words}" },
    ];

    private static IEnumerable<Inline> Names(BookEntry entry, Affiliations affiliations)
    {
        for (var i = 0; i < entry.Authors.Count; i++)
        {
            if (i > 0) yield return ", ";
            var author = entry.Authors[i];
            var name = Text.Isolated(author.FullName) with { Underline = author.Presenting, Language = TextLanguage.OfName(author), Colour = Colour.Black };
            yield return author.Orcid is { } orcid ? Link.ToUri($"https://orcid.org/{orcid}", name) with { Description = $"ORCID record of {author.FullName}" } : name;
            if (affiliations.Printed.Count > 1 && affiliations.MarkOf[i] > 0) yield return Text.Raised(FormattableString.Invariant($"{affiliations.MarkOf[i]}"));
        }
    }

    private static IEnumerable<Inline> Institutions(Affiliations affiliations)
    {
        for (var i = 0; i < affiliations.Printed.Count; i++)
        {
            if (i > 0) yield return new LineBreak();
            if (affiliations.Printed.Count > 1) yield return Text.Raised(FormattableString.Invariant($"{i + 1}\u2009"));
            yield return Text.Isolated(affiliations.Printed[i]);
        }
    }

    private static IEnumerable<Inline> Separated(IEnumerable<string> words)
        => words.SelectMany((word, i) => i == 0 ? new Inline[] { Text.Isolated(word) } : [new Text("; "), Text.Isolated(word)]);

    private IReadOnlyList<Block> Placeholder(BookEntry entry, Colour colour, Exception failure) =>
    [
        .. Head(entry, colour),
        new Panel(
            new Paragraph(Text.Strong(FormattableString.Invariant($"The abstract of AR-{entry.Number} could not be printed in this edition."))),
            new Paragraph(new Text($"The build report says why: {failure.Message} The abstract itself is safe; the next edition prints it once that is mended.")))
        { Bar = colour },
    ];

    // First strong isolate and pop directional isolate, for plain strings.
    private static string Isolated(string text) => $"\u2068{text}\u2069";
}
