using AbstractReview.Typesetting.Shaping;

namespace AbstractReview.Typesetting.Layout;

/// <summary>How a stretch of text looks, resolved from inline and paragraph; size and rise above the baseline in points.</summary>
internal sealed record TextFormat(Typeface Typeface, double Size, double Rise, Colour Colour, bool Underline, Link? Link, string Language)
{
    /// <summary>Points for thousandths of the em.</summary>
    public double Unit { get; } = Size / 1000;
}
