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
            if (at > 0 && at < text.Length && !IsMark(text[at])) allowed[at] = true;
    }

    /// <summary>ICU4N's dictionaries sometimes divide a Thai vowel from its tone mark.</summary>
    private static bool IsMark(char letter) => letter >= 0x300 && char.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
