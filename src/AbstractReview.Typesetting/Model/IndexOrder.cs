using System.Globalization;
using ICU4N.Text;

namespace AbstractReview.Typesetting;

/// <summary>The order of an index: the Unicode collation algorithm with its root table, so that Ó stands by O.</summary>
public static class IndexOrder
{
    [ThreadStatic] private static Collator? collator;
    [ThreadStatic] private static Collator? letters;

    /// <summary>Initial consonants of Hangul syllables in the order of their blocks (The Unicode Standard, 3.12).</summary>
    private const string Consonants = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";

    /// <summary>Negative, zero or positive as <paramref name="a"/> stands before, with or after <paramref name="b"/>.</summary>
    public static int Compare(string a, string b)
    {
        collator ??= Collator.GetInstance(CultureInfo.InvariantCulture);
        var order = collator.Compare(a, b);
        return order != 0 ? order : string.CompareOrdinal(a, b);
    }

    /// <summary>The letter an entry stands under: A for "Ångström", "#" for what begins with no letter.</summary>
    public static string Letter(string text)
    {
        var start = 0;
        while (start < text.Length && !char.IsLetterOrDigit(text, start)) start += char.IsSurrogatePair(text, start) ? 2 : 1;
        if (start >= text.Length || !char.IsLetter(text, start)) return "#";
        var first = char.ConvertFromUtf32(char.ConvertToUtf32(text, start));
        letters ??= Primary();
        for (var letter = 'A'; letter <= 'Z'; letter++)
            if (letters.Compare(first, letter.ToString()) == 0) return letter.ToString();
        if (ByScript(first[0]) is { } heading) return heading;
        var decomposed = Normalizer2.NFDInstance.Normalize(first);
        return char.ConvertFromUtf32(char.ConvertToUtf32(decomposed, 0)).ToUpperInvariant();
    }

    /// <summary>Entries as an index prints them.</summary>
    public static IEnumerable<IndexEntry> Sorted(IEnumerable<IndexEntry> entries)
        => entries.OrderBy(entry => entry.SortAs ?? entry.Text, Comparer<string>.Create(Compare));

    /// <summary>Scripts whose first sign is no letter to look under: ideographs stand together, kana by their row, Hangul by its first consonant.</summary>
    private static string? ByScript(char first) => first switch
    {
        >= '\uAC00' and <= '\uD7A3' => Consonants[(first - 0xAC00) / 588].ToString(),
        >= '\u3041' and <= '\u3096' => Row(first),
        >= '\u30A1' and <= '\u30F6' => Row((char)(first - 0x60)),
        >= '\u3400' and <= '\u9FFF' or >= '\uF900' and <= '\uFAFF' => "漢字",
        >= '\uD840' and <= '\uD88D' => "漢字", // ideographs beyond the first plane, by their first half
        _ => null,
    };

    private static string Row(char hiragana)
    {
        var row = "あかさたなはまやらわ";
        for (var i = row.Length - 1; i > 0; i--)
            if (hiragana >= row[i] || (row[i] == 'や' && hiragana == 'ゃ') || (row[i] == 'わ' && hiragana == 'ゎ')) return row[i].ToString();
        return "あ";
    }

    private static Collator Primary()
    {
        var primary = (Collator)Collator.GetInstance(CultureInfo.InvariantCulture).Clone();
        primary.Strength = CollationStrength.Primary;
        return primary;
    }
}
