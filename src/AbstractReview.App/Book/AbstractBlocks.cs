using AbstractReview.Typesetting;

namespace AbstractReview.App.Book;

/// <summary>One contribution as the book prints it; the author's proof is made of the same blocks.</summary>
internal static class AbstractBlocks
{
    public static readonly Colour Accent = Colour.Parse("#0b4f6c");

    private static readonly ParagraphStyle Code = new()
    {
        Family = FontFamily.Sans, Size = 8.5, Leading = 12, Bold = true, Colour = Accent, Align = Alignment.Start, SpaceBefore = 18, SpaceAfter = 2, KeepWithNext = true, Hyphenate = false,
    };

    private static readonly ParagraphStyle Title = new()
    {
        Family = FontFamily.Sans, Size = 12.5, Leading = 16, Bold = true, Align = Alignment.Start, SpaceAfter = 4, KeepWithNext = true, KeepLines = true, Hyphenate = false,
    };

    private static readonly ParagraphStyle Authors = new()
    {
        Size = 10.5, Leading = 14.5, Align = Alignment.Start, SpaceAfter = 2, KeepWithNext = true, KeepLines = true, Hyphenate = false, Direction = TextDirection.LeftToRight,
    };

    private static readonly ParagraphStyle Affiliation = new()
    {
        Size = 8.8, Leading = 11.8, Align = Alignment.Start, KeepWithNext = true, KeepLines = true, Hyphenate = false, Direction = TextDirection.LeftToRight, Colour = Colour.Grey(0.25),
    };

    private static readonly ParagraphStyle Keywords = new() { Size = 9, Leading = 12.5, Align = Alignment.Start, Hyphenate = false, SpaceBefore = 2, SpaceAfter = 4 };

    /// <summary>The contribution; in its place, when anything in it cannot be printed, a box that names it.</summary>
    /// <param name="entry">The contribution.</param>
    /// <param name="figure">Fetches its picture; called while pages are laid out.</param>
    public static Block Of(BookEntry entry, Func<string, byte[]> figure)
        => new Guarded(FormattableString.Invariant($"AR-{entry.Number}"), Content(entry, figure), failure => Placeholder(entry, failure)) { Tag = FormattableString.Invariant($"AR-{entry.Number}") };

    private static IEnumerable<Block> Content(BookEntry entry, Func<string, byte[]> figure)
    {
        if (entry.Damage is { } damage) throw new InvalidDataException(damage);
        foreach (var block in Head(entry)) yield return block;
        if (entry.Withheld)
        {
            yield return new Paragraph(new Text("The authors did not consent to the publication of the abstract.")) { Style = Keywords };
            yield break;
        }

        foreach (var paragraph in entry.Abstract.Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var language = TextLanguage.Of(paragraph);
            yield return new Paragraph(new Text(paragraph)) { Style = new ParagraphStyle { SpaceAfter = 5, Language = language } };
        }

        if (entry.Figure is { } sha256)
            yield return new Image(figure(sha256), $"Figure of {entry.Code}") { MaxHeight = 260 };
        if (entry.Keywords.Count > 0) yield return new Paragraph([Text.Strong("Keywords: "), .. Separated(entry.Keywords)]) { Style = Keywords };
    }

    private static IEnumerable<Block> Head(BookEntry entry)
    {
        yield return new Paragraph(new Text(entry.Code), new Text("   " + entry.KindWords) { Colour = Colour.Grey(0.35) }) { Style = Code };
        yield return new Heading(2, new Text(entry.Title))
        {
            Style = Title, Destination = entry.Destination, ShortText = $"{entry.Code}\u2002{Affiliations.OneLine(entry.Title)}",
            ContentsNote = string.Join(", ", entry.Authors.Select(a => Isolated(a.FullName))),
        };
        var affiliations = Affiliations.Of(entry.Authors);
        yield return new Paragraph([.. Names(entry, affiliations)]) { Style = affiliations.Printed.Count == 0 ? Authors with { SpaceAfter = 7 } : Authors };
        if (affiliations.Printed.Count > 0) yield return new Paragraph([.. Institutions(affiliations)]) { Style = Affiliation with { SpaceAfter = 7 } };
    }

    private static IEnumerable<Inline> Names(BookEntry entry, Affiliations affiliations)
    {
        for (var i = 0; i < entry.Authors.Count; i++)
        {
            if (i > 0) yield return ", ";
            yield return Text.Isolated(entry.Authors[i].FullName) with { Underline = entry.Authors[i].Presenting };
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

    private static IReadOnlyList<Block> Placeholder(BookEntry entry, Exception failure) =>
    [
        .. Head(entry),
        new Panel(
            new Paragraph(Text.Strong(FormattableString.Invariant($"The abstract of AR-{entry.Number} could not be printed in this edition."))),
            new Paragraph(new Text($"The build report says why: {failure.Message} The abstract itself is safe; the next edition prints it once that is mended.")))
        { Bar = Accent },
    ];

    // First strong isolate and pop directional isolate, for plain strings.
    private static string Isolated(string text) => $"\u2068{text}\u2069";
}
