using AbstractReview.Domain.Routing;
using AbstractReview.Matching;

namespace AbstractReview.App.Routing;

/// <summary>Makes of an assignment what is stored and shown.</summary>
internal sealed class ProposalWriter(RoutingInputs inputs, AffinityTable table, AssignmentProblem problem)
{
    private readonly Dictionary<int, int> _submissions = inputs.Submissions.Select((s, i) => (s.Number, i)).ToDictionary();
    private readonly Dictionary<int, int> _reviewers = inputs.Reviewers.Select((r, i) => (r.Id, i)).ToDictionary();

    public ProposalDocument Write(Assignment assignment, bool fresh, IReadOnlySet<Pair> pins, IReadOnlyList<ForbiddenPair> forbidden)
    {
        var document = Lay(assignment.Pairs, pins, fresh, forbidden);
        return document with
        {
            After = document.After with { FloorBound = assignment.Statistics.FloorBound, TotalBound = assignment.Statistics.TotalBound },
            Shortages = assignment.Shortages.Select(s => s.InWords()).ToList(),
            Seconds = assignment.Statistics.Seconds,
        };
    }

    /// <summary>A document over any pairs, such as those edited by hand; shortages are told by submission.</summary>
    public ProposalDocument Lay(IReadOnlyCollection<Pair> pairs, IReadOnlySet<Pair> pins, bool fresh, IReadOnlyList<ForbiddenPair> forbidden)
    {
        var standing = inputs.Assignments.Where(a => a.State == AssignmentState.Assigned && _submissions.ContainsKey(a.SubmissionNumber) && _reviewers.ContainsKey(a.ReviewerId))
            .ToDictionary(a => new Pair(_submissions[a.SubmissionNumber], _reviewers[a.ReviewerId]));
        var after = pairs.ToHashSet();
        var all = after.Select(p => Proposed(p, standing.ContainsKey(p) ? PairChange.Kept : PairChange.Added, pins.Contains(p), standing.GetValueOrDefault(p)?.Reviewed ?? false))
            .Concat(standing.Where(x => !after.Contains(x.Key)).Select(x => Proposed(x.Key, PairChange.Removed, false, x.Value.Reviewed)));
        var (before, loads) = (standing.Keys.CountBy(p => p.Reviewer).ToDictionary(), after.CountBy(p => p.Reviewer).ToDictionary());
        return new ProposalDocument
        {
            Fresh = fresh,
            Wanted = inputs.Wanted,
            Submissions = inputs.Submissions.Select(s => new ProposedSubmission(s.Number, s.Title, s.AreaCode)).ToList(),
            Reviewers = inputs.Reviewers.Select((r, i) => new ProposedReviewer(
                r.Id, r.Name, r.Email, Math.Max(0, r.Profile.QuotaMin - r.Elsewhere), r.Profile.Available ? Math.Max(0, r.Profile.QuotaMax - r.Elsewhere) : 0, before.GetValueOrDefault(i), loads.GetValueOrDefault(i))).ToList(),
            Pairs = all.OrderBy(p => p.Number).ThenBy(p => p.Change == PairChange.Removed).ThenByDescending(p => p.Affinity).ThenBy(p => p.ReviewerId).ToList(),
            Forbidden = forbidden,
            Before = Figures(standing.Keys),
            After = Figures(after),
            Shortages = Missing(after),
            Unmet = Unmet(after),
            Seconds = 0,
        };
    }

    private ProposedPair Proposed(Pair pair, PairChange change, bool pinned, bool reviewed)
    {
        var affinity = table.Of(pair.Submission, pair.Reviewer);
        return new ProposedPair
        {
            Number = inputs.Submissions[pair.Submission].Number,
            ReviewerId = inputs.Reviewers[pair.Reviewer].Id,
            Change = change,
            Pinned = pinned,
            Reviewed = reviewed,
            Affinity = Math.Round(affinity.Value, 6),
            FromText = Math.Round(affinity.FromText, 6),
            FromTopics = Math.Round(affinity.FromTopics, 6),
            FromBid = Math.Round(affinity.FromBid, 6),
            Terms = table.Terms(pair.Submission, pair.Reviewer),
        };
    }

    private ProposalFigures Figures(IReadOnlyCollection<Pair> pairs)
    {
        var figures = Assigner.Measure(problem, pairs);
        return new ProposalFigures
        {
            Reviews = pairs.Count,
            Missing = figures.Missing,
            Floor = figures.Floor,
            Total = figures.Total,
            Mean = figures.Mean,
            Gini = figures.Gini,
            Worst = figures.Worst.Select(w => new WorstOff(inputs.Submissions[w.Submission].Number, w.Sum)).ToList(),
        };
    }

    private List<string> Missing(HashSet<Pair> pairs)
    {
        var counts = pairs.CountBy(p => p.Submission).ToDictionary();
        return inputs.Submissions.Select((s, i) => (s.Number, Missing: problem.Demand[i] - counts.GetValueOrDefault(i))).Where(x => x.Missing > 0)
            .Select(x => $"Submission {x.Number} needs {x.Missing} more review{(x.Missing == 1 ? "" : "s")}.").ToList();
    }

    private List<string> Unmet(HashSet<Pair> pairs)
    {
        var unmet = new List<string>();
        foreach (var group in pairs.GroupBy(p => p.Submission).OrderBy(g => g.Key))
        {
            var (number, area) = (inputs.Submissions[group.Key].Number, inputs.Submissions[group.Key].AreaCode);
            // Who names no institution counts as one of their own.
            var houses = group.Select(p => problem.Institution[p.Reviewer] ?? FormattableString.Invariant($"#{p.Reviewer}")).Distinct().Count();
            if (inputs.Rules.TwoInstitutions && group.Count() > 1 && houses < 2) unmet.Add($"All reviewers of submission {number} are of one institution.");
            if (problem.IsOfArea is { } isOfArea && !group.Any(p => isOfArea(p.Submission, p.Reviewer))) unmet.Add($"No reviewer of submission {number} is of {area}.");
        }

        var loads = pairs.CountBy(p => p.Reviewer).ToDictionary();
        foreach (var (r, reviewer) in inputs.Reviewers.Index().Where(x => loads.GetValueOrDefault(x.Index) < problem.MinLoad[x.Index]))
            unmet.Add(TooFew(reviewer.Name, loads.GetValueOrDefault(r) + reviewer.Elsewhere, reviewer.Profile.QuotaMin));
        return unmet;
    }

    /// <summary>A wish of a reviewer for more reviews.</summary>
    public static string TooFew(string name, int has, int wants) => $"{name} has {has} of the {wants}{WantedAtLeast}";

    /// <summary>Whether an unmet wish is that of a reviewer for more reviews.</summary>
    public static bool IsOfALoad(string wish) => wish.EndsWith(WantedAtLeast, StringComparison.Ordinal);

    private const string WantedAtLeast = " reviews they want at least.";
}
