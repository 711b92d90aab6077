using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Book;

/// <summary>The language of a text, well enough to hyphenate and to tell a screen reader: by script, and by small words among five languages in Latin script.</summary>
internal static class TextLanguage
{
    private static readonly Dictionary<string, HashSet<string>> SmallWords = new()
    {
        ["en"] = ["the", "of", "and", "to", "in", "is", "was", "that", "for", "with", "are", "this"],
        ["fr"] = ["le", "la", "les", "des", "et", "une", "du", "est", "dans", "pour", "que", "par", "aux"],
        ["es"] = ["el", "los", "las", "del", "y", "una", "en", "que", "por", "con", "para", "es"],
        ["pt"] = ["o", "os", "as", "da", "do", "dos", "e", "uma", "em", "que", "por", "com", "não"],
        ["de"] = ["der", "die", "das", "und", "ist", "den", "von", "mit", "für", "ein", "eine", "nicht"],
    };

    public static string Of(string text)
    {
        foreach (var c in text.Where(char.IsLetter).Take(40))
            if (Script(c) is { } script) return script;
        var words = text.Split([' ', '\n', ',', '.', ';', ':', '(', ')', '’', '\''], StringSplitOptions.RemoveEmptyEntries).Take(200).Select(w => w.ToLowerInvariant()).ToList();
        return SmallWords.Select((language, i) => (language.Key, Found: words.Count(language.Value.Contains), i)).OrderByDescending(x => x.Found).ThenBy(x => x.i).First().Key;
    }

    /// <summary>The language of a name, which only its script can tell; Chinese signs are read as where their bearer works. Null for letters shared by too many.</summary>
    public static string? OfName(Author author)
    {
        foreach (var c in author.FullName.Where(char.IsLetter))
            if (Script(c) is { } script) return script == "zh" && author.Country is "JP" ? "ja" : script == "zh" && author.Country is "KR" ? "ko" : script;
        return null;
    }

    private static string? Script(char c) => c switch
    {
        >= '\u0370' and <= '\u03ff' => "el",
        >= '\u0400' and <= '\u052f' => "ru",
        >= '\u0530' and <= '\u058f' => "hy",
        >= '\u0590' and <= '\u05ff' => "he",
        >= '\u0600' and <= '\u06ff' => "ar",
        >= '\u0900' and <= '\u097f' => "hi",
        >= '\u0e00' and <= '\u0e7f' => "th",
        >= '\u10a0' and <= '\u10ff' => "ka",
        >= '\u3040' and <= '\u30ff' => "ja",
        >= '\u4e00' and <= '\u9fff' => "zh",
        >= '\uac00' and <= '\ud7af' => "ko",
        _ => null,
    };
}
