using HarfBuzzSharp;

namespace AbstractReview.Typesetting.Fonts;

/// <summary>Which families to try for a script, and which Debian package brings one.</summary>
internal static class Scripts
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["Arab"] = "Arabic", ["Armn"] = "Armenian", ["Beng"] = "Bengali", ["Deva"] = "Devanagari", ["Ethi"] = "Ethiopic",
        ["Geor"] = "Georgian", ["Gujr"] = "Gujarati", ["Guru"] = "Gurmukhi", ["Hebr"] = "Hebrew", ["Khmr"] = "Khmer",
        ["Knda"] = "Kannada", ["Laoo"] = "Lao", ["Mlym"] = "Malayalam", ["Mong"] = "Mongolian", ["Mymr"] = "Myanmar",
        ["Orya"] = "Oriya", ["Sinh"] = "Sinhala", ["Syrc"] = "Syriac", ["Taml"] = "Tamil", ["Telu"] = "Telugu",
        ["Thaa"] = "Thaana", ["Thai"] = "Thai", ["Tibt"] = "Tibetan", ["Tfng"] = "Tifinagh", ["Nkoo"] = "NKo",
        ["Adlm"] = "Adlam", ["Cher"] = "Cherokee", ["Cans"] = "Canadian Aboriginal", ["Yiii"] = "Yi", ["Java"] = "Javanese",
        ["Copt"] = "Coptic", ["Goth"] = "Gothic", ["Vaii"] = "Vai", ["Olck"] = "Ol Chiki",
    };

    private static readonly string[] Symbols =
        ["Noto Sans Math", "Noto Sans Symbols", "Noto Sans Symbols2", "DejaVu Sans", "DejaVu Math TeX Gyre", "Noto Sans Mono"];

    /// <summary>ISO 15924 code of a code point's script; Zyyy for common, Zinh for inherited.</summary>
    public static string Of(int codePoint) => Code(UnicodeFunctions.Default.GetScript(codePoint));

    /// <summary>Whether a language (BCP 47) is written from right to left.</summary>
    public static bool IsRightToLeft(string language)
        => language.Split('-')[0].ToLowerInvariant() is "ar" or "he" or "fa" or "ur" or "ps" or "yi" or "ug" or "dv" or "sd" or "ckb" or "syr";

    public static bool IsHan(string script) => script is "Hani" or "Hira" or "Kana" or "Hang" or "Bopo";

    /// <summary>Families that suit a script, best first, before any other installed font is tried.</summary>
    public static IEnumerable<string> Families(string script, FontFamily family, string language)
    {
        var (first, second) = family == FontFamily.Serif ? ("Serif", "Sans") : ("Sans", "Serif");
        if (script is "Zyyy" or "Zinh" or "Zzzz") return [.. Symbols, $"Noto {first} CJK SC", $"Noto {second} CJK SC"];
        if (IsHan(script))
        {
            var region = Region(script, language);
            return [$"Noto {first} CJK {region}", $"Noto {second} CJK {region}", $"Noto {second} CJK JP"];
        }

        if (script == "Arab")
            return family == FontFamily.Serif ? ["Noto Naskh Arabic", "Noto Sans Arabic", "DejaVu Sans"] : ["Noto Sans Arabic", "Noto Naskh Arabic", "DejaVu Sans"];
        return Names.TryGetValue(script, out var name)
            ? [$"Noto {first} {name}", $"Noto {second} {name}", $"DejaVu {first}", "DejaVu Sans"]
            : [$"Noto {first}", $"DejaVu {first}", "Noto Sans", "DejaVu Sans"];
    }

    /// <summary>The Debian package with a font for a script, or null when nobody knows.</summary>
    public static string? Package(int codePoint, string script) => script switch
    {
        _ when IsHan(script) => "fonts-noto-cjk",
        "Zyyy" or "Zinh" when codePoint is >= 0x1F000 and < 0x20000 => "fonts-symbola",
        "Zzzz" => null,
        _ => "fonts-noto-core",
    };

    private static string Region(string script, string language) => (script, language) switch
    {
        ("Hira" or "Kana", _) => "JP",
        ("Hang", _) => "KR",
        ("Bopo", _) => "TC",
        (_, ['j', 'a', ..]) => "JP",
        (_, ['k', 'o', ..]) => "KR",
        (_, "zh-TW" or "zh-Hant" or "zh-HK" or "zh-MO") => "TC",
        _ => "SC",
    };

    private static string Code(Script script)
    {
        uint tag = script;
        return string.Create(4, tag, static (letters, value) =>
        {
            for (var i = 0; i < 4; i++) letters[i] = (char)(value >> (24 - 8 * i) & 0xFF);
        });
    }
}
