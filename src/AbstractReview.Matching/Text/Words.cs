using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace AbstractReview.Matching.Text;

/// <summary>A word as it stands in a text, and the stem it is compared by.</summary>
internal sealed record Word(string Surface, Stem Stem);

/// <summary>What words of one meaning have in common; numbered by the vocabulary.</summary>
internal sealed class Stem(string text)
{
    public string Text { get; } = text;

    /// <summary>Its number as a term; −1 until a text with it was counted.</summary>
    public int Number { get; set; } = -1;
}

/// <summary>
/// Cuts a text of any script into words: a small form of the word boundaries of Unicode Standard Annex #29, by general category. A word is
/// a run of letters, marks and digits, with an apostrophe or a middle dot between letters kept inside. Scripts written without spaces
/// (Han, Kana, Thai, Lao, Khmer, Myanmar) have no such runs; there, every two neighbouring characters are a word. Texts are compared in
/// compatibility form (NFKC) and lower case; function words and single Latin letters are left out. Each word is looked at once and remembered,
/// so that long corpora are cut quickly; several threads may cut at once.
/// </summary>
internal sealed class Words
{
    private readonly ConcurrentDictionary<string, Word?> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Word?>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly ConcurrentDictionary<string, Stem> _stems = new(StringComparer.Ordinal);

    public Words() => _bySpan = _known.GetAlternateLookup<ReadOnlySpan<char>>();

    public List<Word> Of(string text)
    {
        var words = new List<Word>(text.Length / 7);
        var normal = text.Normalize(NormalizationForm.FormKC);
        var (start, end) = (-1, 0);
        var dense = new List<(int At, int Length)>();
        for (var at = 0; at < normal.Length; at += Rune.TryGetRuneAt(normal, at, out var here) ? here.Utf16SequenceLength : 1)
        {
            if (!Rune.TryGetRuneAt(normal, at, out var rune)) rune = Rune.ReplacementChar;
            var isMark = Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
            if (IsDense(rune) && Rune.IsLetter(rune))
            {
                Close(words, normal, ref start, end);
                dense.Add((at, rune.Utf16SequenceLength));
                continue;
            }
            if (isMark && dense.Count > 0)
            {
                dense[^1] = (dense[^1].At, at + rune.Utf16SequenceLength - dense[^1].At);
                continue;
            }
            CloseDense(words, normal, dense);
            if (Rune.IsLetterOrDigit(rune) || isMark)
            {
                if (start < 0) start = at;
                end = at + rune.Utf16SequenceLength;
            }
            else if (start < 0 || end != at || !(rune.Value is '\'' or '\u2019' or '\u00B7') || at + 1 >= normal.Length || !char.IsLetter(normal[at + 1]))
                Close(words, normal, ref start, end);
            else end = at + 1;
        }
        Close(words, normal, ref start, end);
        CloseDense(words, normal, dense);
        return words;
    }

    private void Close(List<Word> words, string text, ref int start, int end)
    {
        if (start < 0) return;
        var surface = text.AsSpan(start..end);
        start = -1;
        if (!_bySpan.TryGetValue(surface, out var word)) word = _known.GetOrAdd(surface.ToString(), Read);
        if (word is not null) words.Add(word);
    }

    private Word? Read(string surface)
    {
        var lower = surface.ToLowerInvariant().Replace('\u2019', '\'');
        if (lower.Length == 1 && char.IsAscii(lower[0]) || FunctionWords.Contains(lower)) return null;
        var latin = lower.All(letter => letter is >= 'a' and <= 'z' or '\'');
        return new Word(surface, StemOf(latin ? Porter2.Stem(lower) : lower));
    }

    private Stem StemOf(string stem) => _stems.GetOrAdd(stem, text => new Stem(text));

    private void CloseDense(List<Word> words, string text, List<(int At, int Length)> dense)
    {
        if (dense.Count == 1) Add(dense[0], dense[0]);
        for (var at = 1; at < dense.Count; at++) Add(dense[at - 1], dense[at]);
        dense.Clear();

        void Add((int At, int Length) first, (int At, int Length) last)
        {
            var pair = text.AsSpan(first.At..(last.At + last.Length));
            if (!_bySpan.TryGetValue(pair, out var word)) word = _known.GetOrAdd(pair.ToString(), surface => new Word(surface, StemOf(surface)));
            words.Add(word!);
        }
    }

    private static bool IsDense(Rune rune) => rune.Value is
        >= 0x0E00 and <= 0x0EFF or      // Thai, Lao
        >= 0x1000 and <= 0x109F or      // Myanmar
        >= 0x1780 and <= 0x17FF or      // Khmer
        >= 0x3040 and <= 0x30FF or      // Hiragana, Katakana
        >= 0x3400 and <= 0x4DBF or >= 0x4E00 and <= 0x9FFF or >= 0xF900 and <= 0xFAFF or >= 0x20000 and <= 0x3FFFF;

    /// <summary>Words that hold English sentences together and say nothing of their subject.</summary>
    private static readonly HashSet<string> FunctionWords = new(
        """
        a about above across after afterwards again against all almost alone along already also although always am among amongst an and another
        any anyhow anyone anything anyway anywhere are aren't around as at be became because become becomes becoming been before beforehand behind
        being below beside besides between beyond both but by can can't cannot could couldn't did didn't do does doesn't doing don't done down due
        during each either else elsewhere enough etc even ever every everyone everything everywhere except few for former formerly from further
        furthermore had hadn't has hasn't have haven't having he hence her here hereafter hereby herein hers herself him himself his how however i
        i'm i've if in indeed instead into is isn't it it's its itself just last latter least less let many may maybe me meanwhile might mine more
        moreover most mostly much must my myself namely neither never nevertheless no nobody none nor not nothing now nowhere of off often on once
        one only onto or other others otherwise our ours ourselves out over own per perhaps please rather same seem seemed seeming seems several she
        should shouldn't since so some somehow someone something sometime sometimes somewhere still such than that that's the their theirs them
        themselves then thence there thereafter thereby therefore therein these they this those though through throughout thus to together too
        toward towards two under until unless up upon us very via was wasn't we we're we've well were weren't what whatever when whence whenever
        where whereas whereby wherein wherever whether which while whither who whoever whole whom whose why will with within without won't would
        wouldn't yet you your yours yourself yourselves
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
}
