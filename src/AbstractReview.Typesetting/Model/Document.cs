namespace AbstractReview.Typesetting;

/// <summary>
/// What is to become one PDF. <see cref="Sections"/> is enumerated once, lazily, while pages are written,
/// so a long book never needs to be in memory as a whole.
/// </summary>
public sealed record Document
{
    /// <summary>Shown in the window's title and kept in the metadata; must not be empty.</summary>
    public required string Title { get; init; }

    public string Author { get; init; } = "";

    public string Subject { get; init; } = "";

    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>BCP 47 tag of the main language, such as <c>en</c> or <c>ar</c>.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Creation date in the metadata; never the clock's, so that the same input gives the same bytes.</summary>
    public required DateTimeOffset Created { get; init; }

    public StyleSheet Styles { get; init; } = StyleSheet.Default;

    /// <summary>The template of sections that name none.</summary>
    public PageTemplate Page { get; init; } = PageTemplate.A4;

    /// <summary>True for a printed book: odd pages on the right, inner and outer margins mirrored.</summary>
    public bool FacingPages { get; init; }

    /// <summary>
    /// Points the paper is larger on every side before a printer trims it; coloured grounds that reach an edge go on into it. 0 for a document that is read as it is.
    /// </summary>
    public double Bleed { get; init; }

    /// <summary>Written by the thousand and read once: packed quickly rather than tightly, some 3 KB a page larger.</summary>
    public bool IsShortLived { get; init; }

    /// <summary>Large pale text across every page, for instance "Draft"; null for none.</summary>
    public string? DraftMark { get; init; }

    public required IEnumerable<Section> Sections { get; init; }
}

/// <summary>A part of the document that begins on a new page, with its own page template, columns and numbering.</summary>
public sealed record Section
{
    /// <summary>Enumerated once, lazily.</summary>
    public required IEnumerable<Block> Blocks { get; init; }

    /// <summary>Null takes the document's template.</summary>
    public PageTemplate? Page { get; init; }

    /// <summary>Columns of text, one or more; the last page of several columns is balanced.</summary>
    public int Columns { get; init; } = 1;

    /// <summary>Space between columns in points.</summary>
    public double ColumnGap { get; init; } = 18;

    public SectionStart Start { get; init; } = SectionStart.NewPage;

    /// <summary>Null continues the numbering of the section before.</summary>
    public PageNumbering? Numbering { get; init; }

    /// <summary>Label used in reports when a block without a tag is in trouble.</summary>
    public string? Tag { get; init; }
}

public enum SectionStart
{
    NewPage,

    /// <summary>On a right-hand (odd) page; a blank page is put before it when needed. Same as NewPage without facing pages.</summary>
    Recto,
}

public enum NumberStyle { Arabic, Roman, RomanUpper, None }

/// <param name="Style">How the folio is written; None prints none and labels the pages with an empty string.</param>
/// <param name="Start">Number of the section's first page, 1 or more.</param>
/// <param name="Prefix">Put before every number in the label, for instance "A-".</param>
public sealed record PageNumbering(NumberStyle Style, int Start = 1, string Prefix = "");

/// <summary>Size of a page in points (1/72 inch).</summary>
public readonly record struct PageSize(double Width, double Height)
{
    public static readonly PageSize A4 = new(595.276, 841.89);
    public static readonly PageSize A5 = new(419.528, 595.276);
    public static readonly PageSize Letter = new(612, 792);

    public PageSize Landscape => new(Math.Max(Width, Height), Math.Min(Width, Height));
}

/// <summary>Margins in points. Inner is at the spine: left on odd pages, right on even ones when pages face.</summary>
public readonly record struct Margins(double Inner, double Outer, double Top, double Bottom)
{
    public static Margins All(double points) => new(points, points, points, points);
}

/// <summary>Paper, margins and what is printed in them.</summary>
public sealed record PageTemplate
{
    public PageSize Size { get; init; } = PageSize.A4;

    public Margins Margins { get; init; } = new(74, 74, 80, 78);

    /// <summary>Head of odd (right-hand) pages, and of all pages when <see cref="HeadEven"/> is null.</summary>
    public RunningLine? Head { get; init; }

    public RunningLine? HeadEven { get; init; }

    /// <summary>Foot of odd (right-hand) pages, and of all pages when <see cref="FootEven"/> is null.</summary>
    public RunningLine? Foot { get; init; }

    public RunningLine? FootEven { get; init; }

    /// <summary>A hairline between the running head and the text.</summary>
    public bool RuleUnderHead { get; init; }

    /// <summary>Printed at the outer edge, so that parts are found with the thumb; null for none.</summary>
    public Thumb? Thumb { get; init; }

    /// <summary>Coloured grounds under the text of every page, for instance of a cover.</summary>
    public IReadOnlyList<Ground> Grounds { get; init; } = [];

    /// <summary>Leave head and foot off the first page of each section that uses this template.</summary>
    public bool BareFirstPage { get; init; }

    public static readonly PageTemplate A4 = new();

    public static readonly PageTemplate Letter = new() { Size = PageSize.Letter };
}

/// <summary>A coloured tab at the outer edge of a page with a short label in white.</summary>
/// <param name="Label">Some four letters.</param>
/// <param name="Colour">Dark enough for white letters.</param>
/// <param name="Top">Points from the top of the page.</param>
/// <param name="Height">Points.</param>
public sealed record Thumb(string Label, Colour Colour, double Top, double Height);

/// <summary>A filled rectangle; points from the left and the top of the page. It is decoration to a screen reader.</summary>
public sealed record Ground(double X, double Top, double Width, double Height, Colour Colour);

/// <summary>One line in a margin, in three places; "start" is left unless the document's language is written from the right.</summary>
public sealed record RunningLine
{
    public IReadOnlyList<Inline> Start { get; init; } = [];

    public IReadOnlyList<Inline> Centre { get; init; } = [];

    public IReadOnlyList<Inline> End { get; init; } = [];

    /// <summary>The folio in the middle.</summary>
    public static readonly RunningLine CentredFolio = new() { Centre = [new Folio()] };
}
