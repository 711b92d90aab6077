using AbstractReview.Matching;

namespace AbstractReview.App.Routing;

/// <summary>
/// A proposal as a chair may see it who must not learn who reviews some of its submissions. Whatever is counted or added up is made anew from what is
/// shown: loads, sums and wishes of the whole, less those shown, would name the hidden reviewers.
/// </summary>
internal static class VisibleProposal
{
    /// <param name="document">The whole of it; answered as it is when nothing in it is hidden.</param>
    /// <param name="hidden">Numbers of submissions whose reviewers stay hidden.</param>
    public static ProposalDocument Of(ProposalDocument document, IReadOnlySet<int> hidden)
    {
        if (!document.Submissions.Any(s => hidden.Contains(s.Number))) return document;
        var pairs = document.Pairs.Where(p => !hidden.Contains(p.Number)).ToList();
        var (before, after) = (pairs.Where(p => p.Change != PairChange.Added).ToList(), pairs.Where(p => p.Change != PairChange.Removed).ToList());
        var reviewers = document.Reviewers.Select(r => r with { Before = before.Count(p => p.ReviewerId == r.Id), After = after.Count(p => p.ReviewerId == r.Id) }).ToList();
        return document with
        {
            Pairs = pairs,
            Forbidden = document.Forbidden.Where(f => !hidden.Contains(f.SubmissionNumber)).ToList(),
            Reviewers = reviewers,
            Before = Figures(document, before, hidden, document.Before.Missing),
            After = Figures(document, after, hidden, document.After.Missing),
            Unmet = Unmet(document, reviewers, hidden),
        };
    }

    private static ProposalFigures Figures(ProposalDocument document, List<ProposedPair> pairs, IReadOnlySet<int> hidden, int missing)
    {
        var numbers = document.Submissions.Select(s => s.Number).Where(n => !hidden.Contains(n)).ToList();
        var rows = numbers.Index().ToDictionary(x => x.Item, x => x.Index);
        var columns = document.Reviewers.Index().ToDictionary(x => x.Item.Id, x => x.Index);
        var affinity = new AffinityMatrix(numbers.Count, document.Reviewers.Count);
        var shown = pairs.Select(p => new Pair(rows[p.Number], columns[p.ReviewerId])).ToList();
        foreach (var (at, pair) in pairs.Index()) affinity[shown[at].Submission, shown[at].Reviewer] = (float)pair.Affinity;
        var figures = Assigner.Measure(new AssignmentProblem(affinity, document.Wanted, shown.Count), shown);
        return new ProposalFigures
        {
            Reviews = shown.Count,
            Missing = missing,
            Floor = figures.Floor,
            Total = figures.Total,
            Mean = figures.Mean,
            Gini = figures.Gini,
            Worst = figures.Worst.Select(w => new WorstOff(numbers[w.Submission], w.Sum)).ToList(),
        };
    }

    private static List<string> Unmet(ProposalDocument document, List<ProposedReviewer> reviewers, IReadOnlySet<int> hidden)
        => document.Unmet.Where(wish => !ProposalWriter.IsOfALoad(wish) && !hidden.Any(n => wish.Contains(FormattableString.Invariant($"submission {n} "), StringComparison.Ordinal)))
            .Concat(reviewers.Where(r => r.After < r.QuotaMin).Select(r => ProposalWriter.TooFew(r.Name, r.After, r.QuotaMin))).ToList();
}
