using AbstractReview.App.Sheets;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Reviews;

namespace AbstractReview.App.Reviews;

/// <summary>Standings as rows of a spreadsheet, a column for each criterion and recommendation of the call.</summary>
public static class StandingSheet
{
    private static readonly string[] Head =
    [
        "Number", "Title", "Area", "State", "Wished", "Reviews", "Wanted", "Mean", "Confidence-weighted mean", "Spread", "Calibrated", "Low", "High", "Within noise of the line", "Reviews disagree",
    ];

    private static readonly string[] Tail = ["Decision", "Reason", "Decided by", "Decided at", "Agreed by", "Published at", "Standing version", "Standing SHA-256"];

    public static Sheet Of(IReadOnlyList<StandingView> standings, IReadOnlyList<AreaLine> lines, ReviewRules rules)
    {
        var byArea = lines.ToDictionary(l => l.AreaCode);
        var recommendations = Enum.GetValues<Recommendation>();
        string[] columns = [.. Head, .. rules.Criteria.Select(c => $"{c.Title} ({c.Code})"), .. recommendations.Select(r => $"Recommend {r}"), .. Tail];
        return new Sheet("Standings", columns, standings.Select(s => Row(s)).ToList());

        object?[] Row(StandingView s) =>
        [
            s.Number, s.Title, s.AreaCode, s.State.ToString(), s.Presentation, s.Reviews, s.Wanted, s.Mean, s.WeightedMean, s.Spread, s.Calibrated, s.Low, s.High,
            byArea.GetValueOrDefault(s.AreaCode)?.Holds(s) ?? false, s.Details.Disagreement,
            .. rules.Criteria.Select(c => s.Details.Criteria.TryGetValue(c.Code, out var mean) ? (object)mean : null),
            .. recommendations.Select(r => (object)s.Details.Recommendations.GetValueOrDefault(r)),
            s.Decision?.ToString(), s.DecisionReason, s.DecidedBy, s.DecidedAt, s.SecondedBy, s.PublishedAt, s.DecidedFrom?.Version, s.DecidedFrom?.Hash,
        ];
    }
}
