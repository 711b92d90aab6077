namespace AbstractReview.Typesetting;

/// <summary>Something that stands below what came before it.</summary>
public abstract record Block
{
    /// <summary>Names the source in reports, for instance "AR-42"; blocks inside take it over.</summary>
    public string? Tag { get; init; }
}

public sealed record Paragraph(params IReadOnlyList<Inline> Content) : Block
{
    /// <summary>Null takes the style of the surroundings: body, table cell, list item.</summary>
    public ParagraphStyle? Style { get; init; }

    /// <summary>Name links can lead to; unique in the document (the first wins).</summary>
    public string? Destination { get; init; }
}

/// <param name="Level">1 (highest) to 6.</param>
/// <param name="Content">Its text is also the outline's and the contents' entry unless <see cref="ShortText"/> is given.</param>
public sealed record Heading(int Level, params IReadOnlyList<Inline> Content) : Block
{
    public ParagraphStyle? Style { get; init; }

    /// <summary>Name links can lead to; a name is made up when null.</summary>
    public string? Destination { get; init; }

    /// <summary>Text for outline, contents and running heads instead of the full one.</summary>
    public string? ShortText { get; init; }

    public bool InOutline { get; init; } = true;

    public bool InContents { get; init; } = true;

    /// <summary>Second line of the entry in the contents, for instance the authors; null for none.</summary>
    public string? ContentsNote { get; init; }
}

public enum ListMarker { Bullet, Dash, Number, Letter, RomanNumber }

public sealed record ItemList(params IReadOnlyList<ListItem> Items) : Block
{
    public ListMarker Marker { get; init; } = ListMarker.Bullet;

    /// <summary>Number of the first item.</summary>
    public int Start { get; init; } = 1;

    /// <summary>Whether the marks stand at the right; null for where the document begins.</summary>
    public bool? RightToLeft { get; init; }
}

public sealed record ListItem(params IReadOnlyList<Block> Blocks)
{
    /// <summary>Printed instead of the list's marker.</summary>
    public string? Label { get; init; }

    public static ListItem Of(params IReadOnlyList<Inline> content) => new(new Paragraph(content));
}

/// <summary>Cells in rows; the first <see cref="HeaderRows"/> rows are repeated after a page break.</summary>
public sealed record Table : Block
{
    public required IReadOnlyList<TableColumn> Columns { get; init; }

    public required IReadOnlyList<TableRow> Rows { get; init; }

    public int HeaderRows { get; init; }

    public TableRules Rules { get; init; } = TableRules.Book;

    /// <summary>Space in points around the content of each cell.</summary>
    public double PaddingX { get; init; } = 4;

    public double PaddingY { get; init; } = 3;

    /// <summary>Points above and below the table.</summary>
    public double SpaceBefore { get; init; } = 6;

    public double SpaceAfter { get; init; } = 8;

    /// <summary>Columns run from the right when true.</summary>
    public bool RightToLeft { get; init; }

    /// <summary>Said to a screen reader; null for none.</summary>
    public string? Summary { get; init; }
}

/// <param name="Width">Points when <see cref="Fixed"/>, else a share of what fixed columns leave.</param>
public sealed record TableColumn(double Width = 1)
{
    public bool Fixed { get; init; }

    public static TableColumn Points(double width) => new(width) { Fixed = true };
}

public sealed record TableRow(params IReadOnlyList<TableCell> Cells)
{
    public Colour? Shading { get; init; }

    /// <summary>Keeps the row on the page of the next one, for instance a row that titles a group.</summary>
    public bool KeepWithNext { get; init; }
}

public sealed record TableCell(params IReadOnlyList<Block> Blocks)
{
    /// <summary>Number of columns covered, 1 or more.</summary>
    public int Span { get; init; } = 1;

    public Colour? Shading { get; init; }

    /// <summary>A row header for screen readers.</summary>
    public bool RowHeader { get; init; }

    public VerticalAlign Vertical { get; init; } = VerticalAlign.Top;

    public static TableCell Of(params IReadOnlyList<Inline> content) => new(new Paragraph(content));
}

public enum VerticalAlign { Top, Middle, Bottom }

public enum TableRules
{
    None,

    /// <summary>A line above, one under the head, one below.</summary>
    Book,

    /// <summary>Book, and a hairline under every row.</summary>
    Rows,

    /// <summary>Hairlines around every cell.</summary>
    Grid,
}

/// <summary>
/// A picture: baseline or progressive JPEG passes through, PNG (8 or 16 bits, palette, alpha) is decoded.
/// Scaled down to fit the column and <see cref="MaxHeight"/>, never up beyond its own size at 96 dpi unless <see cref="Width"/> asks.
/// </summary>
/// <param name="Data">The file's bytes; anything but JPEG or PNG throws <see cref="InvalidDataException"/> when laid out.</param>
/// <param name="AlternativeText">Said to a screen reader; empty marks decoration.</param>
public sealed record Image(ReadOnlyMemory<byte> Data, string AlternativeText) : Block
{
    /// <summary>Points; null for the picture's own width.</summary>
    public double? Width { get; init; }

    /// <summary>Points; null for the height of the column.</summary>
    public double? MaxHeight { get; init; }

    public Alignment Align { get; init; } = Alignment.Centre;

    public double SpaceBefore { get; init; } = 6;

    public double SpaceAfter { get; init; } = 6;

    /// <summary>Printed under the picture and kept with it.</summary>
    public IReadOnlyList<Inline> Caption { get; init; } = [];
}

/// <summary>Balanced columns in the middle of a page; they go on over as many pages as they need.</summary>
public sealed record Columns(int Count, params IReadOnlyList<Block> Blocks) : Block
{
    public double Gap { get; init; } = 18;
}

/// <summary>Stays on one page (or column) when it fits on one at all.</summary>
public sealed record KeepTogether(params IReadOnlyList<Block> Blocks) : Block;

/// <summary>Blocks on a coloured ground or beside a bar.</summary>
public sealed record Panel(params IReadOnlyList<Block> Blocks) : Block
{
    public Colour? Background { get; init; } = Colour.Grey(0.95);

    /// <summary>Colour of a bar at the start side; null for none.</summary>
    public Colour? Bar { get; init; }

    /// <summary>Points of a hairline around it; null for none.</summary>
    public Colour? Border { get; init; }

    public double Padding { get; init; } = 8;

    public double SpaceBefore { get; init; } = 6;

    public double SpaceAfter { get; init; } = 8;
}

/// <summary>White space of <paramref name="Height"/> points, lost at the top of a page; <see cref="Fill"/> takes a share of what is left on the page.</summary>
public sealed record Spacer(double Height) : Block
{
    /// <summary>Weight with which the space takes what the page leaves; 0 for none.</summary>
    public double Fill { get; init; }
}

/// <summary>A horizontal line.</summary>
public sealed record Rule : Block
{
    public double Thickness { get; init; } = 0.5;

    /// <summary>Share of the column's width, 0 to 1.</summary>
    public double Width { get; init; } = 1;

    public Alignment Align { get; init; } = Alignment.Start;

    public Colour Colour { get; init; } = Colour.Black;

    public double SpaceBefore { get; init; } = 4;

    public double SpaceAfter { get; init; } = 4;
}

public sealed record PageBreak : Block
{
    /// <summary>Go to the next column instead of the next page.</summary>
    public bool ColumnOnly { get; init; }
}

/// <summary>
/// Every heading of the document up to <see cref="MaxLevel"/>, linked, with leader dots and page numbers. It may stand before them:
/// its section is finished last, so put it into a section of its own (headings behind it in the same section are not known yet). Give the next section its own <see cref="Section.Numbering"/> to keep pages streaming meanwhile.
/// </summary>
public sealed record TableOfContents : Block
{
    public int MaxLevel { get; init; } = 3;
}

/// <summary>
/// Alphabetical entries with the pages of their destinations, in columns, with letters as headings.
/// Entries are sorted by the Unicode collation algorithm. Put it behind what it refers to.
/// </summary>
public sealed record AlphabeticalIndex(IEnumerable<IndexEntry> Entries) : Block
{
    public int Columns { get; init; } = 2;

    /// <summary>Print the first letter above its entries.</summary>
    public bool Letters { get; init; } = true;
}

/// <param name="Text">As printed.</param>
/// <param name="Destinations">Where it occurs; each distinct page is printed once.</param>
public sealed record IndexEntry(string Text, IReadOnlyList<string> Destinations)
{
    /// <summary>Text to sort by; null sorts by <see cref="Text"/>.</summary>
    public string? SortAs { get; init; }

    /// <summary>Printed after the text in italics, for instance a country.</summary>
    public string? Note { get; init; }
}

/// <summary>
/// Lays out <paramref name="Content"/>; when that throws (a broken picture, a failing enumeration), lays out
/// <paramref name="Fallback"/> instead and reports <paramref name="Label"/>. Nothing of the failed content remains.
/// </summary>
public sealed record Guarded(string Label, IEnumerable<Block> Content, Func<Exception, IReadOnlyList<Block>> Fallback) : Block;
