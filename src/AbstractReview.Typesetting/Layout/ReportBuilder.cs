using AbstractReview.Typesetting.Fonts;
using AbstractReview.Typesetting.Shaping;

namespace AbstractReview.Typesetting.Layout;

/// <summary>Collects what the report will say while the document is laid out.</summary>
internal sealed class ReportBuilder
{
    private const int Limit = 10_000;

    private readonly HashSet<MissingGlyph> missing = [];
    private readonly List<MissingGlyph> missingInOrder = [];
    private readonly List<(string? Tag, string What)> pending = [];
    private readonly List<(Page Page, string? Tag, string What)> overflows = [];

    public List<Failure> Failures { get; } = [];

    public List<DanglingReference> Dangling { get; } = [];

    public IReadOnlyList<MissingGlyph> MissingGlyphs => missingInOrder;

    /// <summary>Tag of the block being laid out.</summary>
    public string? Tag { get; set; }

    public void Missing(ShapedWord word)
    {
        foreach (var character in word.Missing)
        {
            var codePoint = char.ConvertToUtf32(character, 0);
            var script = Scripts.Of(codePoint);
            var entry = new MissingGlyph(character, Tag, script, Scripts.Package(codePoint, script));
            if (missingInOrder.Count < Limit && missing.Add(entry)) missingInOrder.Add(entry);
        }
    }

    public void TooWide(double points)
        => pending.Add((Tag, $"a line {points.ToString("0.#", System.Globalization.CultureInfo.InvariantCulture)} points wider than its column"));

    public void TooHigh(string? tag, double points)
        => pending.Add((tag ?? Tag, $"a block {points.ToString("0.#", System.Globalization.CultureInfo.InvariantCulture)} points higher than its page"));

    /// <summary>What ran over since the last page did so on this one, near enough.</summary>
    public void OverflowedOn(Page page)
    {
        foreach (var (tag, what) in pending)
            if (overflows.Count < Limit) overflows.Add((page, tag, what));
        pending.Clear();
    }

    public IReadOnlyList<Overflow> Overflows() => [.. overflows.Select(entry => new Overflow(entry.Tag, entry.Page.Ordinal, entry.What))];
}
