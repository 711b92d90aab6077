using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace AbstractReview.Domain;

/// <summary>
/// How a name is written out, everywhere by one rule: the given name first, as its owner typed it; but a name written in Chinese characters,
/// Japanese or Korean letters has its family name first and no space between, as its readers write it. A name of the same people in Latin
/// letters stays in the order of its fields, and so does one all in katakana, which spells a foreign name in its own order.
/// </summary>
public static class PersonName
{
    /// <summary>In running text, such as “Ada Example” or “王小明”; either may be missing.</summary>
    public static string Full(string? given, string? family)
        => IsFamilyFirst(given, family) ? $"{family.Trim()}{given.Trim()}" : $"{given} {family}".Trim();

    /// <summary>In an index, such as “Example, Ada” or “王小明”.</summary>
    public static string Indexed(string given, string family)
        => given == "" || family == "" ? $"{family}{given}" : IsFamilyFirst(given, family) ? Full(given, family) : $"{family}, {given}";

    /// <summary>Whether the family name comes first: both are there, and every letter is of an East Asian script.</summary>
    public static bool IsFamilyFirst([NotNullWhen(true)] string? given, [NotNullWhen(true)] string? family)
    {
        if (string.IsNullOrWhiteSpace(given) || string.IsNullOrWhiteSpace(family)) return false;
        var onlyKatakana = true;
        foreach (var rune in $"{given}{family}".EnumerateRunes())
        {
            if (!IsEastAsian(rune)) return false;
            onlyKatakana &= IsKatakana(rune);
        }

        return !onlyKatakana;
    }

    private static bool IsKatakana(Rune rune) => rune.Value is (>= 0x30A0 and <= 0x30FF) or (>= 0xFF65 and <= 0xFF9F) or ' ' or 0x3000;

    // Blocks of the scripts Han, Hiragana, Katakana, Bopomofo and Hangul (Unicode, Blocks.txt), with the marks 々, 〆 and 〇 and both widths of space.
    private static bool IsEastAsian(Rune rune) => rune.Value is ' ' or (>= 0x3000 and <= 0x3007)
        or (>= 0x3040 and <= 0x31FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF)
        or (>= 0x1100 and <= 0x11FF) or (>= 0xA960 and <= 0xA97F) or (>= 0xAC00 and <= 0xD7FF)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0xFF65 and <= 0xFF9F) or (>= 0x20000 and <= 0x323AF);
}
