using AbstractReview.Typesetting.Layout;
using AbstractReview.Typesetting.Shaping;

namespace AbstractReview.Typesetting.Tests.Shaping;

public sealed class LineBreakingTests
{
    private static readonly Item Space = new() { Kind = ItemKind.Glue, Width = 3, Stretch = 1.5, Shrink = 1 };

    [Test]
    public void Lines_are_chosen_for_the_paragraph_not_one_by_one()
    {
        // First fit would put 30, 30 and 20 on line one and leave 60 alone on line two.
        var wide = Space with { Stretch = 10 };
        Item[] items = [Box(30), wide, Box(30), wide, Box(20), wide, Box(60), wide, Box(95), End()];
        var lines = new TotalFit().Break(items, new Measure(100, 100, Justify: true, Hyphenate: false));
        Assert.That(lines.Select(line => line.End), Is.EqualTo(new[] { 3, 7, 9 }));
    }

    [Test]
    public void A_hyphen_is_used_only_when_words_alone_are_too_loose()
    {
        Item[] items = [Box(40), Space, Box(30), Hyphen(), Box(30), Space, Box(45), End()];
        var without = new TotalFit().Break(items, new Measure(103, 103, Justify: true, Hyphenate: true));
        Assert.That(without.Any(line => line.Hyphen), Is.False);
        var needed = new TotalFit().Break(items, new Measure(76, 76, Justify: true, Hyphenate: true));
        Assert.That(needed[0].Hyphen, Is.True);
        var forbidden = new TotalFit().Break(items, new Measure(76, 76, Justify: true, Hyphenate: false));
        Assert.That(forbidden.Any(line => line.Hyphen), Is.False);
    }

    [Test]
    public void Glue_shrinks_no_further_than_it_can()
        => Assert.That(
            new TotalFit().Break(Words(20, 20, 20, 20, 20, 20, 20, 20), new Measure(64, 64, true, false)).Select(line => line.Ratio),
            Has.All.GreaterThanOrEqualTo(-1));

    [Test]
    public void A_word_wider_than_the_line_stands_on_a_line_of_its_own()
    {
        var lines = new TotalFit().Break(Words(10, 200, 10), new Measure(50, 50, true, false));
        Assert.That(lines, Has.Count.EqualTo(3));
    }

    [Test]
    public void A_forced_break_ends_a_line_without_stretching_it()
    {
        Item[] items = [Box(20), new Item { Kind = ItemKind.Penalty, Penalty = Item.Forced }, Box(20), End()];
        var lines = new TotalFit().Break(items, new Measure(100, 100, true, false));
        Assert.That(lines.Select(line => line.Ratio), Is.EqualTo(new[] { 0.0, 0.0 }));
    }

    [Test]
    public void An_address_is_broken_between_its_parts_and_never_behind_its_scheme()
    {
        const string text = "at https://example.org/programme and/or here";
        var allowed = new bool[text.Length + 1];
        LineBreaks.Find(text, allowed);
        Assert.That(Enumerable.Range(1, text.Length - 1).Where(at => allowed[at]).Select(at => text[at..Math.Min(text.Length, at + 5)]), Is.EqualTo(new[] { "https", "progr", "and/o", "or he", "here" }));
    }

    private static Item[] Words(params double[] widths)
        => [.. widths.SelectMany((width, at) => at == 0 ? new[] { Box(width) } : [Space, Box(width)]), End()];

    private static Item Box(double width) => new() { Kind = ItemKind.Box, Width = width };

    private static Item Hyphen() => new() { Kind = ItemKind.Penalty, Penalty = 60, Hyphen = true, Width = 3 };

    private static Item End() => new() { Kind = ItemKind.Penalty, Penalty = Item.Forced };
}
