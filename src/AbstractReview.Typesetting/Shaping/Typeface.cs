using System.Collections.Concurrent;
using AbstractReview.Typesetting.Fonts;
using HarfBuzzSharp;
using Buffer = HarfBuzzSharp.Buffer;

namespace AbstractReview.Typesetting.Shaping;

/// <summary>
/// A family in one weight and posture with its fallbacks. Shapes words with HarfBuzz (kerning, ligatures, joining) and
/// remembers them; safe for several threads.
/// </summary>
internal sealed class Typeface
{
    /// <summary>Words; some 300 bytes each.</summary>
    private const int Generation = 12_000;

    /// <summary>Characters. What is longer is a checksum or an address, large and not to be met again.</summary>
    private const int LongestKept = 28;

    [ThreadStatic] private static Buffer? threadBuffer;
    private static readonly ConcurrentDictionary<string, Language> Languages = new();

    private readonly FontLibrary library;
    private readonly TypeKey key;
    private readonly ConcurrentDictionary<int, FontFace?> fallback = new();
    private readonly WordCache leftToRight;
    private readonly WordCache rightToLeft;

    public Typeface(FontLibrary library, TypeKey key)
    {
        this.library = library;
        this.key = key;
        Face = library.PrimaryFace(key.Family, key.Bold, key.Italic);
        leftToRight = new WordCache(text => Shape(text, false));
        rightToLeft = new WordCache(text => Shape(text, true));
        Hyphen = leftToRight.Get(Face.Covers(0x2010) ? "\u2010" : "-");
    }

    /// <summary>The face of Latin text, which also gives the space.</summary>
    public FontFace Face { get; }

    public string Language => key.Language;

    public ShapedWord Hyphen { get; }

    public ShapedWord Word(ReadOnlySpan<char> text, bool rtl) => (rtl ? rightToLeft : leftToRight).Get(text);

    private ShapedWord Shape(string text, bool rtl)
    {
        List<GlyphRun> runs = [];
        List<string>? missing = null;
        var start = 0;
        FontFace? current = null;
        for (var at = 0; at < text.Length;)
        {
            var length = NextCluster(text, at);
            var face = FaceOf(text.AsSpan(at, length), current, ref missing);
            if (current is not null && face != current)
            {
                runs.Add(ShapeRun(text, start, at - start, current, rtl));
                start = at;
            }

            current = face;
            at += length;
        }

        if (current is not null) runs.Add(ShapeRun(text, start, text.Length - start, current, rtl));
        return new ShapedWord(text, [.. runs], missing is null ? [] : [.. missing.Distinct()], rtl);
    }

    private static int NextCluster(string text, int at)
        => text[at] < 0x300 && (at + 1 == text.Length || text[at + 1] < 0x300)
            ? 1
            : System.Globalization.StringInfo.GetNextTextElementLength(text.AsSpan(at));

    /// <summary>The face that has the whole cluster; else the one that has its first character.</summary>
    private FontFace FaceOf(ReadOnlySpan<char> cluster, FontFace? current, ref List<string>? missing)
    {
        FontFace? first = null;
        foreach (var rune in cluster.EnumerateRunes())
        {
            if (IsInvisible(rune.Value)) continue;
            if (first is null)
            {
                if (CoversAll(Face, cluster)) return Face;
                if (current is not null && CoversAll(current, cluster)) return current;
                first = fallback.GetOrAdd(rune.Value, value => library.FaceFor(value, key));
                if (first is null)
                {
                    (missing ??= []).Add(rune.ToString());
                    return Face;
                }

                if (CoversAll(first, cluster)) return first;
            }
            else if (!first.Covers(rune.Value))
            {
                var other = fallback.GetOrAdd(rune.Value, value => library.FaceFor(value, key));
                if (other is null) (missing ??= []).Add(rune.ToString());
                else if (CoversAll(other, cluster)) return other;
            }
        }

        return first ?? current ?? Face;
    }

    private static bool CoversAll(FontFace face, ReadOnlySpan<char> cluster)
    {
        foreach (var rune in cluster.EnumerateRunes())
            if (!IsInvisible(rune.Value) && !face.Covers(rune.Value)) return false;
        return true;
    }

    /// <summary>Characters that are never drawn themselves: joiners, variation selectors, directional marks, the soft hyphen.</summary>
    private static bool IsInvisible(int value)
        => value is 0xAD or 0x34F or 0x61C or (>= 0x200B and <= 0x200F) or (>= 0x202A and <= 0x202E)
            or (>= 0x2060 and <= 0x206F) or (>= 0xFE00 and <= 0xFE0F) or 0xFEFF or (>= 0xE0000 and <= 0xE0FFF) or < 32;

    private GlyphRun ShapeRun(string text, int start, int length, FontFace face, bool rtl)
    {
        var buffer = threadBuffer ??= new Buffer();
        buffer.ClearContents();
        buffer.ClusterLevel = ClusterLevel.MonotoneCharacters;
        buffer.AddUtf16(text.AsSpan(), start, length);
        buffer.GuessSegmentProperties();
        buffer.Direction = rtl ? Direction.RightToLeft : Direction.LeftToRight;
        buffer.Language = Languages.GetOrAdd(key.Language, static tag => new Language(tag));
        face.Font.Shape(buffer);
        return Collect(start, length, face, buffer, rtl);
    }

    /// <summary>The glyph that a face draws for letters together; null when it draws them apart.</summary>
    public static ushort? Ligature(FontFace face, string letters)
    {
        using var buffer = new Buffer();
        buffer.AddUtf16(letters);
        buffer.GuessSegmentProperties();
        face.Font.Shape(buffer);
        return buffer.Length == 1 ? (ushort)buffer.GlyphInfos[0].Codepoint : null;
    }

    private static GlyphRun Collect(int start, int length, FontFace face, Buffer buffer, bool rtl)
    {
        var infos = buffer.GetGlyphInfoSpan();
        var positions = buffer.GetGlyphPositionSpan();
        var glyphs = new Glyph[infos.Length];
        var width = 0.0;
        for (var i = 0; i < infos.Length; i++)
        {
            var cluster = (int)infos[i].Cluster;
            var before = i == 0 ? -1 : (int)infos[i - 1].Cluster;
            var firstOfCluster = rtl ? i == infos.Length - 1 || infos[i + 1].Cluster != cluster : cluster != before;
            var textLength = firstOfCluster ? ClusterEnd(infos, i, start + length, rtl) - cluster : 0;
            var advance = positions[i].XAdvance * face.Scale;
            glyphs[i] = new Glyph(
                (ushort)infos[i].Codepoint,
                (float)advance,
                (float)(positions[i].XOffset * face.Scale),
                (float)(positions[i].YOffset * face.Scale),
                (short)cluster,
                (byte)Math.Min(textLength, 255),
                firstOfCluster && i > 0 && (infos[i].GlyphFlags & GlyphFlags.UnsafeToBreak) == 0);
            width += advance;
        }

        return new GlyphRun(face, rtl && !face.File.IsCff ? CarryMarks(glyphs, face) : JoinMarks(glyphs), width);
    }

    // Thousandths of the em.
    private const float WellOff = 25;

    /// <summary>
    /// A mark that stands well off the baseline gives its text to the letter it belongs to: readers of the file would take
    /// it for a line of its own.
    /// </summary>
    private static Glyph[] JoinMarks(Glyph[] glyphs)
    {
        for (var i = 0; i < glyphs.Length; i++)
        {
            if (Math.Abs(glyphs[i].OffsetY) < WellOff || glyphs[i].TextLength == 0) continue;
            var mark = glyphs[i];
            var letter = Array.FindIndex(glyphs, glyph => glyph.TextLength > 0 && glyph.TextStart + glyph.TextLength == mark.TextStart);
            if (letter < 0 || mark.TextLength + glyphs[letter].TextLength > 255) continue;
            glyphs[letter] = glyphs[letter] with { TextLength = (byte)(glyphs[letter].TextLength + mark.TextLength) };
            glyphs[i] = mark with { TextLength = 0 };
        }

        return glyphs;
    }

    /// <summary>
    /// From right to left a mark's text is carried by an empty glyph on the baseline, left of its letter: readers that turn the
    /// line around by glyphs would turn around a letter and a mark that share one.
    /// </summary>
    private static Glyph[] CarryMarks(Glyph[] glyphs, FontFace face)
    {
        if (!Array.Exists(glyphs, glyph => Math.Abs(glyph.OffsetY) >= WellOff && glyph.TextLength > 0)) return glyphs;
        var carried = new List<Glyph>(glyphs);
        for (var i = 0; i < carried.Count; i++)
        {
            var mark = carried[i];
            if (Math.Abs(mark.OffsetY) < WellOff || mark.TextLength == 0) continue;
            var letter = carried.FindIndex(glyph => glyph.TextLength > 0 && glyph.TextStart + glyph.TextLength == mark.TextStart);
            if (letter < 0) continue;
            carried[i] = mark with { TextLength = 0 };
            carried.Insert(letter, new Glyph(face.SpaceGlyph, 0, 0, 0, mark.TextStart, mark.TextLength, false));
            if (letter <= i) i++;
        }

        return [.. carried];
    }

    private static int ClusterEnd(ReadOnlySpan<GlyphInfo> infos, int at, int end, bool rtl)
    {
        var cluster = infos[at].Cluster;
        if (rtl)
        {
            for (var i = at - 1; i >= 0; i--)
                if (infos[i].Cluster != cluster) return (int)infos[i].Cluster;
            return end;
        }

        for (var i = at + 1; i < infos.Length; i++)
            if (infos[i].Cluster != cluster) return (int)infos[i].Cluster;
        return end;
    }

    /// <summary>
    /// Shaped words by their text, in two generations: when the young one is full it becomes the old one, and what was not asked for since is let go.
    /// Names, numbers and checksums keep coming, while a language's common words stay.
    /// </summary>
    private sealed class WordCache(Func<string, ShapedWord> shape)
    {
        private volatile ConcurrentDictionary<string, ShapedWord> young = new(StringComparer.Ordinal);
        private volatile ConcurrentDictionary<string, ShapedWord> old = new(StringComparer.Ordinal);
        private int count;

        public ShapedWord Get(ReadOnlySpan<char> text)
        {
            if (young.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var known)) return known;
            var word = old.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out known) ? known : shape(text.ToString());
            if (text.Length <= LongestKept && young.TryAdd(word.Text, word) && Interlocked.Increment(ref count) == Generation)
            {
                (old, young) = (young, new(StringComparer.Ordinal));
                Interlocked.Exchange(ref count, 0);
            }

            return word;
        }
    }
}
