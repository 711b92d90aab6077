using System.Globalization;
using ICU4N.Text;

namespace AbstractReview.Typesetting;

/// <summary>The order of an index: the Unicode collation algorithm with its root table, so that Ó stands by O.</summary>
public static class IndexOrder
{
    [ThreadStatic] private static Collator? collator;
    [ThreadStatic] private static Collator? letters;

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
        var decomposed = Normalizer2.NFDInstance.Normalize(first);
        return char.ConvertFromUtf32(char.ConvertToUtf32(decomposed, 0)).ToUpperInvariant();
    }

    internal static IEnumerable<IndexEntry> Sort(IEnumerable<IndexEntry> entries)
        => entries.OrderBy(entry => entry.SortAs ?? entry.Text, Comparer<string>.Create(Compare));

    private static Collator Primary()
    {
        var primary = (Collator)Collator.GetInstance(CultureInfo.InvariantCulture).Clone();
        primary.Strength = CollationStrength.Primary;
        return primary;
    }
}
