using AbstractReview.Typesetting.Shaping;

namespace AbstractReview.Typesetting.Layout;

/// <summary>A part of a line: a word or a part of one, a space, or a hole for a page number not yet known.</summary>
internal struct Piece
{
    /// <summary>Null for a space or a hole.</summary>
    public ShapedWord? Word;

    public int GlyphFrom, GlyphTo;
    public TextFormat Format;
    public byte Level;

    /// <summary>Points.</summary>
    public double Width;

    /// <summary>Part of the width that follows the glyphs, in points.</summary>
    public double Spread;

    /// <summary>Destination whose page number fills the hole.</summary>
    public string? Destination;

    /// <summary>A hyphen that the line break brought; it stands for a soft hyphen.</summary>
    public bool SoftHyphen;
}

/// <summary>A note at the foot: its number and name, and what it says.</summary>
internal sealed record NoteMark(int Number, string Destination, IReadOnlyList<Inline> Content);

/// <summary>A broken and set line: pieces in logical order.</summary>
internal sealed record TextLine
{
    public required Piece[] Pieces { get; init; }

    /// <summary>From the column's left edge, in points.</summary>
    public required double X { get; init; }

    public required double Width { get; init; }

    /// <summary>Some piece has an odd level or the line as a whole runs from the right.</summary>
    public required bool Bidirectional { get; init; }

    public required byte BaseLevel { get; init; }

    /// <summary>The text goes on in the next line after a space that was dropped.</summary>
    public required bool DroppedSpace { get; init; }

    /// <summary>Destinations named within this line.</summary>
    public IReadOnlyList<string> Anchors { get; init; } = [];

    /// <summary>Notes whose numbers stand in this line.</summary>
    public IReadOnlyList<NoteMark> Notes { get; init; } = [];

    public TextLine Moved(double right) => this with { X = X + right };
}
