using AbstractReview.Typesetting;

namespace AbstractReview.App.Letters;

/// <summary>A certificate: one page across, everything in the middle, to be hung on a wall.</summary>
internal static class CertificatePages
{
    private static readonly ParagraphStyle Line = new() { Size = 13, Leading = 20, Align = Alignment.Centre, Hyphenate = false, SpaceAfter = 10 };
    private static readonly ParagraphStyle Head = Line with { Family = FontFamily.Sans, Size = 12, Leading = 17, Colour = LetterPages.Accent, Bold = true, SpaceAfter = 2 };
    private static readonly ParagraphStyle Title = Line with { Size = 30, Leading = 38, SpaceBefore = 12, SpaceAfter = 14, Colour = LetterPages.Accent };
    private static readonly ParagraphStyle Name = Line with { Size = 20, Leading = 27, SpaceBefore = 4, SpaceAfter = 0 };

    // A long title or many authors still have room for signature and stamp on the one page.
    private static ParagraphStyle Fitting(LetterSide side) => side.Text.Parts.Sum(p => p.Lines.Sum(l => l.Length)) switch
    {
        <= 250 => Line,
        <= 380 => Line with { Size = 12, Leading = 17.5, SpaceAfter = 7 },
        _ => Line with { Size = 10.5, Leading = 14.5, SpaceAfter = 5 },
    };

    public static Section Section(LetterSide side) => new()
    {
        Tag = side.Reference,
        Page = new PageTemplate { Size = PageSize.A4.Landscape, Margins = new Margins(96, 96, 44, 36) },
        Blocks = Blocks(side),
    };

    private static IEnumerable<Block> Blocks(LetterSide side)
    {
        yield return new Rule { Thickness = 2.4, Colour = LetterPages.Accent, SpaceAfter = 2 };
        yield return new Rule { Thickness = 0.6, Colour = LetterPages.Accent, SpaceBefore = 0, SpaceAfter = 18 };
        if (side.Look.Logo is { } logo) yield return new Image(logo, side.Words.Organiser) { Width = 96, MaxHeight = 40, Align = Alignment.Centre, SpaceBefore = 0 };
        yield return new Paragraph(Text.Isolated(side.Words.Conference)) { Style = side.In(Head) };
        yield return new Paragraph(Text.Isolated(LetterText.WholeDays(side.Words.Letterhead))) { Style = side.In(LetterPages.Small with { Align = Alignment.Centre }) };
        // The text stands a little above the middle of what the page leaves it.
        yield return new Spacer(0) { Fill = 2 };
        yield return new Paragraph(new Text(side.Text.Subject)) { Style = side.In(Title) };
        foreach (var block in side.Text.AsBlocks(side.In(Fitting(side)), (side.Letter.ToName, side.In(Name)))) yield return block;
        yield return new Spacer(0) { Fill = 3 };
        yield return new Table
        {
            Columns = [new TableColumn(3), new TableColumn(2), new TableColumn(3)],
            Rules = TableRules.None, PaddingX = 0, PaddingY = 0, RightToLeft = side.RightToLeft,
            Rows = [new TableRow(
                new TableCell([.. LetterPages.SignatureLines(side, side.RightToLeft ? Alignment.End : Alignment.Start)]),
                new TableCell([.. LetterPages.Stamp(side, Alignment.Centre, 64)]) { Vertical = VerticalAlign.Bottom },
                new TableCell(
                    new Paragraph(Text.Isolated(side.PlaceAndDate)) { Style = side.In(LetterPages.Address with { Align = Alignment.End }) },
                    new Paragraph(new Text($"{LetterWords.Reference(side.Language)} "), Text.Isolated(side.Reference)) { Style = side.In(LetterPages.Small with { Align = Alignment.End }) }) { Vertical = VerticalAlign.Bottom })],
        };
        yield return new Rule { Thickness = 0.6, Colour = LetterPages.Accent, SpaceBefore = 10, SpaceAfter = 2 };
        yield return new Rule { Thickness = 2.4, Colour = LetterPages.Accent, SpaceBefore = 0, SpaceAfter = 0 };
    }
}
