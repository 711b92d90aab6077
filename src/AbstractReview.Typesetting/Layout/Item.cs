using AbstractReview.Typesetting.Shaping;

namespace AbstractReview.Typesetting.Layout;

internal enum ItemKind : byte { Box, Glue, Penalty, Hole }

/// <summary>Box, glue or penalty, after Knuth and Plass; lengths in points.</summary>
internal struct Item
{
    public const int Forbidden = 10_000, Forced = -10_000;

    public ItemKind Kind;

    /// <summary>A penalty that prints a hyphen when the line is broken there.</summary>
    public bool Hyphen;

    /// <summary>Embedding level (UAX #9).</summary>
    public byte Level;

    public int Penalty;
    public double Width, Stretch, Shrink;

    /// <summary>Null for all but boxes.</summary>
    public ShapedWord? Word;

    /// <summary>The glyphs of the word; <see cref="GlyphTo"/> -1 means all.</summary>
    public int GlyphFrom, GlyphTo;

    /// <summary>Number of the format.</summary>
    public int Format;

    /// <summary>Place in the paragraph's text.</summary>
    public int TextStart;

    /// <summary>Destination whose page is printed here; only in holes.</summary>
    public string? Destination;
}
