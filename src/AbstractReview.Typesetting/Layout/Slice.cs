using AbstractReview.Typesetting.Pdf;

namespace AbstractReview.Typesetting.Layout;

/// <summary>The smallest part of a column that is never divided: a line, a row, a picture. Lengths in points.</summary>
internal abstract class Slice
{
    /// <summary>White space above, lost at the top of a column.</summary>
    public double Before { get; set; }

    public required double Height { get; init; }

    /// <summary>What a column break above this slice costs; <see cref="Item.Forbidden"/> only when nothing else is left.</summary>
    public int BreakPenalty { get; set; }

    /// <summary>Held until the slice is drawn.</summary>
    public StructureElement? Element { get; init; }

    public string? Tag { get; init; }

    /// <summary>Drawn again above this slice when it begins a column: the head of a table.</summary>
    public Slice? RepeatedHead { get; init; }

    /// <summary>The slice stands on the baseline grid of its column: at a multiple of its height from the column's top.</summary>
    public bool OnGrid { get; init; }

    /// <summary>Weight with which the slice takes what the page leaves.</summary>
    public double Fill { get; init; }

    /// <summary>Drawn at the foot of the column the slice comes to stand in.</summary>
    public virtual IReadOnlyList<Slice> Notes => [];

    /// <param name="page">Where to draw.</param>
    /// <param name="x">Left edge of the column, from the left edge of the page.</param>
    /// <param name="top">Upper edge of the slice, from the top of the page.</param>
    public abstract void Draw(Page page, double x, double top);

    /// <summary>Two slices of which the first is at most <paramref name="height"/> high, or null when it cannot be divided there.</summary>
    public virtual (Slice First, Slice Remainder)? Split(double height) => null;
}

/// <summary>Goes to the next page or column.</summary>
internal sealed class BreakSlice : Slice
{
    public bool ColumnOnly { get; init; }

    /// <summary>Headings that must not be left behind go along.</summary>
    public bool TakesHeadings { get; init; }

    public override void Draw(Page page, double x, double top)
    {
    }
}

internal sealed class SpaceSlice : Slice
{
    public override void Draw(Page page, double x, double top)
    {
    }
}

internal sealed class RuleSlice : Slice
{
    public required double X { get; init; }

    public required double Width { get; init; }

    public required Colour Colour { get; init; }

    public override void Draw(Page page, double x, double top) => page.Shade(x + X, top, Width, Height, Colour);
}

internal sealed class PictureSlice : Slice
{
    public required double X { get; init; }

    public required double Width { get; init; }

    public required Picture Picture { get; init; }

    public override void Draw(Page page, double x, double top) => page.DrawPicture(Element, Picture, x + X, top, Width, Height);
}

/// <summary>A line of text with what begins on it.</summary>
internal sealed class LineSlice : Slice
{
    public required TextLine Line { get; init; }

    /// <summary>From the upper edge down to the baseline.</summary>
    public required double Baseline { get; init; }

    /// <summary>Destinations, headings and marks to note when the line's page is known.</summary>
    public Action<Page, double>? Arrived { get; init; }

    /// <summary>The notes of the line, set.</summary>
    public IReadOnlyList<Slice> Foot { get; init; } = [];

    public override IReadOnlyList<Slice> Notes => Foot;

    /// <summary>Draws what follows the line beside it: leader dots and a page number.</summary>
    public Action<Page, double, double>? Beside { get; init; }

    public override void Draw(Page page, double x, double top)
    {
        Arrived?.Invoke(page, top);
        page.DrawLine(Element, Line, x, top + Baseline);
        Beside?.Invoke(page, x, top + Baseline);
    }
}

/// <summary>A slice on a coloured ground.</summary>
internal sealed class PanelSlice : Slice
{
    public required Slice Inner { get; init; }

    public required double X { get; init; }

    public required double Width { get; init; }

    public required double InnerTop { get; init; }

    public required Panel Panel { get; init; }

    public bool First { get; init; }

    public bool Last { get; init; }

    public bool RightToLeft { get; init; }

    public override IReadOnlyList<Slice> Notes => Inner.Notes;

    public override void Draw(Page page, double x, double top)
    {
        const double hairline = 0.5, bar = 2.5;
        var left = x + X;
        // A hair of overlap hides the seam between two slices of one panel.
        if (Panel.Background is { } ground) page.Shade(left, top, Width, Height + (Last ? 0 : 0.1), ground);
        if (Panel.Bar is { } colour) page.Shade(RightToLeft ? left + Width - bar : left, top, bar, Height + (Last ? 0 : 0.1), colour);
        if (Panel.Border is { } line)
        {
            page.Shade(left, top, hairline, Height, line);
            page.Shade(left + Width - hairline, top, hairline, Height, line);
            if (First) page.Shade(left, top, Width, hairline, line);
            if (Last) page.Shade(left, top + Height - hairline, Width, hairline, line);
        }

        Inner.Draw(page, x, top + InnerTop);
        Inner.Element?.Release();
    }
}

/// <summary>Columns side by side.</summary>
internal sealed class ColumnsSlice : Slice
{
    public required IReadOnlyList<IReadOnlyList<Slice>> Columns { get; init; }

    /// <summary>From one column's left edge to the next one's; negative when columns run from the right.</summary>
    public required double Step { get; init; }

    public required double X { get; init; }

    public override IReadOnlyList<Slice> Notes => Footing.Of(Columns.SelectMany(column => column));

    public override void Draw(Page page, double x, double top)
    {
        for (var column = 0; column < Columns.Count; column++) Stack.Draw(Columns[column], page, x + X + column * Step, top);
    }
}

/// <summary>Notes at the foot of a column, under a short rule.</summary>
internal static class Footing
{
    /// <summary>Points from the text to the first note.</summary>
    public const double Space = 13;

    private const double RuleAbove = 5, RuleWidth = 72, RuleHeight = 0.5;

    public static IReadOnlyList<Slice> Of(IEnumerable<Slice> slices)
    {
        List<Slice>? notes = null;
        foreach (var slice in slices)
            if (slice.Notes is { Count: > 0 } more) (notes ??= []).AddRange(more);
        return notes is null ? [] : notes;
    }

    /// <summary>Points that notes take at the foot of a column.</summary>
    public static double Height(IReadOnlyList<Slice> notes) => notes.Count == 0 ? 0 : Space + Stack.Height(notes);

    public static void Draw(IReadOnlyList<Slice> notes, Page page, double x, double width, double bottom, bool rightToLeft)
    {
        if (notes.Count == 0) return;
        var top = bottom - Stack.Height(notes);
        page.Shade(rightToLeft ? x + width - RuleWidth : x, top - RuleAbove, RuleWidth, RuleHeight, Colour.Grey(0.4));
        Stack.Draw(notes, page, x, top);
    }
}

/// <summary>Slices one above the other.</summary>
internal static class Stack
{
    /// <summary>White space above a slice that comes to stand <paramref name="at"/> points below its column's top; none at the top itself.</summary>
    public static double Gap(Slice slice, double at)
    {
        if (at <= 0) return 0;
        return slice.OnGrid ? Math.Ceiling((at + slice.Before) / slice.Height - 0.001) * slice.Height - at : slice.Before;
    }

    public static double Height(IEnumerable<Slice> slices)
    {
        var height = 0.0;
        foreach (var slice in slices) height += Gap(slice, height) + slice.Height;
        return height;
    }

    public static void Draw(IReadOnlyList<Slice> slices, Page page, double x, double top, double left = 0)
    {
        var weights = left > 0 ? slices.Sum(slice => slice.Fill) : 0;
        var at = 0.0;
        foreach (var slice in slices)
        {
            at += Gap(slice, at);
            page.Tag = slice.Tag ?? page.Tag;
            slice.Draw(page, x, top + at);
            slice.Element?.Release();
            at += slice.Height;
            if (slice.Fill > 0 && weights > 0) top += left * slice.Fill / weights;
        }
    }

    /// <summary>The shortest columns, at most <paramref name="count"/>, that hold the slices; null when none of at most <paramref name="limit"/> do.</summary>
    public static List<List<Slice>>? Balance(IReadOnlyList<Slice> slices, int count, double limit)
    {
        if (Fill(slices, count, limit) is null) return null;
        double low = Height(slices) / count * 0.9, high = limit;
        high = Math.Min(high, Math.Max(low, Height(slices)));
        while (high - low > 0.5)
        {
            var middle = (low + high) / 2;
            if (Fill(slices, count, middle) is null) low = middle;
            else high = middle;
        }

        return Fill(slices, count, high) ?? Fill(slices, count, limit);
    }

    /// <summary>Fills columns of one height in order; null when slices are left over.</summary>
    public static List<List<Slice>>? Fill(IReadOnlyList<Slice> slices, int count, double height)
    {
        List<List<Slice>> columns = [];
        var from = 0;
        while (from < slices.Count)
        {
            if (columns.Count == count) return null;
            var to = Fitting(slices, from, height);
            columns.Add([.. slices.Skip(from).Take(to - from)]);
            from = to;
        }

        return columns;
    }

    /// <summary>Where a column that begins at <paramref name="from"/> ends best; at least one slice further.</summary>
    public static int Fitting(IReadOnlyList<Slice> slices, int from, double height)
    {
        var used = 0.0;
        var to = from;
        for (; to < slices.Count; to++)
        {
            used += Gap(slices[to], used) + slices[to].Height;
            if (used > height + 0.01) break;
        }

        to = Math.Max(to, from + 1);
        return to == slices.Count ? to : BestBreak(slices, from, to);
    }

    /// <summary>The last cheapest break after <paramref name="from"/> and not after <paramref name="latest"/>.</summary>
    public static int BestBreak(IReadOnlyList<Slice> slices, int from, int latest)
    {
        var best = latest;
        for (var at = latest; at > from; at--)
        {
            if (slices[at].BreakPenalty < slices[best].BreakPenalty) best = at;
            if (slices[best].BreakPenalty <= 0) break;
        }

        return best;
    }
}
