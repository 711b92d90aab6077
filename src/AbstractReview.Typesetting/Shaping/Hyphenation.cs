using System.Collections.Concurrent;

namespace AbstractReview.Typesetting.Shaping;

/// <summary>
/// Finds where words may be divided, by F. M. Liang's method (Word Hy-phen-a-tion by Com-put-er, 1983), with the patterns of the
/// system's <c>hyph_*.dic</c> files. Without a file for a language nothing is divided.
/// </summary>
internal sealed class Hyphenation
{
    private const int LeftMinimum = 2, RightMinimum = 3, ShortestWord = 5;
    private static readonly ConcurrentDictionary<string, Hyphenation?> ByLanguage = new(StringComparer.OrdinalIgnoreCase);
    private static readonly Dictionary<string, string> UsualRegion = new()
    {
        ["en"] = "US", ["de"] = "DE", ["fr"] = "FR", ["es"] = "ES", ["it"] = "IT", ["ru"] = "RU", ["pt"] = "PT", ["nl"] = "NL", ["pl"] = "PL",
    };

    private readonly Dictionary<string, byte[]> patterns = new(StringComparer.Ordinal);
    private readonly int longest;

    public Hyphenation(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            if (line.Length == 0 || line[0] is '%' or '#' || char.IsUpper(line[0]) || line.Contains('/')) continue;
            Add(line.Trim());
        }

        longest = patterns.Count == 0 ? 0 : patterns.Keys.Max(key => key.Length);
    }

    /// <summary>The patterns installed for a language, or null.</summary>
    public static Hyphenation? For(string language) => ByLanguage.GetOrAdd(language, Load);

    /// <summary>Positions within the word (from 1) before which it may be divided.</summary>
    public IReadOnlyList<int> Divide(ReadOnlySpan<char> word)
    {
        if (word.Length < ShortestWord || word.Length > 60) return [];
        Span<char> letters = stackalloc char[word.Length + 2];
        letters[0] = letters[^1] = '.';
        for (var i = 0; i < word.Length; i++)
        {
            if (!char.IsLetter(word[i])) return [];
            letters[i + 1] = char.ToLowerInvariant(word[i]);
        }

        Span<byte> values = stackalloc byte[letters.Length + 1];
        values.Clear();
        var lookup = patterns.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var start = 0; start < letters.Length; start++)
        {
            var limit = Math.Min(longest, letters.Length - start);
            for (var length = 1; length <= limit; length++)
            {
                if (!lookup.TryGetValue(letters.Slice(start, length), out var pattern)) continue;
                for (var i = 0; i < pattern.Length; i++) values[start + i] = Math.Max(values[start + i], pattern[i]);
            }
        }

        List<int> places = [];
        for (var i = LeftMinimum; i <= word.Length - RightMinimum; i++)
            if (values[i + 1] % 2 == 1) places.Add(i);
        return places;
    }

    private void Add(string pattern)
    {
        var letters = new string([.. pattern.Where(sign => !char.IsAsciiDigit(sign))]);
        var values = new byte[letters.Length + 1];
        var at = 0;
        foreach (var sign in pattern)
        {
            if (char.IsAsciiDigit(sign)) values[at] = (byte)(sign - '0');
            else at++;
        }

        patterns[letters] = values;
    }

    private static Hyphenation? Load(string language)
    {
        var parts = language.Split('-');
        var region = parts.Length > 1 ? parts[^1].ToUpperInvariant() : UsualRegion.GetValueOrDefault(parts[0].ToLowerInvariant(), "");
        string[] names = [$"hyph_{parts[0].ToLowerInvariant()}_{region}.dic", $"hyph_{parts[0].ToLowerInvariant()}.dic"];
        var path = names.Select(name => Path.Combine("/usr/share/hyphen", name)).FirstOrDefault(File.Exists);
        if (path is null) return null;
        var lines = File.ReadAllLines(path, System.Text.Encoding.UTF8);
        // Second-level patterns (after NEXTLEVEL) divide compounds only.
        return new Hyphenation(lines.Skip(1).TakeWhile(line => line != "NEXTLEVEL"));
    }
}
