namespace AbstractReview.Typesetting;

public enum FontFamily { Serif, Sans, Mono }

/// <summary>Start is the side where the paragraph's direction begins.</summary>
public enum Alignment { Justify, Start, Centre, End }

/// <summary>Auto takes the first strong character (UAX #9, P2 and P3).</summary>
public enum TextDirection { Auto, LeftToRight, RightToLeft }

/// <summary>A colour in sRGB, each part 0 to 255.</summary>
public readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    public static readonly Colour Black = new(0, 0, 0);
    public static readonly Colour White = new(255, 255, 255);

    /// <param name="light">0 is black, 1 is white.</param>
    public static Colour Grey(double light)
    {
        var part = (byte)Math.Round(Math.Clamp(light, 0, 1) * 255);
        return new Colour(part, part, part);
    }

    /// <summary>"#1a4d8f" as in a style sheet of the web.</summary>
    /// <exception cref="FormatException">Not a number sign and six hexadecimal digits.</exception>
    public static Colour Parse(string hex)
    {
        if (hex is not ['#', _, _, _, _, _, _]) throw new FormatException($"“{hex}” is not a colour like #1a4d8f.");
        var parts = Convert.FromHexString(hex.AsSpan(1));
        return new Colour(parts[0], parts[1], parts[2]);
    }
}

/// <summary>How a paragraph looks; all lengths in points.</summary>
public sealed record ParagraphStyle
{
    public FontFamily Family { get; init; } = FontFamily.Serif;

    public double Size { get; init; } = 10;

    /// <summary>From baseline to baseline.</summary>
    public double Leading { get; init; } = 14;

    public bool Bold { get; init; }

    public bool Italic { get; init; }

    public Colour Colour { get; init; } = Colour.Black;

    public Alignment Align { get; init; } = Alignment.Justify;

    /// <summary>Negative hangs the first line out.</summary>
    public double FirstLineIndent { get; init; }

    public double IndentStart { get; init; }

    public double IndentEnd { get; init; }

    /// <summary>Of two neighbouring spaces the larger counts.</summary>
    public double SpaceBefore { get; init; }

    public double SpaceAfter { get; init; }

    public bool KeepWithNext { get; init; }

    /// <summary>Stands on the page of the last lines before it, as keywords stand below their text.</summary>
    public bool KeepWithPrevious { get; init; }

    /// <summary>
    /// Lines stand on a grid counted from the column's top, so that they meet across columns and pages; only for styles of one leading.
    /// Space before and after is rounded up to it.
    /// </summary>
    public bool OnGrid { get; init; }

    /// <summary>Never broken across pages when it fits on one.</summary>
    public bool KeepLines { get; init; }

    public bool Hyphenate { get; init; } = true;

    public TextDirection Direction { get; init; } = TextDirection.Auto;

    /// <summary>BCP 47 tag; null takes the document's language.</summary>
    public string? Language { get; init; }
}

/// <summary>The looks a document uses by name; change any with <c>with</c>.</summary>
public sealed record StyleSheet
{
    public ParagraphStyle Body { get; init; } = new() { SpaceAfter = 5 };

    /// <summary>Levels 1 to 6.</summary>
    public IReadOnlyList<ParagraphStyle> Headings { get; init; } =
    [
        Sans(20, 25) with { SpaceBefore = 0, SpaceAfter = 16, Bold = true },
        Sans(14, 18) with { SpaceBefore = 16, SpaceAfter = 7, Bold = true },
        Sans(11.5, 15) with { SpaceBefore = 13, SpaceAfter = 5, Bold = true },
        Sans(10, 14) with { SpaceBefore = 10, SpaceAfter = 3, Bold = true },
        Sans(9.5, 14) with { SpaceBefore = 8, SpaceAfter = 2, Bold = true },
        Sans(9.5, 14) with { SpaceBefore = 8, SpaceAfter = 2, Italic = true },
    ];

    public ParagraphStyle Title { get; init; } = Sans(30, 36) with { Bold = true, SpaceAfter = 12, KeepWithNext = false };

    public ParagraphStyle Subtitle { get; init; } = Sans(15, 21) with { SpaceAfter = 8, KeepWithNext = false };

    public ParagraphStyle Lead { get; init; } = new() { Size = 11.5, Leading = 16.5, SpaceAfter = 6 };

    public ParagraphStyle Small { get; init; } = new() { Size = 8.5, Leading = 11.5, SpaceAfter = 3 };

    /// <summary>Notes at the foot.</summary>
    public ParagraphStyle Note { get; init; } = new() { Size = 8.5, Leading = 11, SpaceAfter = 1.5 };

    public ParagraphStyle Quote { get; init; } = new() { Italic = true, IndentStart = 18, IndentEnd = 18, SpaceBefore = 4, SpaceAfter = 6 };

    public ParagraphStyle Caption { get; init; } = Sans(8.5, 11.5) with { SpaceAfter = 6, Align = Alignment.Centre, KeepWithNext = false };

    public ParagraphStyle ListItem { get; init; } = new() { SpaceAfter = 2.5 };

    public ParagraphStyle TableCell { get; init; } = new() { Size = 9, Leading = 12, Align = Alignment.Start, Hyphenate = true };

    public ParagraphStyle TableHead { get; init; } = Sans(8.5, 12) with { Bold = true, KeepWithNext = false };

    /// <summary>Entries of the contents by level; a level beyond the last takes the last.</summary>
    public IReadOnlyList<ParagraphStyle> Contents { get; init; } =
    [
        Sans(10, 14) with { Bold = true, SpaceBefore = 8, SpaceAfter = 2 },
        new() { SpaceAfter = 2, IndentStart = 12, Align = Alignment.Start, Hyphenate = false },
        new() { Size = 9.5, Leading = 13, SpaceAfter = 1.5, IndentStart = 24, Align = Alignment.Start, Hyphenate = false },
    ];

    public ParagraphStyle ContentsNote { get; init; } = new()
    {
        Size = 8.5, Leading = 11.5, Italic = true, Align = Alignment.Start, Hyphenate = false, Colour = Colour.Grey(0.3), SpaceAfter = 2,
    };

    public ParagraphStyle IndexEntry { get; init; } = new()
    {
        Size = 9, Leading = 12, Align = Alignment.Start, IndentStart = 12, FirstLineIndent = -12, Hyphenate = false, KeepLines = true,
    };

    public ParagraphStyle IndexLetter { get; init; } = Sans(11, 14) with { Bold = true, SpaceBefore = 9, SpaceAfter = 2 };

    public ParagraphStyle RunningLine { get; init; } = Sans(8.5, 11) with { Colour = Colour.Grey(0.25), KeepWithNext = false };

    /// <summary>Text of links to a URI; null leaves the text's own colour.</summary>
    public Colour? LinkColour { get; init; } = new Colour(0x1a, 0x4d, 0x8f);

    /// <summary>Text of links within the document; null leaves the text's own colour.</summary>
    public Colour? InternalLinkColour { get; init; }

    public static readonly StyleSheet Default = new();

    private static ParagraphStyle Sans(double size, double leading) => new()
    {
        Family = FontFamily.Sans, Size = size, Leading = leading, Align = Alignment.Start, Hyphenate = false, KeepWithNext = true, KeepLines = true,
    };
}
