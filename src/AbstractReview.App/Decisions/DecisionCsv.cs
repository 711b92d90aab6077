using AbstractReview.App.Reviews;
using AbstractReview.Domain;
using AbstractReview.Domain.Decisions;
using AbstractReview.Matching.Files;

namespace AbstractReview.App.Decisions;

/// <summary>
/// Decisions as HotCRP's bulk assignment has them (its <c>h_bulkassign.php</c> and <c>assignmentparsers.json</c>): a line says which paper, the action
/// <c>decision</c> or <c>cleardecision</c>, and which decision; top to bottom, the last word on a paper stands. The paper may be a search
/// (<see cref="PaperSearch"/>). The column <c>reason</c> is ours.
/// </summary>
internal static class DecisionCsv
{
    private static readonly Dictionary<string, DecisionKind> Kinds = new(StringComparer.Ordinal)
    {
        ["oral"] = DecisionKind.Oral, ["acceptoral"] = DecisionKind.Oral, ["acceptedoral"] = DecisionKind.Oral, ["acceptedasoralpresentation"] = DecisionKind.Oral, ["talk"] = DecisionKind.Oral,
        ["poster"] = DecisionKind.Poster, ["acceptposter"] = DecisionKind.Poster, ["acceptedposter"] = DecisionKind.Poster, ["acceptedasposter"] = DecisionKind.Poster,
        ["panel"] = DecisionKind.Panel, ["acceptpanel"] = DecisionKind.Panel, ["acceptedpanel"] = DecisionKind.Panel, ["acceptedaspanelcontribution"] = DecisionKind.Panel,
        ["waitlist"] = DecisionKind.Waitlist, ["waitlisted"] = DecisionKind.Waitlist, ["waitinglist"] = DecisionKind.Waitlist, ["onthewaitinglist"] = DecisionKind.Waitlist,
        ["reject"] = DecisionKind.Reject, ["rejected"] = DecisionKind.Reject, ["notaccepted"] = DecisionKind.Reject, ["no"] = DecisionKind.Reject,
        ["return"] = DecisionKind.Return, ["returned"] = DecisionKind.Return, ["returnedtotheauthors"] = DecisionKind.Return,
    };

    private static readonly HashSet<string> Undecided = ["none", "unspecified", "undecided", "clear", "unknown"];
    private static readonly HashSet<string> Accepted = ["accept", "accepted", "yes"];

    /// <exception cref="RuleBrokenException">The file cannot be read, or a line is no decision; every such line is named.</exception>
    public static IReadOnlyList<PlacedLine> Lines(string csv, DecisionKind? acceptedAs, IReadOnlyDictionary<int, StandingView> judged)
    {
        var lines = new List<PlacedLine>();
        var errors = new List<FieldError>();
        foreach (var action in Actions(csv))
        {
            void Refuse(string words) => errors.Add(new FieldError("file", $"Line {action.Line}: {words}"));
            var word = action.Columns.GetValueOrDefault("decision") ?? "";
            var clears = action.Action == "cleardecision";
            if (!clears && action.Action != "decision") Refuse($"“{action.Action}” is no decision; only decision and cleardecision lines are taken here.");
            else if (PaperSearch.Numbers(action.Paper, judged.Values, w => KindOf(w, null)) is not { } numbers) Refuse($"“{action.Paper}” is no search that is known here. Give numbers, a range such as 3-8, all, area:TA3 or dec:none.");
            else if (numbers.Count == 0) Refuse($"“{action.Paper}” finds no submission for you to decide.");
            else if (KindOf(word, acceptedAs) is { } read) Add(action, clears && word.Length > 0 ? numbers.Where(n => judged.GetValueOrDefault(n)?.Decision == read.Kind) : numbers, clears ? null : read.Kind);
            else if (clears && word.Length == 0) Add(action, numbers.Where(n => judged.GetValueOrDefault(n)?.Decision is not null), null);
            else Refuse(word.Length == 0 ? "the decision is empty."
                : Accepted.Contains(Letters(word)) ? "“" + word + "” does not say as what: write oral, poster or panel."
                : $"“{word}” is no decision: write oral, poster, panel, waitlist, reject, return or none.");
        }

        return errors.Count == 0 ? lines : throw new RuleBrokenException(errors);

        void Add(HotCrpAction action, IEnumerable<int> numbers, DecisionKind? kind)
            => lines.AddRange(numbers.Select(n => new PlacedLine(new DecisionLine(n, kind, action.Columns.GetValueOrDefault("reason") ?? ""), "", $"Line {action.Line}: ")));
    }

    private static IReadOnlyList<HotCrpAction> Actions(string csv)
    {
        try
        {
            return HotCrpAssignments.Read(new StringReader(csv.TrimStart('\uFEFF')), "decisions");
        }
        catch (RefusedFileException refusal)
        {
            throw new RuleBrokenException("file", refusal.Message);
        }
    }

    private static Word? KindOf(string word, DecisionKind? acceptedAs)
    {
        var letters = Letters(word);
        if (Kinds.TryGetValue(letters, out var kind)) return new Word(kind);
        if (Undecided.Contains(letters)) return new Word(null);
        return acceptedAs is not null && Accepted.Contains(letters) ? new Word(acceptedAs) : null;
    }

    /// <summary>A decision that was understood; null is none.</summary>
    internal sealed record Word(DecisionKind? Kind);

    private static string Letters(string word) => string.Concat(word.Where(char.IsAsciiLetter)).ToLowerInvariant();
}
