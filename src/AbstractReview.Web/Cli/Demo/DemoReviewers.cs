using System.Globalization;
using AbstractReview.Matching.Files;

namespace AbstractReview.Web.Cli.Demo;

/// <summary>The sample's reviewers, cut or grown to a number, and as the CSV that the import takes.</summary>
internal static class DemoReviewers
{
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(string folder)
    {
        using var csv = CsvReader.Open(Path.Combine(folder, "reviewers.csv"));
        csv.Read();
        var columns = Enumerable.Range(0, csv.Count).Select(i => csv[i].ToString()).ToList();
        var rows = new List<IReadOnlyDictionary<string, string>>();
        while (csv.Read()) rows.Add(columns.Index().ToDictionary(c => c.Item, c => csv[c.Index].ToString()));
        return rows;
    }

    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Grow(string folder, int wanted, int seed)
    {
        var written = Read(folder);
        var random = new Random(seed + 1);
        var rows = written.Take(wanted).ToList();
        for (var n = rows.Count + 1; n <= wanted; n++) rows.Add(Recombine(written[random.Next(written.Count)], written[random.Next(written.Count)], n));
        return rows;
    }

    public static string Csv(IReadOnlyList<IReadOnlyDictionary<string, string>> rows)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        var csv = new CsvWriter(text);
        csv.Write([.. rows[0].Keys]);
        foreach (var row in rows) csv.Write([.. rows[0].Keys.Select(column => row[column])]);
        return text.ToString();
    }

    // The name of one and the expertise of another.
    private static Dictionary<string, string> Recombine(IReadOnlyDictionary<string, string> name, IReadOnlyDictionary<string, string> expertise, int n)
        => new(expertise)
        {
            ["email"] = string.Create(CultureInfo.InvariantCulture, $"r{n}.{name["email"]}"),
            ["givenName"] = name["givenName"],
            ["familyName"] = name["familyName"],
            ["affiliation"] = name["affiliation"],
            ["country"] = name["country"],
        };
}
