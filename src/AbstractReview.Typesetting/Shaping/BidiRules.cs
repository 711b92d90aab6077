using ICU4N;
using ICU4N.Globalization;
using Direction = ICU4N.Globalization.UCharacterDirection;

namespace AbstractReview.Typesetting.Shaping;

/// <summary>UAX #9, rules W1 to W7 and N0 to N2, on the classes of one isolating run sequence.</summary>
internal static class BidiRules
{
    private const Direction L = Direction.LeftToRight, R = Direction.RightToLeft, AL = Direction.RightToLeftArabic,
        EN = Direction.EuropeanNumber, AN = Direction.ArabicNumber, ES = Direction.EuropeanNumberSeparator,
        ET = Direction.EuropeanNumberTerminator, CS = Direction.CommonNumberSeparator, NSM = Direction.DirNonSpacingMark,
        ON = Direction.OtherNeutral;

    public static void Weak(Direction[] types, Direction start)
    {
        for (var i = 0; i < types.Length; i++) // W1
        {
            if (types[i] != NSM) continue;
            var before = i == 0 ? start : types[i - 1];
            types[i] = Bidi.IsIsolateStart(before) || before == Direction.PopDirectionalIsolate ? ON : before;
        }

        var strong = start;
        for (var i = 0; i < types.Length; i++) // W2, W3
        {
            if (types[i] is L or R or AL) strong = types[i];
            else if (types[i] == EN && strong == AL) types[i] = AN;
        }

        for (var i = 0; i < types.Length; i++)
            if (types[i] == AL) types[i] = R;

        for (var i = 1; i < types.Length - 1; i++) // W4
        {
            var (before, after) = (types[i - 1], types[i + 1]);
            if (types[i] == ES && before == EN && after == EN) types[i] = EN;
            else if (types[i] == CS && before == after && before is (EN or AN)) types[i] = before;
        }

        for (var i = 0; i < types.Length; i++) // W5
        {
            if (types[i] != ET) continue;
            var end = i;
            while (end < types.Length && types[end] == ET) end++;
            if ((i > 0 && types[i - 1] == EN) || (end < types.Length && types[end] == EN)) Array.Fill(types, EN, i, end - i);
            i = end - 1;
        }

        for (var i = 0; i < types.Length; i++) // W6
            if (types[i] is ES or ET or CS) types[i] = ON;

        strong = start;
        for (var i = 0; i < types.Length; i++) // W7
        {
            if (types[i] is L or R) strong = types[i];
            else if (types[i] == EN && strong == L) types[i] = L;
        }
    }

    /// <summary>N0: both brackets of a pair take the direction of what they hold or, failing that, of what stands before.</summary>
    public static void Brackets(char[] text, Direction[] original, int[] at, Direction[] types, Direction embedding, Direction start)
    {
        foreach (var (open, close) in Pairs(text, at, types))
        {
            bool hasEmbedding = false, hasOpposite = false;
            for (var i = open + 1; i < close; i++)
            {
                var strong = Strong(types[i]);
                if (strong == embedding) hasEmbedding = true;
                else if (strong is not null) hasOpposite = true;
            }

            if (hasEmbedding) Set(open, close, embedding);
            else if (hasOpposite) Set(open, close, Before(open) == embedding ? embedding : embedding == L ? R : L);
        }

        Direction Before(int index)
        {
            while (--index >= 0)
                if (Strong(types[index]) is { } strong) return strong;
            return start;
        }

        void Set(int open, int close, Direction direction)
        {
            foreach (var bracket in (ReadOnlySpan<int>)[open, close])
            {
                types[bracket] = direction;
                for (var i = bracket + 1; i < types.Length && original[at[i]] == NSM; i++) types[i] = direction;
            }
        }
    }

    public static void Neutral(Direction[] types, Direction embedding, Direction start, Direction end)
    {
        for (var i = 0; i < types.Length; i++)
        {
            if (Strong(types[i]) is not null) continue;
            var to = i;
            while (to < types.Length && Strong(types[to]) is null) to++;
            var before = i == 0 ? start : Strong(types[i - 1])!.Value;
            var after = to == types.Length ? end : Strong(types[to])!.Value;
            Array.Fill(types, before == after ? before : embedding, i, to - i); // N1, N2
            i = to - 1;
        }
    }

    /// <summary>Numbers count as right to left here.</summary>
    private static Direction? Strong(Direction type) => type switch { L => L, R or EN or AN => R, _ => null };

    /// <summary>BD16, at most 63 open brackets; sorted by the opening one.</summary>
    private static List<(int Open, int Close)> Pairs(char[] text, int[] at, Direction[] types)
    {
        List<(int Open, int Close)> pairs = [];
        List<(int Closing, int Index)> open = [];
        for (var i = 0; i < at.Length; i++)
        {
            if (types[i] != ON) continue;
            int letter = text[at[i]];
            var kind = letter < 0x80 && letter is not ('(' or ')' or '[' or ']' or '{' or '}')
                ? BidiPairedBracketType.None
                : UChar.GetIntPropertyValue(letter, UProperty.Bidi_Paired_Bracket_Type);
            if (kind == BidiPairedBracketType.Open)
            {
                if (open.Count == 63) return [];
                open.Add((Canonical(UChar.GetBidiPairedBracket(letter)), i));
            }
            else if (kind == BidiPairedBracketType.Close)
            {
                var match = open.FindLastIndex(bracket => bracket.Closing == Canonical(letter));
                if (match < 0) continue;
                pairs.Add((open[match].Index, i));
                open.RemoveRange(match, open.Count - match);
            }
        }

        pairs.Sort();
        return pairs;
    }

    /// <summary>Two angle brackets have canonical equivalents.</summary>
    private static int Canonical(int bracket) => bracket switch { 0x2329 => 0x3008, 0x232A => 0x3009, _ => bracket };
}
