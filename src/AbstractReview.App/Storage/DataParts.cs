using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace AbstractReview.App.Storage;

/// <summary>
/// The parts of the data that answers are kept for (<see cref="KeptAnswers"/>). <see cref="Db"/> reads from each statement which tables it
/// changes and stamps their parts within the same transaction, so that no command has to remember to, whichever node carries it out.
/// </summary>
internal static partial class DataParts
{
    /// <summary>What the committee's table of standings is made from.</summary>
    public const string Standings = "Standings";

    /// <summary>The same, and what reviewers are doing.</summary>
    public const string Reviewing = "Reviewing";

    /// <summary>The tables of each part.</summary>
    public static IReadOnlyDictionary<string, string[]> Tables { get; } = new Dictionary<string, string[]>
    {
        [Standings] = ["Conference", "Submission", "Author", "Standing", "Decision", "Assignment", "Conflict", "Person", "PersonRole"],
        [Reviewing] = ["Conference", "Submission", "Author", "Standing", "Decision", "Assignment", "Conflict", "Person", "PersonRole", "Reviewer", "Review", "Calibration"],
    };

    private static readonly ConcurrentDictionary<string, IReadOnlyList<string>> Known = new(StringComparer.Ordinal);

    /// <summary>The parts a statement changes; none for most.</summary>
    public static IReadOnlyList<string> ChangedBy(string sql) => Known.GetOrAdd(sql, text =>
    {
        var tables = Changes().Matches(text).Select(m => m.Groups[1].Value).ToList();
        return [.. Tables.Where(part => tables.Any(t => part.Value.Contains(t, StringComparer.OrdinalIgnoreCase))).Select(part => part.Key)];
    });

    [GeneratedRegex(@"(?:^|;)\s*(?:insert\s+into|update|delete\s+from)\s+(\w+)", RegexOptions.IgnoreCase)]
    private static partial Regex Changes();
}
