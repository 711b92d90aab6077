using System.Text;

namespace AbstractReview.Matching.Files;

/// <summary>One line of HotCRP's bulk assignment: what is to be done to which paper for whom. Columns that are absent or empty are null.</summary>
public sealed record HotCrpAction(int Line, string Paper, string Action, string? Email)
{
    public string? ReviewType { get; init; }
    public string? Round { get; init; }

    /// <summary>All columns of the line that have a value, by the header's names in lower case.</summary>
    public required IReadOnlyDictionary<string, string> Columns { get; init; }
}

/// <summary>A review as HotCRP's export lists it.</summary>
public sealed record HotCrpReview(string Paper, string Email, string Title, string? Round = null);

/// <summary>HotCRP's bulk assignment CSV (<c>paper,action,email,…</c> under a header, columns in any order), in and out.</summary>
public static class HotCrpAssignments
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "review", "primaryreview", "secondaryreview", "pcreview", "metareview", "externalreview", "clearreview", "unsubmitreview",
        "lead", "shepherd", "administrator", "conflict", "clearconflict", "contact", "tag", "cleartag", "nexttag", "copytag", "movetag",
        "pref", "decision", "cleardecision", "submit", "unsubmit", "withdraw", "revive", "follow", "unfollow", "share",
    };

    /// <summary>Reads all lines, top to bottom; lines that begin with # are remarks, but not those that begin with "#.</summary>
    /// <exception cref="RefusedFileException">The header lacks paper or action, a line has too many fields, no paper, or an unknown action.</exception>
    public static IReadOnlyList<HotCrpAction> Read(TextReader text, string name = "assignments.csv")
    {
        using var csv = new CsvReader(text, name);
        var actions = new List<HotCrpAction>();
        string[]? header = null;
        while (csv.Read())
        {
            if (!csv.BeginsQuoted && csv[0].StartsWith("#")) continue;
            if (header is null) header = Header(csv);
            else actions.Add(Action(csv, header));
        }
        return header is null ? throw new RefusedFileException(name, 1, "there is no header.") : actions;
    }

    /// <summary>
    /// Writes reviews as HotCRP exports them: a line that clears each paper's reviews, then one line for each review, so that reading the
    /// file back makes the assignment exactly this.
    /// </summary>
    public static string Format(IEnumerable<HotCrpReview> reviews)
    {
        var text = new StringBuilder();
        using var writer = new StringWriter(text);
        var csv = new CsvWriter(writer);
        csv.Write("paper", "action", "email", "round", "title");
        foreach (var paper in reviews.GroupBy(review => review.Paper))
        {
            csv.Write(paper.Key, "clearreview", "#pc", "any", paper.First().Title);
            foreach (var review in paper) csv.Write(review.Paper, "pcreview", review.Email, review.Round ?? "", review.Title);
        }
        return text.ToString();
    }

    private static string[] Header(CsvReader csv)
    {
        var header = new string[csv.Count];
        for (var field = 0; field < csv.Count; field++)
        {
            header[field] = csv[field].Trim().ToString().ToLowerInvariant() switch
            {
                "pid" or "paperid" or "submission" => "paper",
                "assignment" => "action",
                var other => other,
            };
            if (Array.IndexOf(header, header[field]) < field) throw csv.Refuse($"the column “{header[field]}” is there twice.");
        }
        foreach (var needed in (string[])["paper", "action"])
            if (!header.Contains(needed)) throw csv.Refuse($"the header has no column “{needed}”.");
        return header;
    }

    private static HotCrpAction Action(CsvReader csv, string[] header)
    {
        if (csv.Count > header.Length) throw csv.Refuse($"expected {header.Length} fields or fewer but found {csv.Count}.");
        var columns = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var field = 0; field < csv.Count; field++)
            if (csv[field].Trim() is { Length: > 0 } value) columns[header[field]] = value.ToString();
        if (!columns.TryGetValue("paper", out var paper)) throw csv.Refuse("the paper is empty.");
        if (!columns.TryGetValue("action", out var action)) throw csv.Refuse("the action is empty.");
        action = action.ToLowerInvariant();
        if (!Known.Contains(action)) throw csv.Refuse($"the action “{action}” is not known.");
        return new HotCrpAction(csv.Line, paper, action, columns.GetValueOrDefault("email") ?? columns.GetValueOrDefault("user"))
        {
            ReviewType = columns.GetValueOrDefault("reviewtype"), Round = columns.GetValueOrDefault("round"), Columns = columns,
        };
    }
}
