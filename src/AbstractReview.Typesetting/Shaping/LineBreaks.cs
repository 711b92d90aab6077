using System.Globalization;
using ICU4N.Text;

namespace AbstractReview.Typesetting.Shaping;

/// <summary>Where Unicode line breaking (UAX #14, by ICU4N) allows a new line to begin.</summary>
internal static class LineBreaks
{
    // ICU4N's iterators keep state, so each thread has its own.
    [ThreadStatic] private static BreakIterator? iterator;

    /// <summary>Sets <paramref name="allowed"/>[i] where a line may begin at i.</summary>
    public static void Find(string text, bool[] allowed)
    {
        var breaks = iterator ??= BreakIterator.GetLineInstance(CultureInfo.InvariantCulture);
        breaks.SetText(text);
        for (var at = breaks.First(); at != BreakIterator.Done; at = breaks.Next())
            if (at > 0 && at < text.Length && !IsMark(text[at]) && !IsFollowingVowel(text[at]) && !IsLeadingVowel(text[at - 1]) && !IsScheme(text, at)) allowed[at] = true;
    }

    /// <summary>An address is broken after a part of it, never after its “https://”.</summary>
    private static bool IsScheme(string text, int at) => at > 2 && text[at - 1] == '/' && text[at - 2] == '/' && text[at - 3] == ':';

    /// <summary>Thai and Lao vowels and signs that are written behind their consonant.</summary>
    private static bool IsFollowingVowel(char letter) => letter is '\u0E2F' or '\u0E30' or '\u0E32' or '\u0E33' or '\u0E45' or '\u0E46' or '\u0EAF' or '\u0EB0' or '\u0EB2' or '\u0EB3' or '\u0EC6';

    /// <summary>Thai and Lao vowels that are written before their consonant.</summary>
    private static bool IsLeadingVowel(char letter) => letter is (>= '\u0E40' and <= '\u0E44') or (>= '\u0EC0' and <= '\u0EC4');

    /// <summary>ICU4N's dictionaries sometimes divide a Thai vowel from its tone mark.</summary>
    private static bool IsMark(char letter) => letter >= 0x300 && char.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
