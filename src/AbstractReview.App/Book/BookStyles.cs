using AbstractReview.Typesetting;

namespace AbstractReview.App.Book;

/// <summary>The look of a book: one grid of 14 points in one column, of 12 in two; a serif for reading, a sans for finding.</summary>
/// <param name="Columns">Columns of the abstracts, 1 or 2.</param>
internal sealed record BookStyles(int Columns)
{
    public static readonly Colour Accent = Colour.Parse("#0b3d55");

    private static readonly ParagraphStyle Sans = new() { Family = FontFamily.Sans, Align = Alignment.Start, Hyphenate = false };

    private bool Narrow => Columns > 1;

    private double Leading => Narrow ? 12 : 14;

    public StyleSheet Sheet => StyleSheet.Default with
    {
        Body = Text with { FirstLineIndent = 0, SpaceAfter = 5, OnGrid = false },
        Headings =
        [
            StyleSheet.Default.Headings[0] with { Size = 23, Leading = 29, Colour = Accent, SpaceAfter = 14 },
            .. StyleSheet.Default.Headings.Skip(1),
        ],
        Title = StyleSheet.Default.Title with { Size = 33, Leading = 41, Colour = Colour.White },
        ListItem = Text with { FirstLineIndent = 0, SpaceAfter = 0, Align = Alignment.Start },
        TableCell = StyleSheet.Default.TableCell with { Hyphenate = false },
        ContentsNote = StyleSheet.Default.ContentsNote with { Colour = Colour.Grey(0.32) },
    };

    public ParagraphStyle Text => new() { Size = Narrow ? 9.2 : 10.2, Leading = Leading, OnGrid = true, FirstLineIndent = Narrow ? 10 : 14 };

    public ParagraphStyle FirstText => Text with { FirstLineIndent = 0 };

    public ParagraphStyle Code => Sans with { Size = 8.5, Leading = 12, SpaceBefore = Narrow ? 20 : 24, SpaceAfter = 2, KeepWithNext = true, KeepLines = true };

    public ParagraphStyle AbstractTitle => Sans with { Size = Narrow ? 11 : 12.8, Leading = Narrow ? 13.5 : 16, Bold = true, SpaceAfter = 4, KeepWithNext = true, KeepLines = true };

    public ParagraphStyle Authors => new()
    {
        Size = Narrow ? 9.6 : 10.6, Leading = Narrow ? 13 : 14.5, Align = Alignment.Start, SpaceAfter = 2, KeepWithNext = true, KeepLines = true, Hyphenate = false, Direction = TextDirection.LeftToRight,
    };

    public ParagraphStyle Affiliation => new()
    {
        Size = Narrow ? 8.2 : 8.8, Leading = Narrow ? 11 : 11.8, Align = Alignment.Start, KeepWithNext = true, KeepLines = true, Hyphenate = false, Direction = TextDirection.LeftToRight,
        Colour = Colour.Grey(0.28), SpaceAfter = 5,
    };

    public ParagraphStyle Keywords => new()
    {
        Size = Narrow ? 8.4 : 9, Leading = Narrow ? 11.5 : 12.5, Align = Alignment.Start, Hyphenate = false, SpaceBefore = 4, KeepWithPrevious = true, KeepLines = true,
    };

    public static ParagraphStyle Small => Sans with { Size = 8.5, Leading = 12, Colour = Colour.Grey(0.3) };

    public static ParagraphStyle Lead => StyleSheet.Default.Lead with { SpaceAfter = 8 };

    /// <summary>A line of the cover.</summary>
    public static ParagraphStyle Cover(double size, Colour colour) => Sans with { Size = size, Leading = size * 1.4, Colour = colour };

    /// <summary>The letters above an area's title.</summary>
    public static ParagraphStyle AreaCode(Colour colour) => Sans with { Size = 40, Leading = 46, Bold = true, Colour = colour, KeepWithNext = true };
}
