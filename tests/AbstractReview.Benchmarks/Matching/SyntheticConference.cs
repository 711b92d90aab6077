using AbstractReview.Matching;

namespace AbstractReview.Benchmarks.Matching;

/// <summary>
/// Seeded affinities of low rank plus noise with 5 % conflicts. In a contended conference the submissions crowd into a few topics that
/// few reviewers know, so that the floor is set by rivalry and not by one odd submission.
/// </summary>
internal static class SyntheticConference
{
    private const int Rank = 12;

    public static AssignmentProblem Make(int submissions, int reviewers, int perSubmission, int quota, bool contended, int seed = 1)
    {
        var random = new Random(seed);
        var wants = Topics(random, submissions, topic => contended ? 1.0 / (1 + topic) : 1);
        var knows = Topics(random, reviewers, topic => contended ? 1.0 / (Rank - topic) : 1);
        var affinity = new AffinityMatrix(submissions, reviewers);
        var problem = new AssignmentProblem(affinity, perSubmission, quota);
        for (var s = 0; s < submissions; s++)
        {
            var row = affinity.Row(s);
            for (var r = 0; r < reviewers; r++)
            {
                var product = 0.0;
                for (var topic = 0; topic < Rank; topic++) product += wants[s][topic] * knows[r][topic];
                row[r] = (float)Math.Clamp(0.75 * product + 0.05 * Normal(random), 0, 1);
                if (random.NextDouble() < 0.05) problem.Forbid(s, r, "conflict");
            }
        }
        return problem;
    }

    private static double[][] Topics(Random random, int count, Func<int, double> popularity)
    {
        var topics = new double[count][];
        for (var at = 0; at < count; at++)
        {
            var vector = new double[Rank];
            // Squared exponentials: most people are of one or two topics, and know a little of the others.
            for (var topic = 0; topic < Rank; topic++) vector[topic] = popularity(topic) * Math.Pow(-Math.Log(1 - random.NextDouble()), 2);
            var length = Math.Sqrt(vector.Sum(value => value * value));
            topics[at] = [.. vector.Select(value => value / length)];
        }
        return topics;
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
