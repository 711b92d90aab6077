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

    /// <summary>What reviewers are doing; what is made from it is made from <see cref="Standings"/> too.</summary>
    public const string Reviewing = "Reviewing";

    /// <summary>The tables of each part, each in one: a submit changes several and stamps their part once.</summary>
    public static IReadOnlyDictionary<string, string[]> Tables { get; } = new Dictionary<string, string[]>
    {
        [Standings] = ["Conference", "Submission", "Author", "Standing", "Decision", "Assignment", "Conflict", "Person", "PersonRole"],
        [Reviewing] = ["Reviewer", "Review", "Calibration"],
    };

    /// <summary>The parts whose stamps tell whether an answer made from <paramref name="part"/> still stands.</summary>
    public static IReadOnlyList<string> Of(string part) => part == Reviewing ? [Reviewing, Standings] : [part];

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
