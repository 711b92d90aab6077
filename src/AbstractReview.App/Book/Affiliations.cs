using System.Globalization;
using System.Text;
using AbstractReview.Domain;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Book;

/// <summary>The affiliations of one contribution, each once, and the marks that join authors to them.</summary>
internal sealed record Affiliations(IReadOnlyList<string> Printed, IReadOnlyList<int> MarkOf)
{
    /// <summary>Two spellings that differ only in case, accents, blanks or punctuation are one affiliation; the first spelling is printed.</summary>
    public static Affiliations Of(IReadOnlyList<Author> authors)
    {
        var (printed, marks, known) = (new List<string>(), new List<int>(), new Dictionary<string, int>());
        foreach (var author in authors)
        {
            var words = Words(author);
            var key = Key(words);
            if (key == "") marks.Add(0);
            else
            {
                if (!known.TryGetValue(key, out var mark))
                {
                    printed.Add(words);
                    known[key] = mark = printed.Count;
                }

                marks.Add(mark);
            }
        }

        return new Affiliations(printed, marks);
    }

    /// <summary>Nobody's affiliation is printed.</summary>
    public static Affiliations None(IReadOnlyList<Author> authors) => new([], [.. authors.Select(_ => 0)]);

    /// <summary>Pairs of affiliations that are nearly spelt alike, such as a typing error would leave.</summary>
    public IEnumerable<(string One, string Other)> LookAlikes()
    {
        for (var i = 0; i < Printed.Count; i++)
            for (var j = i + 1; j < Printed.Count; j++)
                if (Close(Key(Printed[i]), Key(Printed[j]))) yield return (Printed[i], Printed[j]);
    }

    /// <summary>The affiliation and its country's name, which is not said twice.</summary>
    public static string Words(Author author)
    {
        var affiliation = AbstractText.OneLine(author.Affiliation).TrimEnd('.', ',', ';', ' ');
        var country = Countries.Exists(author.Country) ? Countries.Name(author.Country) : author.Country;
        if (country == "" || Key(affiliation).EndsWith(Key(country), StringComparison.Ordinal)) return affiliation;
        return affiliation == "" ? country : $"{affiliation}, {country}";
    }

    /// <summary>Letters and digits only, without case and accents.</summary>
    public static string Key(string text)
    {
        var key = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKD))
            if (char.IsLetterOrDigit(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.SpacingCombiningMark) key.Append(char.ToLowerInvariant(c));
        return key.ToString();
    }

    // At most one edit in twelve letters (Levenshtein distance, two rows).
    private static bool Close(string a, string b)
    {
        var most = Math.Max(1, Math.Min(a.Length, b.Length) / 12);
        if (Math.Abs(a.Length - b.Length) > most) return false;
        var (previous, current) = (new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++) previous[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
                current[j] = Math.Min(Math.Min(previous[j], current[j - 1]) + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            (previous, current) = (current, previous);
        }

        return previous[b.Length] <= most;
    }
}
