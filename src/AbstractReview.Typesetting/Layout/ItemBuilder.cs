using System.Buffers;
using System.Globalization;
using AbstractReview.Typesetting.Shaping;

namespace AbstractReview.Typesetting.Layout;

/// <summary>Turns a paragraph's text into boxes, glue and penalties. Keeps its buffers; one per thread.</summary>
internal sealed class ItemBuilder(Action<ShapedWord> missing, bool rightToLeft)
{
    private const int HyphenPenalty = 60, ExplicitHyphenPenalty = 40, EmergencyPenalty = 3_000;

    private static readonly SearchValues<char> Openers = SearchValues.Create("([{\u201C\u2018\"'\u00AB"), Closers = SearchValues.Create(")]}\u201D\u2019\"'\u00BB.,;:!?");

    private bool[] breaks = [];
    private Item[] items = new Item[256];
    private int count;

    public ReadOnlySpan<Item> Items => items.AsSpan(0, count);

    public byte BaseLevel { get; private set; }

    public bool Bidirectional { get; private set; }

    /// <param name="text">Sealed.</param>
    /// <param name="style">Direction, alignment and hyphenation.</param>
    /// <param name="widest">Width of the widest line in points; longer words are cut.</param>
    public void Build(ParagraphText text, ParagraphStyle style, double widest)
    {
        count = 0;
        var letters = text.Text;
        FindBreaks(text);
        byte[]? levels = null;
        BaseLevel = 0;
        Bidirectional = false;
        var direction = style.Direction == TextDirection.Auto && rightToLeft && !Bidi.HasStrong(letters) ? TextDirection.RightToLeft : style.Direction;
        if (direction == TextDirection.RightToLeft || Bidi.IsNeeded(letters))
        {
            levels = Bidi.Levels(letters, direction, out var baseLevel);
            BaseLevel = baseLevel;
            Bidirectional = baseLevel > 0 || Array.Exists(levels, level => level > 0);
            if (!Bidirectional) levels = null;
        }

        for (var span = 0; span < text.Spans.Count; span++)
        {
            var (start, format, _) = text.Spans[span];
            var end = span + 1 < text.Spans.Count ? text.Spans[span + 1].Start : letters.Length;
            for (var at = start; at < end;)
            {
                var to = at + 1;
                while (to < end && !breaks[to] && !StandsAlone(letters[to]) && !StandsAlone(letters[at]) && (levels is null || levels[to] == levels[at])) to++;
                Segment(text, at, to, span, format, levels is null ? (byte)0 : levels[at], style, widest);
                at = to;
            }
        }

        Add(new Item { Kind = ItemKind.Penalty, Penalty = Item.Forced, TextStart = letters.Length });
    }

    /// <summary>Line feeds, holes, and directional controls, which are never drawn.</summary>
    private static bool StandsAlone(char letter)
        => letter is '\n' or ParagraphText.HoleCharacter or '\u061C' or '\u200B' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private void FindBreaks(ParagraphText text)
    {
        if (breaks.Length < text.Text.Length + 1) breaks = new bool[Math.Max(1024, text.Text.Length * 2)];
        Array.Clear(breaks, 0, text.Text.Length + 1);
        LineBreaks.Find(text.Text, breaks);
        for (var span = 0; span < text.Spans.Count; span++)
        {
            if (!text.Spans[span].Unbroken) continue;
            var end = span + 1 < text.Spans.Count ? text.Spans[span + 1].Start : text.Text.Length;
            for (var at = text.Spans[span].Start + 1; at < end; at++) breaks[at] = false;
        }
    }

    /// <summary>Text of one format and level up to the next place where a line may be broken: words, spaces, then the break.</summary>
    private void Segment(ParagraphText text, int at, int to, int span, TextFormat format, byte level, ParagraphStyle style, double widest)
    {
        var letters = text.Text;
        if (letters[at] == '\n')
        {
            Add(new Item { Kind = ItemKind.Penalty, Penalty = Item.Forced, TextStart = at });
            return;
        }

        if (letters[at] == ParagraphText.HoleCharacter)
        {
            var width = 3 * format.Typeface.Word("8", false).Width * format.Unit;
            Add(new Item { Kind = ItemKind.Hole, Width = width, Format = span, Level = level, TextStart = at, Destination = text.Holes[at] });
            return;
        }

        var breakable = to < letters.Length && breaks[to];
        if (StandsAlone(letters[at])) at = to; // a directional control has done its work
        while (at < to)
        {
            var space = letters.AsSpan(at, to - at).IndexOfAny(' ', '\u00A0');
            var end = space < 0 ? to : at + space;
            if (end > at) Word(letters.AsSpan(at, end - at), at, span, format, level, style, widest);
            for (at = end; at < to && letters[at] is ' ' or '\u00A0'; at++)
            {
                var width = format.Typeface.Face.SpaceWidth * format.Unit;
                var last = at + 1 == to && breakable && letters[at] == ' ';
                Add(new Item
                {
                    Kind = ItemKind.Glue, Width = width, Stretch = width * 0.55, Shrink = width * 0.28, Format = span, Level = level, TextStart = at,
                    Penalty = last ? 0 : Item.Forbidden,
                });
                if (at + 1 >= to) return;
            }
        }

        if (!breakable) return;
        var before = StandsAlone(letters[to - 1]) && to > 1 ? letters[to - 2] : letters[to - 1];
        if (before == '\u00AD') AddHyphen(format, span, level, to);
        else if (before is (>= '\u2E80' and < '\uFB00') or (>= '\u0E00' and < '\u0F00') or (>= '\u1000' and < '\u10A0') or (>= '\u1780' and < '\u1800'))
            // Scripts without spaces between words are justified by a little room between ideographs or words.
            Add(new Item { Kind = ItemKind.Glue, Stretch = 60 * format.Unit, Format = span, Level = level, TextStart = to });
        else Add(new Item { Kind = ItemKind.Penalty, Penalty = ExplicitHyphenPenalty, Format = span, Level = level, TextStart = to });
    }

    private void Word(ReadOnlySpan<char> letters, int at, int span, TextFormat format, byte level, ParagraphStyle style, double widest)
    {
        var word = format.Typeface.Word(letters, level % 2 == 1);
        if (word.Missing.Length > 0) missing(word);
        if (word.Runs.Length == 0) return;
        if (word.Width * format.Unit > widest && letters.Length > 1)
        {
            Cut(letters, at, span, format, level, style, widest);
            return;
        }

        if (style.Hyphenate && word.Divisible)
        {
            var hyphens = word.Hyphens ??= FindHyphens(word, format.Language);
            var from = 0;
            foreach (var hyphen in hyphens)
            {
                AddBox(word, from, hyphen, at, span, format, level);
                AddHyphen(format, span, level, at);
                from = hyphen;
            }

            AddBox(word, from, -1, at, span, format, level);
        }
        else
        {
            AddBox(word, 0, -1, at, span, format, level);
        }
    }

    /// <summary>A word longer than a line is cut wherever clusters end.</summary>
    private void Cut(ReadOnlySpan<char> letters, int at, int span, TextFormat format, byte level, ParagraphStyle style, double widest)
    {
        var half = letters.Length / 2;
        var cut = 0;
        while (cut < half) cut += StringInfo.GetNextTextElementLength(letters[cut..]);
        if (cut >= letters.Length)
        {
            AddBox(format.Typeface.Word(letters, level % 2 == 1), 0, -1, at, span, format, level);
            return;
        }

        Word(letters[..cut], at, span, format, level, style, widest);
        Add(new Item { Kind = ItemKind.Penalty, Penalty = EmergencyPenalty, Format = span, Level = level, TextStart = at + cut });
        Word(letters[cut..], at + cut, span, format, level, style, widest);
    }

    private void AddBox(ShapedWord word, int from, int to, int at, int span, TextFormat format, byte level) => Add(new Item
    {
        Kind = ItemKind.Box, Word = word, GlyphFrom = from, GlyphTo = to, Width = word.WidthOf(from, to) * format.Unit, Format = span, Level = level, TextStart = at,
    });

    private void AddHyphen(TextFormat format, int span, byte level, int at) => Add(new Item
    {
        Kind = ItemKind.Penalty, Penalty = HyphenPenalty, Hyphen = true, Width = format.Typeface.Hyphen.Width * format.Unit, Format = span, Level = level, TextStart = at,
    });

    /// <summary>Glyphs of a word before which a hyphen may stand: where the patterns allow it and no ligature is in the way.</summary>
    private static int[] FindHyphens(ShapedWord word, string language)
    {
        if (Hyphenation.For(language) is not { } patterns) return [];
        var text = word.Text.AsSpan();
        var start = text.IndexOfAnyExcept(Openers);
        if (start < 0) return [];
        var end = start;
        while (end < text.Length && char.IsLetter(text[end])) end++;
        if (text[end..].IndexOfAnyExcept(Closers) >= 0) return [];
        List<int> glyphs = [];
        foreach (var place in patterns.Divide(text[start..end]))
        {
            var glyph = Array.FindIndex(word.Runs[0].Glyphs, candidate => candidate.TextStart == start + place && candidate.TextLength > 0);
            if (glyph > 0) glyphs.Add(glyph);
        }

        return [.. glyphs];
    }

    private void Add(in Item item)
    {
        if (count == items.Length) Array.Resize(ref items, count * 2);
        items[count++] = item;
    }
}
