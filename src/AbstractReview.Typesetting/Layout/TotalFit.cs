using System.Runtime.InteropServices;

namespace AbstractReview.Typesetting.Layout;

/// <summary>One line: items from <c>Start</c> to before <c>End</c>, and how far its glue is set (negative shrinks).</summary>
internal readonly record struct BrokenLine(int Start, int End, double Ratio, bool Hyphen, double Excess);

/// <summary>Width of the first and of the other lines, and whether glue may change.</summary>
internal readonly record struct Measure(double First, double Other, bool Justify, bool Hyphenate);

/// <summary>
/// Chooses the breaks of a whole paragraph at once (D. E. Knuth and M. F. Plass, Breaking Paragraphs into Lines, 1981), with TeX's
/// badness, demerits and fitness classes. Tried without hyphens, then with them, then with as much stretch as it takes.
/// An instance keeps its buffers; one per thread.
/// </summary>
internal sealed class TotalFit
{
    private const double HyphenDemerits = 10_000, FitnessDemerits = 6_000, LinePenalty = 10;

    private readonly List<Node> nodes = [];
    private readonly List<int> active = [];
    private readonly List<BrokenLine> lines = [];

    private record struct Node(int Item, int Line, int Fitness, double Width, double Stretch, double Shrink, double Demerits, int Before, double Ratio, bool Hyphen);

    public List<BrokenLine> Break(ReadOnlySpan<Item> items, Measure measure)
    {
        if (!measure.Justify) return Try(items, measure, double.MaxValue, measure.Hyphenate)!;
        return Try(items, measure, 150, false)
            ?? (measure.Hyphenate ? Try(items, measure, 800, true) : null)
            ?? Try(items, measure, double.MaxValue, measure.Hyphenate)!;
    }

    private List<BrokenLine>? Try(ReadOnlySpan<Item> items, Measure measure, double tolerance, bool hyphens)
    {
        nodes.Clear();
        active.Clear();
        nodes.Add(new Node(0, 0, 1, 0, 0, 0, 0, -1, 0, false));
        active.Add(0);
        double width = 0, stretch = 0, shrink = 0;
        for (var i = 0; i < items.Length; i++)
        {
            ref readonly var item = ref items[i];
            switch (item.Kind)
            {
                case ItemKind.Box or ItemKind.Hole:
                    width += item.Width;
                    break;
                case ItemKind.Glue:
                    if (item.Penalty < Item.Forbidden && i > 0 && items[i - 1].Kind is ItemKind.Box or ItemKind.Hole
                        && !Consider(items, i, width, stretch, shrink, measure, tolerance)) return null;
                    width += item.Width;
                    stretch += item.Stretch;
                    shrink += item.Shrink;
                    break;
                default:
                    if (item.Penalty < Item.Forbidden && (hyphens || !item.Hyphen)
                        && !Consider(items, i, width, stretch, shrink, measure, tolerance)) return null;
                    break;
            }
        }

        return Lines(items, measure);
    }

    /// <summary>Weighs a break at an item against every open one; false when no line of bearable badness is left.</summary>
    private bool Consider(ReadOnlySpan<Item> items, int at, double width, double stretch, double shrink, Measure measure, double tolerance)
    {
        ref readonly var item = ref items[at];
        var forced = item.Penalty == Item.Forced;
        var extra = item.Hyphen ? item.Width : 0;
        Span<double> best = [double.MaxValue, double.MaxValue, double.MaxValue, double.MaxValue];
        Span<int> from = [-1, -1, -1, -1];
        Span<double> ratios = stackalloc double[4];
        var lastRemoved = -1;
        for (var a = 0; a < active.Count; a++)
        {
            var candidate = active[a];
            ref readonly var node = ref CollectionsMarshal.AsSpan(nodes)[candidate];
            var target = node.Line == 0 ? measure.First : measure.Other;
            var ratio = Ratio(target - (width - node.Width + extra), stretch - node.Stretch, shrink - node.Shrink, forced, measure, target);
            if (ratio < -1 || forced)
            {
                lastRemoved = candidate;
                active.RemoveAt(a--);
            }

            if (ratio < -1) continue;
            var badness = Math.Min(100 * Math.Abs(ratio * ratio * ratio), 1e6);
            if (badness > tolerance) continue;
            var fitness = ratio < -0.5 ? 0 : ratio <= 0.5 ? 1 : ratio <= 1 ? 2 : 3;
            var demerits = node.Demerits + Demerits(in node, in item, badness, fitness);
            if (demerits >= best[fitness]) continue;
            (best[fitness], from[fitness], ratios[fitness]) = (demerits, candidate, ratio);
        }

        var found = false;
        for (var fitness = 0; fitness < 4; fitness++)
        {
            if (from[fitness] < 0) continue;
            found = true;
            Add(items, at, fitness, width, stretch, shrink, best[fitness], from[fitness], ratios[fitness], item.Hyphen);
        }

        if (found || active.Count > 0) return true;
        if (tolerance < double.MaxValue) return false;
        // Nothing fits: an overfull line rather than none.
        var overfull = nodes[lastRemoved];
        Add(items, at, 3, width, stretch, shrink, overfull.Demerits + 1e9, lastRemoved, -1, item.Hyphen);
        return true;
    }

    private static double Ratio(double missing, double stretch, double shrink, bool last, Measure measure, double target)
    {
        if (missing < 0) return shrink > 0 && measure.Justify ? Math.Max(missing / shrink, -1.0001) < -1 ? -2 : missing / shrink : missing < -0.01 ? -2 : 0;
        if (last) return 0;
        if (!measure.Justify) return missing / (0.12 * target);
        return missing / Math.Max(stretch, 0.01);
    }

    private static double Demerits(in Node node, in Item item, double badness, int fitness)
    {
        var line = LinePenalty + badness;
        var demerits = line * line;
        if (item.Penalty > 0 && item.Kind == ItemKind.Penalty) demerits += (double)item.Penalty * item.Penalty;
        if (node.Hyphen && item.Hyphen) demerits += HyphenDemerits;
        if (Math.Abs(node.Fitness - fitness) > 1) demerits += FitnessDemerits;
        return demerits;
    }

    private void Add(ReadOnlySpan<Item> items, int at, int fitness, double width, double stretch, double shrink, double demerits, int before, double ratio, bool hyphen)
    {
        var start = at;
        // What a new line drops at its beginning.
        for (; start < items.Length; start++)
        {
            ref readonly var item = ref items[start];
            if (item.Kind is ItemKind.Box or ItemKind.Hole || (item.Penalty == Item.Forced && start > at)) break;
            if (item.Kind != ItemKind.Glue) continue;
            width += item.Width;
            stretch += item.Stretch;
            shrink += item.Shrink;
        }

        nodes.Add(new Node(at, Math.Min(nodes[before].Line + 1, 1), fitness, width, stretch, shrink, demerits, before, ratio, hyphen));
        active.Add(nodes.Count - 1);
    }

    private List<BrokenLine> Lines(ReadOnlySpan<Item> items, Measure measure)
    {
        var best = active[0];
        foreach (var candidate in active)
            if (nodes[candidate].Demerits < nodes[best].Demerits) best = candidate;
        lines.Clear();
        for (var at = best; nodes[at].Before >= 0; at = nodes[at].Before)
        {
            var (node, before) = (nodes[at], nodes[nodes[at].Before]);
            var start = before.Before < 0 ? 0 : before.Item;
            lines.Add(new BrokenLine(start, node.Item, measure.Justify ? node.Ratio : 0, node.Hyphen, 0));
        }

        lines.Reverse();
        return lines;
    }
}
