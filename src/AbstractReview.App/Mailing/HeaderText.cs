using System.Globalization;
using System.Text;

namespace AbstractReview.App.Mailing;

/// <summary>
/// Text as a header may carry it: one line, nothing invisible, not longer than people read. Control characters would start another header,
/// directional overrides (U+202A to U+202E, U+2066 to U+2069) would show one address as another.
/// </summary>
public static class HeaderText
{
    public const int Address = 254;
    public const int Name = 200;
    public const int Subject = 400;

    /// <param name="text">As somebody typed it.</param>
    /// <param name="longest">How many UTF-16 units are kept; never half a character.</param>
    public static string Of(string text, int longest)
    {
        if (IsClean(text, longest)) return text;
        var clean = new StringBuilder(Math.Min(text.Length, longest + 1));
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsControl(rune) || Rune.IsWhiteSpace(rune)) Space();
            else if (!IsDirectional(rune.Value)) clean.Append(rune.ToString());
            if (clean.Length > longest) break;
        }

        var line = clean.ToString().Trim();
        return line.Length <= longest ? line : Cut(line, longest);

        void Space()
        {
            if (clean.Length > 0 && clean[^1] != ' ') clean.Append(' ');
        }
    }

    // Most are: then nothing is copied.
    private static bool IsClean(string text, int longest) => text.Length <= longest && text is not ([' ', ..] or [.., ' '])
        && !text.AsSpan().ContainsAnyExceptInRange(' ', '~') && !text.Contains("  ", StringComparison.Ordinal);

    // An accent is not parted from its letter, nor a pair of surrogates.
    private static string Cut(string line, int longest)
    {
        var starts = StringInfo.ParseCombiningCharacters(line);
        var end = starts.LastOrDefault(s => s <= longest - 1);
        return line[..end].TrimEnd() + "…";
    }

    private static bool IsDirectional(int value) => value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFEFF;
}
