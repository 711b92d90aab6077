using System.Globalization;
using System.Text;
using AbstractReview.Matching.Files;
using AbstractReview.Matching.Text;

namespace AbstractReview.Benchmarks.Matching;

/// <summary>
/// How often text affinity ranks two submissions otherwise than a reviewer's own word does, weighted by how far the word sets them apart (the loss of
/// Stelmakh, Wieting, Xi, Neubig and Shah, "A gold standard dataset for the reviewer assignment problem", 2025; a tie counts half). Without files on
/// seeded texts that mix topics; with <c>EXPERTISE.csv SUBMISSIONS.csv GOLD.csv</c> on any gold standard, whose lines are
/// <c>authorID,submissionID,expertise</c>.
/// </summary>
internal static class ExpertiseBenchmark
{
    private const int Topics = 30;
    private const int TopicWords = 300;
    private const int CommonWords = 3_000;
    private const int Reviewers = 58;
    private const int Rated = 8;

    public static void Run(string[] files)
    {
        if (files is [var expertise, var submissions, var gold]) OnFiles(expertise, submissions, gold);
        else OnMixtures(20);
    }

    private static void OnMixtures(int seeds)
    {
        var losses = Enumerable.Range(1, seeds).Select(seed => OnMixture(new Random(seed))).ToArray();
        var mean = losses.Average();
        var error = Math.Sqrt(losses.Sum(loss => (loss - mean) * (loss - mean)) / (seeds * (seeds - 1)));
        Console.WriteLine(FormattableString.Invariant($"{seeds} seeded mixtures of topics, {Reviewers} reviewers with {Rated} submissions each: loss {mean:F4}, standard error {error:F4}"));
    }

    private static double OnMixture(Random random)
    {
        var submissions = Enumerable.Range(0, Reviewers * Rated).Select(_ => Mixture(random, 2)).ToArray();
        var reviewers = Enumerable.Range(0, Reviewers).Select(_ => Enumerable.Range(0, random.Next(5, 20)).Aggregate(
            (Own: Mixture(random, 3), Texts: new List<double[]>()), (known, _) => { known.Texts.Add(Near(random, known.Own)); return known; })).ToArray();
        var affinity = TextAffinity.Of(
            [.. submissions.Select((s, i) => Text(random, s) is var (title, words) ? new SubmissionText($"{i}", title, words) : null!)],
            [.. reviewers.Select((r, i) => new ReviewerText($"{i}", [.. r.Texts.Select((t, p) => Text(random, t) is var (title, words) ? new PublicationText($"{p}", title, words) : null!)]))]);
        var loss = new Loss();
        for (var r = 0; r < Reviewers; r++)
            loss.Add([.. Enumerable.Range(r * Rated, Rated).Select(s => (
                (double)affinity.Matrix[s, r], Math.Clamp(1 + Math.Floor(6 * reviewers[r].Texts.Select(t => Cosine(t, submissions[s])).OrderDescending().Take(3).Average()), 1, 5)))]);
        return loss.Value;
    }

    private static void OnFiles(string expertise, string submissions, string gold)
    {
        var scores = Path.GetTempFileName();
        try
        {
            AffinityFiles.Run(new AffinityFilesOptions { Expertise = expertise, Submissions = submissions, Out = scores });
            var affinity = Read(scores).ToDictionary(line => (line[1], line[0]), line => double.Parse(line[2], CultureInfo.InvariantCulture));
            var loss = new Loss();
            foreach (var author in Read(gold).GroupBy(line => line[0]))
                loss.Add([.. author.Select(line => (affinity[(line[0], line[1])], double.Parse(line[2], CultureInfo.InvariantCulture)))]);
            Console.WriteLine(FormattableString.Invariant($"loss {loss.Value:F4}"));
        }
        finally
        {
            File.Delete(scores);
        }
    }

    private static IEnumerable<string[]> Read(string path)
    {
        using var csv = CsvReader.Open(path);
        while (csv.Read()) yield return [csv[0].ToString(), csv[1].ToString(), csv[2].ToString()];
    }

    private sealed class Loss
    {
        private double _lost, _all;

        public double Value => _lost / _all;

        public void Add(IReadOnlyList<(double Affinity, double Expertise)> rated)
        {
            for (var a = 0; a < rated.Count; a++)
                for (var b = 0; b < a; b++)
                {
                    var apart = Math.Abs(rated[a].Expertise - rated[b].Expertise);
                    var agreement = (rated[a].Affinity - rated[b].Affinity) * (rated[a].Expertise - rated[b].Expertise);
                    _all += apart;
                    _lost += agreement < 0 ? apart : agreement == 0 ? apart / 2 : 0;
                }
        }
    }

    private static double[] Mixture(Random random, int topics)
    {
        var mixture = new double[Topics];
        for (var at = 0; at < topics; at++) mixture[random.Next(Topics)] += 0.2 + random.NextDouble();
        return Unit(mixture);
    }

    private static double[] Near(Random random, double[] mixture) => Unit([.. mixture.Select(share => share * Math.Pow(random.NextDouble(), 2) + (random.Next(40) == 0 ? 0.3 : 0.0001))]);

    private static double[] Unit(double[] mixture)
    {
        var sum = mixture.Sum();
        return [.. mixture.Select(share => share / sum)];
    }

    private static double Cosine(double[] a, double[] b) =>
        a.Zip(b, (x, y) => x * y).Sum() / Math.Sqrt(a.Sum(x => x * x) * b.Sum(x => x * x));

    /// <summary>A text: some of it in everybody's words, more or less of that from text to text; the title more to the point.</summary>
    private static (string Title, string Words) Text(Random random, double[] mixture)
    {
        var common = 0.5 + 0.4 * random.NextDouble();
        return (Words(random, mixture, random.Next(6, 12), common / 2), Words(random, mixture, random.Next(80, 200), common));
    }

    private static string Words(Random random, double[] mixture, int length, double common)
    {
        var words = new StringBuilder();
        for (var at = 0; at < length; at++)
        {
            if (at > 0) words.Append(' ');
            if (random.NextDouble() < common) words.Append(CultureInfo.InvariantCulture, $"common{Zipf(random, CommonWords)}x");
            else words.Append(CultureInfo.InvariantCulture, $"topic{Draw(random, mixture)}word{Zipf(random, TopicWords)}x");
        }
        return words.ToString();
    }

    private static int Zipf(Random random, int words) => (int)Math.Pow(words, random.NextDouble());

    private static int Draw(Random random, double[] mixture)
    {
        var left = random.NextDouble();
        var topic = 0;
        while (topic < mixture.Length - 1 && (left -= mixture[topic]) > 0) topic++;
        return topic;
    }
}
