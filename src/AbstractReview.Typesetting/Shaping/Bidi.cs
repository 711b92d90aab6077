using ICU4N;
using Direction = ICU4N.Globalization.UCharacterDirection;

namespace AbstractReview.Typesetting.Shaping;

/// <summary>
/// The Unicode bidirectional algorithm (UAX #9, revision 48): embedding levels of one paragraph, and the order of runs on a line.
/// Character classes, mirrored and paired brackets come from ICU4N.
/// </summary>
internal static class Bidi
{
    /// <summary>Whether anything in the text could make a left-to-right paragraph more than one run.</summary>
    public static bool IsNeeded(ReadOnlySpan<char> text)
    {
        foreach (var unit in text)
        {
            if (unit < 0x590) continue;
            if (unit is < (char)0x900 or (>= '\u200F' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or (>= '\uD802' and <= '\uD83B') or (>= '\uFB1D' and <= '\uFEFC'))
                return true;
        }

        return false;
    }

    /// <summary>Embedding level of each UTF-16 unit. Removed controls (X9) take the level before them.</summary>
    /// <param name="text">One paragraph.</param>
    /// <param name="direction">Auto finds it by P2 and P3.</param>
    /// <param name="baseLevel">0 for left to right, 1 for right to left.</param>
    public static byte[] Levels(ReadOnlySpan<char> text, TextDirection direction, out byte baseLevel)
    {
        var classes = Classes(text);
        baseLevel = direction switch
        {
            TextDirection.LeftToRight => 0,
            TextDirection.RightToLeft => 1,
            _ => FirstStrong(classes, 0, classes.Length),
        };
        return new BidiParagraph(text.ToArray(), classes, baseLevel).Resolve();
    }

    /// <summary>L2: the visual order, from the left, of runs given with their levels in logical order.</summary>
    public static int[] VisualOrder(ReadOnlySpan<byte> levels)
    {
        var order = new int[levels.Length];
        byte highest = 0, lowestOdd = byte.MaxValue;
        for (var i = 0; i < levels.Length; i++)
        {
            order[i] = i;
            highest = Math.Max(highest, levels[i]);
            if (levels[i] % 2 == 1) lowestOdd = Math.Min(lowestOdd, levels[i]);
        }

        for (int level = highest; level >= lowestOdd; level--)
        {
            for (var start = 0; start < order.Length; start++)
            {
                if (levels[order[start]] < level) continue;
                var end = start;
                while (end < order.Length && levels[order[end]] >= level) end++;
                Array.Reverse(order, start, end - start);
                start = end;
            }
        }

        return order;
    }

    /// <summary>Whether a text says by itself in which direction it runs; digits and signs do not.</summary>
    public static bool HasStrong(ReadOnlySpan<char> text)
        => Array.Exists(Classes(text), type => type is Direction.LeftToRight or Direction.RightToLeft or Direction.RightToLeftArabic);

    private static Direction[] Classes(ReadOnlySpan<char> text)
    {
        var classes = new Direction[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                classes[i] = classes[i + 1] = UChar.GetDirection(char.ConvertToUtf32(text[i], text[i + 1]));
                i++;
            }
            else
            {
                classes[i] = UChar.GetDirection(text[i]);
            }
        }

        return classes;
    }

    /// <summary>P2, P3: the level of the first strong character outside isolates.</summary>
    internal static byte FirstStrong(Direction[] classes, int from, int to)
    {
        var depth = 0;
        for (var i = from; i < to; i++)
        {
            switch (classes[i])
            {
                case Direction.LeftToRightIsolate or Direction.RightToLeftIsolate or Direction.FirstStrongIsolate:
                    depth++;
                    break;
                case Direction.PopDirectionalIsolate:
                    if (depth == 0 && from > 0) return 0; // the end of the isolate asked about
                    depth = Math.Max(0, depth - 1);
                    break;
                case Direction.LeftToRight when depth == 0:
                    return 0;
                case Direction.RightToLeft or Direction.RightToLeftArabic when depth == 0:
                    return 1;
            }
        }

        return 0;
    }

    internal static bool IsIsolateStart(Direction type)
        => type is Direction.LeftToRightIsolate or Direction.RightToLeftIsolate or Direction.FirstStrongIsolate;

    internal static bool IsRemoved(Direction type)
        => type is Direction.LeftToRightEmbedding or Direction.RightToLeftEmbedding or Direction.LeftToRightOverride
            or Direction.RightToLeftOverride or Direction.PopDirectionalFormat or Direction.BoundaryNeutral;
}
