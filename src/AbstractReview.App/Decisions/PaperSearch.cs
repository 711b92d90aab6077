using System.Globalization;
using AbstractReview.App.Reviews;
using AbstractReview.Domain.Decisions;

namespace AbstractReview.App.Decisions;

/// <summary>
/// The column <c>paper</c> of HotCRP's bulk assignment, as far as its searches have a meaning here (its <c>help search</c>): numbers and ranges
/// (<c>3 5</c>, <c>#3</c>, <c>3-8</c>, <c>3,5</c>), which add up; <c>all</c>; an area where HotCRP has a tag (<c>#TA3</c>, <c>area:TA3</c>);
/// <c>dec:none</c>, <c>dec:oral</c> and the like, <c>dec:yes</c> for whatever is accepted, <c>dec:any</c> for whatever is decided; <c>NOT</c> or a dash
/// before a word turns it round. All words together must hold. It sees nothing but what the person judges.
/// </summary>
internal static class PaperSearch
{
    /// <summary>
    /// The submissions found, in the order of their numbers; null where a word is none of these. A number that stands alone is given back
    /// whether or not it is judged, so that it can be refused by its name.
    /// </summary>
    /// <param name="search">The words.</param>
    /// <param name="judged">What the person judges.</param>
    /// <param name="decisionOf">What a decision's word means; null where it is none.</param>
    public static IReadOnlyList<int>? Numbers(string search, IEnumerable<StandingView> judged, Func<string, DecisionCsv.Word?> decisionOf)
    {
        var words = search.Split([' ', ';', ',', '(', ')'], StringSplitOptions.RemoveEmptyEntries);
        var (named, rules, not) = (new List<Range>(), new List<Func<StandingView, bool>>(), false);
        foreach (var word in words)
        {
            if (word.Equals("not", StringComparison.OrdinalIgnoreCase))
            {
                not = true;
                continue;
            }

            if (word.Equals("and", StringComparison.OrdinalIgnoreCase)) continue;
            var (bare, turned) = word is ['-' or '!', .. var rest] ? (rest, !not) : (word, not);
            not = false;
            if (Range.Read(bare) is { } range && !turned) named.Add(range);
            else if (Rule(bare, decisionOf) is { } rule) rules.Add(turned ? s => !rule(s) : rule);
            else return null;
        }

        if (not || (named.Count == 0 && rules.Count == 0)) return null;
        var found = judged.Where(s => (named.Count == 0 || named.Exists(r => r.Holds(s.Number))) && rules.TrueForAll(r => r(s))).Select(s => s.Number);
        var alone = rules.Count == 0 ? named.Where(r => r.From == r.To).Select(r => r.From) : [];
        return [.. found.Union(alone).Order()];
    }

    private static Func<StandingView, bool>? Rule(string word, Func<string, DecisionCsv.Word?> decisionOf)
    {
        if (Range.Read(word) is { } range) return s => range.Holds(s.Number);
        if (word.Equals("all", StringComparison.OrdinalIgnoreCase)) return _ => true;
        var (key, value) = word.StartsWith('#') ? ("area", word[1..]) : word.Split(':', 2) is [var k, var v] ? (k.ToLowerInvariant(), v) : ("", "");
        return key switch
        {
            "area" or "tag" when value != "" => s => s.AreaCode.Equals(value, StringComparison.OrdinalIgnoreCase),
            "dec" or "decision" => Decided(value.ToLowerInvariant(), decisionOf),
            _ => null,
        };
    }

    private static Func<StandingView, bool>? Decided(string word, Func<string, DecisionCsv.Word?> decisionOf) => word switch
    {
        "any" => s => s.Decision is not null,
        "yes" or "accept" or "accepted" => s => s.Decision?.Accepts() == true,
        _ => decisionOf(word) is { } known ? s => s.Decision == known.Kind : null,
    };

    /// <summary>Numbers from one to another; one number is both.</summary>
    private readonly record struct Range(int From, int To)
    {
        public bool Holds(int number) => From <= number && number <= To;

        public static Range? Read(string word)
        {
            var ends = word.TrimStart('#').Split('-');
            return ends.Length <= 2 && int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var from) && int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var to)
                ? new Range(from, to) : null;
        }
    }
}
