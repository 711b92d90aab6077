using AbstractReview.Domain.Conferences;

namespace AbstractReview.Domain.Reviews;

/// <summary>A review as handed in.</summary>
public sealed record HandedIn(IReadOnlyDictionary<string, int> Scores, int Confidence, Recommendation Recommendation, double Overall);

/// <summary>A submission's collected scores, in the call's scale. Without reviews there are no means; one review has no spread.</summary>
/// <param name="Reviews">How many are in.</param>
/// <param name="Mean">Of the overall scores.</param>
/// <param name="WeightedMean">The same, each review weighted by its confidence.</param>
/// <param name="Spread">Sample standard deviation of the overall scores.</param>
/// <param name="Criteria">Mean for each criterion of the call.</param>
/// <param name="Recommendations">How many recommend what.</param>
public sealed record Collected(int Reviews, double? Mean, double? WeightedMean, double? Spread,
    IReadOnlyDictionary<string, double> Criteria, IReadOnlyDictionary<Recommendation, int> Recommendations)
{
    public static Collected Of(IReadOnlyCollection<HandedIn> reviews, ReviewRules rules)
    {
        var criteria = rules.Criteria
            .Select(c => (c.Code, Scores: reviews.Where(r => r.Scores.ContainsKey(c.Code)).Select(r => r.Scores[c.Code]).ToList()))
            .Where(c => c.Scores.Count > 0)
            .ToDictionary(c => c.Code, c => c.Scores.Average());
        var recommendations = reviews.CountBy(r => r.Recommendation).ToDictionary();
        if (reviews.Count == 0) return new Collected(0, null, null, null, criteria, recommendations);
        var mean = reviews.Average(r => r.Overall);
        return new Collected(
            reviews.Count,
            mean,
            reviews.Sum(r => r.Confidence * r.Overall) / reviews.Sum(r => r.Confidence),
            reviews.Count < 2 ? null : Math.Sqrt(reviews.Sum(r => (r.Overall - mean) * (r.Overall - mean)) / (reviews.Count - 1)),
            criteria,
            recommendations);
    }
}
