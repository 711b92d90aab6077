using AbstractReview.Domain;
using AbstractReview.Domain.Programmes;

namespace AbstractReview.Web.Pages.Committee;

/// <summary>People as lines of a text box: name, affiliation, country, address, separated by semicolons.</summary>
internal static class PeopleLines
{
    public static string Write(IEnumerable<ProgrammePerson> people)
        => string.Join('\n', people.Select(p => $"{p.GivenName} {p.FamilyName.Replace(' ', '\u00a0')}; {p.Affiliation}; {p.Country}; {p.Email}"));

    /// <exception cref="RuleBrokenException">A line has no name.</exception>
    public static IReadOnlyList<ProgrammePerson> Read(string? text) => (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line =>
    {
        var parts = line.Split(';', StringSplitOptions.TrimEntries);
        // The last word is the family name; a family name of several words keeps a no-break space between them.
        var words = parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0) throw new RuleBrokenException("people", $"“{line}” has no name.");
        return new ProgrammePerson
        {
            GivenName = string.Join(' ', words[..^1]),
            FamilyName = words[^1].Replace('\u00a0', ' '),
            Affiliation = parts.ElementAtOrDefault(1) ?? "",
            Country = parts.ElementAtOrDefault(2) ?? "",
            Email = parts.ElementAtOrDefault(3) ?? "",
        };
    }).ToList();
}
