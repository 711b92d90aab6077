using AbstractReview.Typesetting.Fonts;

namespace AbstractReview.Typesetting.Shaping;

/// <summary>
/// A drawn glyph; lengths in thousandths of the em. <c>TextStart</c> and <c>TextLength</c> say which part of the word it draws; the length
/// is 0 for all but the first glyph of a cluster. A splittable glyph may begin a line without shaping the word anew.
/// </summary>
internal readonly record struct Glyph(ushort Id, float Advance, float OffsetX, float OffsetY, short TextStart, byte TextLength, bool Splittable);

/// <summary>Glyphs of one face, in visual order from left to right.</summary>
internal sealed record GlyphRun(FontFace Face, Glyph[] Glyphs, double Width)
{
    /// <summary>Some glyph stands above or below the baseline, as marks do.</summary>
    public bool HasRise { get; } = Array.Exists(Glyphs, glyph => glyph.OffsetY != 0);

    /// <summary>The run as every document writes it, when all its codes are of the face's stock; null when they are not, or before it is asked for.</summary>
    public byte[]? Stocked { get; set; }
}

/// <summary>A word shaped once and used wherever it occurs; immutable but for the lazily found hyphens.</summary>
internal sealed class ShapedWord(string text, GlyphRun[] runs, string[] missing, bool rightToLeft)
{
    public string Text { get; } = text;

    /// <summary>In logical order.</summary>
    public GlyphRun[] Runs { get; } = runs;

    /// <summary>Characters that no face draws.</summary>
    public string[] Missing { get; } = missing;

    public bool RightToLeft { get; } = rightToLeft;

    /// <summary>Thousandths of the em.</summary>
    public double Width { get; } = Sum(runs);

    /// <summary>Glyph numbers before which a hyphen may stand; null until asked for.</summary>
    public int[]? Hyphens { get; set; }

    /// <summary>Only words of one run from left to right are divided.</summary>
    public bool Divisible => Runs.Length == 1 && !RightToLeft;

    public double WidthOf(int from, int to)
    {
        if (from == 0 && (to < 0 || Runs.Length != 1 || to == Runs[0].Glyphs.Length)) return Width;
        var glyphs = Runs[0].Glyphs;
        var width = 0.0;
        for (var i = from; i < (to < 0 ? glyphs.Length : to); i++) width += glyphs[i].Advance;
        return width;
    }

    private static double Sum(GlyphRun[] runs)
    {
        var width = 0.0;
        foreach (var run in runs) width += run.Width;
        return width;
    }
}
