using System.Globalization;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Reviews;

namespace AbstractReview.Web.Cli.Demo;

/// <summary>How the story's reviewers judge: every submission has a quality, every reviewer a leniency, both drawn from the seed.</summary>
internal sealed class DemoJudgement(int seed)
{
    private static readonly string[] Praise =
    [
        "The experience is told with its costs, which is rare and useful.", "A clear account that others can apply.",
        "The figures support the conclusion, and the limits are named.", "Exactly the kind of case regulators ask one another about.",
    ];

    private static readonly string[] Advice =
    [
        "Please say how the effect was measured.", "A table of the steps and their dates would help the reader.",
        "The legal basis could be named more exactly.", "Say what you would do differently a second time.",
        "The abstract promises a comparison; make sure that the talk gives one.",
    ];

    private static readonly string[] Doubt =
    [
        "The claim of novelty is not supported.", "The text stays general where the reader needs an example.",
        "It is hard to see what a regulator should do with this.",
    ];

    public ReviewForm Write(int submission, int reviewer, ReviewRules rules)
    {
        var quality = Draw(submission, 0);
        var leniency = 0.5 * Draw(0, reviewer);
        var random = new Random(HashCode(submission, reviewer));
        var scores = rules.Criteria.ToDictionary(c => c.Code, _ => Score(3.3 + (0.8 * quality) + leniency + (0.5 * Gauss(random)), rules));
        var mean = scores.Values.Average();
        return new ReviewForm
        {
            Scores = scores,
            Confidence = Math.Clamp(2 + random.Next(rules.Confidence.Count - 1), 1, rules.Confidence.Count),
            Recommendation = mean >= 3.6 ? Recommendation.Oral : mean >= 3.2 ? Recommendation.Panel : mean >= 2.5 ? Recommendation.Poster : Recommendation.Reject,
            CommentsToAuthors = $"{Pick(mean >= 3 ? Praise : Doubt, random)} {Pick(Advice, random)}",
            CommentsToCommittee = mean < 2.5 ? string.Create(CultureInfo.InvariantCulture, $"My mean is {mean:0.0}; I would not accept it as it stands.") : "",
        };
    }

    /// <summary>A reviewer now and then has no time; the same one for the same seed.</summary>
    public bool Declines(int submission, int reviewer) => HashCode(submission, reviewer) % 61 == 0;

    private static int Score(double value, ReviewRules rules) => (int)Math.Clamp(Math.Round(value), rules.ScoreMin, rules.ScoreMax);

    private static string Pick(string[] from, Random random) => from[random.Next(from.Length)];

    private double Draw(int submission, int reviewer) => Gauss(new Random(HashCode(submission, reviewer)));

    // System.HashCode differs between processes; this does not.
    private int HashCode(int submission, int reviewer) => (int)(((uint)seed * 2654435761u ^ (uint)submission * 40503u ^ (uint)reviewer * 2246822519u) & int.MaxValue);

    // Box and Muller.
    private static double Gauss(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
