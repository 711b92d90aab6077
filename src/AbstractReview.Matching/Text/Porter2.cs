namespace AbstractReview.Matching.Text;

/// <summary>
/// Stems of English words, by the algorithm "Porter2" (M. F. Porter, "The English (Porter2) stemming algorithm", snowballstem.org, 2001).
/// </summary>
public static class Porter2
{
    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["skis"] = "ski", ["skies"] = "sky", ["dying"] = "die", ["lying"] = "lie", ["tying"] = "tie", ["idly"] = "idl", ["gently"] = "gentl",
        ["ugly"] = "ugli", ["early"] = "earli", ["only"] = "onli", ["singly"] = "singl", ["sky"] = "sky", ["news"] = "news", ["howe"] = "howe",
        ["atlas"] = "atlas", ["cosmos"] = "cosmos", ["bias"] = "bias", ["andes"] = "andes",
    };

    private static readonly HashSet<string> LeftAfterStep1A = new(StringComparer.Ordinal)
    {
        "inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed",
    };

    /// <summary>Longest first within a common ending; an ending that matches ends the step, whether or not it may be replaced.</summary>
    private static readonly (string Ending, string Instead)[] Step2Endings =
    [
        ("ization", "ize"), ("ational", "ate"), ("fulness", "ful"), ("ousness", "ous"), ("iveness", "ive"),
        ("tional", "tion"), ("biliti", "ble"), ("lessli", "less"),
        ("entli", "ent"), ("ation", "ate"), ("alism", "al"), ("aliti", "al"), ("ousli", "ous"), ("iviti", "ive"), ("fulli", "ful"),
        ("enci", "ence"), ("anci", "ance"), ("abli", "able"), ("izer", "ize"), ("ator", "ate"), ("alli", "al"),
        ("bli", "ble"), ("ogi", "og"), ("li", ""),
    ];

    private static readonly (string Ending, string Instead)[] Step3Endings =
    [
        ("ational", "ate"), ("tional", "tion"), ("alize", "al"), ("icate", "ic"), ("iciti", "ic"), ("ative", ""), ("ical", "ic"), ("ness", ""), ("ful", ""),
    ];

    private static readonly string[] Step4Endings =
    [
        "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "ion", "al", "er", "ic",
    ];

    /// <summary>The stem of a word in lower case, made of the letters a to z and apostrophes; a word of one or two letters is its own stem.</summary>
    public static string Stem(string word)
    {
        if (word.Length <= 2) return word;
        word = word.Replace('\u2019', '\'');
        if (word[0] == '\'') word = word[1..];
        if (Exceptions.TryGetValue(word, out var stem)) return stem;
        word = MarkConsonantY(word);
        var (r1, r2) = Regions(word);
        word = Step1A(Step0(word));
        if (LeftAfterStep1A.Contains(word)) return word;
        word = Step1C(Step1B(word, r1));
        word = Step4(Step3(Step2(word, r1), r1, r2), r2);
        return Step5(word, r1, r2).Replace('Y', 'y');
    }

    /// <summary>A y that begins a word or follows a vowel is a consonant, written Y until the end.</summary>
    private static string MarkConsonantY(string word)
    {
        if (!word.Contains('y', StringComparison.Ordinal)) return word;
        var letters = word.ToCharArray();
        for (var at = 0; at < letters.Length; at++)
            if (letters[at] == 'y' && (at == 0 || IsVowel(letters[at - 1]))) letters[at] = 'Y';
        return new string(letters);
    }

    /// <summary>R1 begins after the first consonant that follows a vowel; R2 is the same within R1.</summary>
    private static (int R1, int R2) Regions(string word)
    {
        var r1 = -1;
        foreach (var prefix in (string[])["gener", "commun", "arsen"])
            if (word.StartsWith(prefix, StringComparison.Ordinal)) r1 = prefix.Length;
        if (r1 < 0) r1 = After(word, 0);
        return (r1, After(word, r1));
    }

    private static int After(string word, int from)
    {
        for (var at = from + 1; at < word.Length; at++)
            if (!IsVowel(word[at]) && IsVowel(word[at - 1])) return at + 1;
        return word.Length;
    }

    private static string Step0(string word) => Cut(word, "'s'") ?? Cut(word, "'s") ?? Cut(word, "'") ?? word;

    private static string Step1A(string word)
    {
        if (word.EndsWith("sses", StringComparison.Ordinal)) return word[..^2];
        if (Cut(word, "ied") is { } ied) return ied + (ied.Length > 1 ? "i" : "ie");
        if (Cut(word, "ies") is { } ies) return ies + (ies.Length > 1 ? "i" : "ie");
        if (word.EndsWith("us", StringComparison.Ordinal) || word.EndsWith("ss", StringComparison.Ordinal)) return word;
        return word.EndsWith('s') && HasVowel(word, word.Length - 2) ? word[..^1] : word;
    }

    private static string Step1B(string word, int r1)
    {
        foreach (var ending in (string[])["eedly", "eed"])
            if (Cut(word, ending) is { } before)
                return before.Length >= r1 ? before + "ee" : word;
        foreach (var ending in (string[])["ingly", "edly", "ing", "ed"])
        {
            if (Cut(word, ending) is not { } before) continue;
            if (!HasVowel(before, before.Length)) return word;
            if (before.EndsWith("at", StringComparison.Ordinal) || before.EndsWith("bl", StringComparison.Ordinal) || before.EndsWith("iz", StringComparison.Ordinal)) return before + "e";
            if (EndsInDouble(before)) return before[..^1];
            return IsShort(before, r1) ? before + "e" : before;
        }
        return word;
    }

    private static string Step1C(string word) =>
        word.Length > 2 && (word[^1] is 'y' or 'Y') && !IsVowel(word[^2]) ? word[..^1] + "i" : word;

    private static string Step2(string word, int r1)
    {
        foreach (var (ending, instead) in Step2Endings)
        {
            if (Cut(word, ending) is not { } before) continue;
            if (before.Length < r1) return word;
            return ending switch
            {
                "ogi" => before.EndsWith('l') ? before + instead : word,
                "li" => before.Length > 0 && "cdeghkmnrt".Contains(before[^1], StringComparison.Ordinal) ? before : word,
                _ => before + instead,
            };
        }
        return word;
    }

    private static string Step3(string word, int r1, int r2)
    {
        foreach (var (ending, instead) in Step3Endings)
        {
            if (Cut(word, ending) is not { } before) continue;
            if (before.Length < r1 || ending == "ative" && before.Length < r2) return word;
            return before + instead;
        }
        return word;
    }

    private static string Step4(string word, int r2)
    {
        foreach (var ending in Step4Endings)
        {
            if (Cut(word, ending) is not { } before) continue;
            if (before.Length < r2) return word;
            return ending != "ion" || before.Length > 0 && (before[^1] is 's' or 't') ? before : word;
        }
        return word;
    }

    private static string Step5(string word, int r1, int r2)
    {
        if (word.Length == 0) return word;
        var last = word.Length - 1;
        if (word[last] == 'e' && (last >= r2 || last >= r1 && !EndsInShortSyllable(word[..last]))) return word[..last];
        if (word[last] == 'l' && last >= r2 && last > 0 && word[last - 1] == 'l') return word[..last];
        return word;
    }

    private static string? Cut(string word, string ending) => word.EndsWith(ending, StringComparison.Ordinal) ? word[..^ending.Length] : null;

    private static bool IsVowel(char letter) => letter is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';

    private static bool HasVowel(string word, int before)
    {
        for (var at = 0; at < before; at++)
            if (IsVowel(word[at])) return true;
        return false;
    }

    private static bool EndsInDouble(string word) =>
        word.Length > 1 && word[^1] == word[^2] && "bdfgmnprt".Contains(word[^1], StringComparison.Ordinal);

    private static bool IsShort(string word, int r1) => r1 >= word.Length && EndsInShortSyllable(word);

    /// <summary>Consonant, vowel, consonant other than w, x or Y; or, as a whole word, vowel and consonant.</summary>
    private static bool EndsInShortSyllable(string word) => word.Length switch
    {
        < 2 => false,
        2 => IsVowel(word[0]) && !IsVowel(word[1]),
        _ => !IsVowel(word[^1]) && word[^1] is not ('w' or 'x' or 'Y') && IsVowel(word[^2]) && !IsVowel(word[^3]),
    };
}
