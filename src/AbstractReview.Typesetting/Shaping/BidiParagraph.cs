using Direction = ICU4N.Globalization.UCharacterDirection;

namespace AbstractReview.Typesetting.Shaping;

/// <summary>One paragraph on its way from classes to levels.</summary>
internal sealed class BidiParagraph(char[] text, Direction[] original, byte baseLevel)
{
    private const int MaximumDepth = 125;

    private readonly Direction[] types = (Direction[])original.Clone();
    private readonly byte[] levels = new byte[original.Length];
    private readonly int[] matching = new int[original.Length];
    private byte[] explicitLevels = [];

    public byte[] Resolve()
    {
        MatchIsolates();
        ExplicitLevels();
        explicitLevels = (byte[])levels.Clone();
        foreach (var sequence in IsolatingRunSequences()) ResolveSequence(sequence);
        ResetWhitespace();
        return levels;
    }

    /// <summary>BD9: the end of each isolate, or the text's length.</summary>
    private void MatchIsolates()
    {
        var open = new Stack<int>();
        Array.Fill(matching, -1);
        for (var i = 0; i < original.Length; i++)
        {
            if (Bidi.IsIsolateStart(original[i]))
            {
                matching[i] = original.Length;
                open.Push(i);
            }
            else if (original[i] == Direction.PopDirectionalIsolate && open.TryPop(out var start))
            {
                matching[start] = i;
                matching[i] = start;
            }
        }
    }

    /// <summary>X1 to X8, with X9 done by giving removed characters the level before them and passing over them later.</summary>
    private void ExplicitLevels()
    {
        var stack = new Stack<(byte Level, Direction? Override, bool Isolate)>();
        stack.Push((baseLevel, null, false));
        int overflowIsolates = 0, overflowEmbeddings = 0, validIsolates = 0;
        for (var i = 0; i < original.Length; i++)
        {
            var (level, forced, _) = stack.Peek();
            var type = original[i];
            levels[i] = level;
            switch (type)
            {
                case Direction.RightToLeftEmbedding or Direction.LeftToRightEmbedding
                    or Direction.RightToLeftOverride or Direction.LeftToRightOverride:
                    var rtl = type is Direction.RightToLeftEmbedding or Direction.RightToLeftOverride;
                    var next = NextLevel(level, rtl);
                    if (next <= MaximumDepth && overflowIsolates == 0 && overflowEmbeddings == 0)
                    {
                        Direction? over = type switch
                        {
                            Direction.RightToLeftOverride => Direction.RightToLeft,
                            Direction.LeftToRightOverride => Direction.LeftToRight,
                            _ => null,
                        };
                        stack.Push(((byte)next, over, false));
                    }
                    else if (overflowIsolates == 0)
                    {
                        overflowEmbeddings++;
                    }

                    break;
                case Direction.RightToLeftIsolate or Direction.LeftToRightIsolate or Direction.FirstStrongIsolate:
                    if (forced is { } strong) types[i] = strong;
                    var right = type == Direction.RightToLeftIsolate
                        || (type == Direction.FirstStrongIsolate && Bidi.FirstStrong(original, i + 1, matching[i]) == 1);
                    var inner = NextLevel(level, right);
                    if (inner <= MaximumDepth && overflowIsolates == 0 && overflowEmbeddings == 0)
                    {
                        validIsolates++;
                        stack.Push(((byte)inner, null, true));
                    }
                    else
                    {
                        overflowIsolates++;
                    }

                    break;
                case Direction.PopDirectionalIsolate:
                    if (overflowIsolates > 0)
                    {
                        overflowIsolates--;
                    }
                    else if (validIsolates > 0)
                    {
                        overflowEmbeddings = 0;
                        while (!stack.Peek().Isolate) stack.Pop();
                        stack.Pop();
                        validIsolates--;
                    }

                    levels[i] = stack.Peek().Level;
                    if (stack.Peek().Override is { } outer) types[i] = outer;
                    break;
                case Direction.PopDirectionalFormat:
                    if (overflowIsolates > 0) break;
                    if (overflowEmbeddings > 0) overflowEmbeddings--;
                    else if (!stack.Peek().Isolate && stack.Count > 1) stack.Pop();
                    break;
                case Direction.BlockSeparator:
                    levels[i] = baseLevel;
                    break;
                case Direction.BoundaryNeutral:
                    break;
                default:
                    if (forced is { } all) types[i] = all;
                    break;
            }
        }
    }

    private static int NextLevel(int level, bool rtl) => rtl ? level + 1 | 1 : level + 2 & ~1;

    /// <summary>BD13 and X10: level runs joined across isolates.</summary>
    private List<int[]> IsolatingRunSequences()
    {
        List<List<int>> runs = [];
        var runOf = new int[original.Length];
        foreach (var i in Kept())
        {
            if (runs.Count == 0 || levels[runs[^1][^1]] != levels[i]) runs.Add([]);
            runs[^1].Add(i);
            runOf[i] = runs.Count - 1;
        }

        List<int[]> sequences = [];
        foreach (var run in runs)
        {
            if (original[run[0]] == Direction.PopDirectionalIsolate && matching[run[0]] >= 0) continue;
            List<int> sequence = [.. run];
            while (Bidi.IsIsolateStart(original[sequence[^1]]) && matching[sequence[^1]] < original.Length)
                sequence.AddRange(runs[runOf[matching[sequence[^1]]]]);
            sequences.Add([.. sequence]);
        }

        return sequences;
    }

    private List<int> Kept()
    {
        List<int> kept = new(original.Length);
        for (var i = 0; i < original.Length; i++)
            if (!Bidi.IsRemoved(original[i])) kept.Add(i);
        return kept;
    }

    private void ResolveSequence(int[] at)
    {
        var level = levels[at[0]];
        var start = Side(Math.Max(level, LevelBefore(at[0])));
        var end = Side(Math.Max(level, LevelAfter(at[^1])));
        var weak = new Direction[at.Length];
        for (var i = 0; i < at.Length; i++) weak[i] = types[at[i]];
        BidiRules.Weak(weak, start);
        BidiRules.Brackets(text, original, at, weak, Side(level), start);
        BidiRules.Neutral(weak, Side(level), start, end);
        for (var i = 0; i < at.Length; i++) // I1, I2
        {
            if (level % 2 == 0) levels[at[i]] += (byte)(weak[i] switch { Direction.RightToLeft => 1, Direction.LeftToRight => 0, _ => 2 });
            else if (weak[i] != Direction.RightToLeft) levels[at[i]]++;
        }
    }

    private static Direction Side(int level) => level % 2 == 1 ? Direction.RightToLeft : Direction.LeftToRight;

    private byte LevelBefore(int at)
    {
        while (--at >= 0)
            if (!Bidi.IsRemoved(original[at])) return explicitLevels[at];
        return baseLevel;
    }

    private byte LevelAfter(int at)
    {
        if (Bidi.IsIsolateStart(original[at])) return baseLevel; // unmatched, or it would not end the sequence
        while (++at < original.Length)
            if (!Bidi.IsRemoved(original[at])) return explicitLevels[at];
        return baseLevel;
    }

    /// <summary>L1 for the whole text: separators and the white space before them, or at the end, go back to the paragraph's level.</summary>
    private void ResetWhitespace()
    {
        var reset = true;
        for (var i = original.Length - 1; i >= 0; i--)
        {
            var type = original[i];
            if (type is Direction.BlockSeparator or Direction.SegmentSeparator) reset = true;
            else if (type != Direction.WhiteSpaceNeutral && !Bidi.IsIsolateStart(type) && type != Direction.PopDirectionalIsolate && !Bidi.IsRemoved(type))
                reset = false;
            if (reset) levels[i] = baseLevel;
        }

        for (var i = 0; i < levels.Length; i++)
            if (Bidi.IsRemoved(original[i])) levels[i] = i == 0 ? baseLevel : levels[i - 1];
    }
}
