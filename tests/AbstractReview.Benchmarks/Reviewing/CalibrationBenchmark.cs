using System.Diagnostics;
using AbstractReview.Domain.Reviews;

namespace AbstractReview.Benchmarks.Reviewing;

/// <summary>
/// <c>-- calibration</c>: how much nearer to the truth the calibrated ranking is than the raw mean's, whether the 90 % intervals hold
/// what they promise, and what it costs. The truth is drawn here: quality, leniency and noise are normal, scores whole steps of a fifth.
/// </summary>
internal static class CalibrationBenchmark
{
    private const int Worlds = 40;

    public static void Run()
    {
        Console.WriteLine($"300 submissions, 60 reviewers, 3 reviews each; {Worlds} worlds; points of a scale from 1 to 5; quality sd 0.60, noise sd 0.55");
        Console.WriteLine($"{"leniency sd",11} {"tau raw",8} {"tau cal.",8} {"gain",7} {"worse in",8} {"coverage",8} {"top 66 raw",10} {"top 66 cal.",11}");
        foreach (var leniency in new[] { 0.0, 0.2, 0.4, 0.6, 0.8 })
        {
            var runs = Enumerable.Range(0, Worlds).Select(seed => World.Draw(300, 60, 3, leniency, seed)).Select(Judge).ToList();
            Console.WriteLine(FormattableString.Invariant($"{leniency,11:0.0} {runs.Average(r => r.RawTau),8:0.000} {runs.Average(r => r.Tau),8:0.000} {runs.Average(r => r.Tau - r.RawTau),7:+0.000;-0.000} {runs.Count(r => r.Tau < r.RawTau),5}/{Worlds} {runs.Average(r => r.Covered),8:P1} {runs.Average(r => r.RawTop),10:P1} {runs.Average(r => r.Top),11:P1}"));
        }

        Console.WriteLine();
        foreach (var (submissions, reviewers) in new[] { (67, 30), (300, 60), (667, 130), (2000, 400), (6667, 800) })
        {
            var world = World.Draw(submissions, reviewers, 3, 0.4, 1);
            var watch = Stopwatch.StartNew();
            Calibration.Of(world.Scores, 1, 5);
            Console.WriteLine(FormattableString.Invariant($"{world.Scores.Count,6} reviews of {submissions,5} submissions by {reviewers,4} reviewers: {watch.ElapsedMilliseconds,6} ms"));
        }
    }

    private static (double RawTau, double Tau, double Covered, double RawTop, double Top) Judge(World world)
    {
        var fit = Calibration.Of(world.Scores, 1, 5);
        var raw = world.Scores.GroupBy(s => s.Submission).ToDictionary(g => g.Key, g => g.Average(s => s.Score));
        var n = world.Quality.Length;
        var truth = Enumerable.Range(0, n).Select(i => world.Quality[i]).ToArray();
        var rawScores = Enumerable.Range(0, n).Select(i => raw[i]).ToArray();
        var calibrated = Enumerable.Range(0, n).Select(i => fit.Submissions[i].Score).ToArray();
        var covered = Enumerable.Range(0, n).Count(i => fit.Submissions[i].Low <= truth[i] && truth[i] <= fit.Submissions[i].High);
        return (Tau(rawScores, truth), Tau(calibrated, truth), covered / (double)n, Shared(rawScores, truth, 66), Shared(calibrated, truth, 66));
    }

    /// <summary>Kendall's tau with a tie counted as half right: a ranking has to break it, and does so by chance.</summary>
    private static double Tau(double[] a, double[] b)
    {
        long same = 0, pairs = 0;
        for (var i = 0; i < a.Length; i++)
            for (var j = 0; j < i; j++, pairs++)
                same += Math.Sign(a[i] - a[j]) * Math.Sign(b[i] - b[j]);
        return same / (double)pairs;
    }

    private static double Shared(double[] a, double[] b, int count)
        => Best(a, count).Intersect(Best(b, count)).Count() / (double)count;

    private static IEnumerable<int> Best(double[] scores, int count) => Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i]).Take(count);
}

/// <summary>A conference whose truth is known.</summary>
internal sealed record World(double[] Quality, IReadOnlyList<Scored> Scores)
{
    public static World Draw(int submissions, int reviewers, int reviewsEach, double leniency, int seed)
    {
        var random = new Random(seed);
        var quality = Enumerable.Range(0, submissions).Select(_ => 3 + 0.6 * Normal(random)).ToArray();
        var lenient = Enumerable.Range(0, reviewers).Select(_ => leniency * Normal(random)).ToArray();
        var scores = new List<Scored>();
        // Reviewers take their turns in a fresh order each round, so that loads are even and pairs mixed.
        var turns = Enumerable.Repeat(0, submissions * reviewsEach / reviewers + 2).SelectMany(_ => Enumerable.Range(0, reviewers).OrderBy(_ => random.Next())).ToList();
        for (var i = 0; i < submissions; i++)
        {
            var mine = turns.Distinct().Take(reviewsEach).ToList();
            foreach (var r in mine)
            {
                turns.Remove(r);
                scores.Add(new Scored(i, r, Math.Round(Math.Clamp(quality[i] + lenient[r] + 0.55 * Normal(random), 1, 5) * 5) / 5));
            }
        }

        return new World(quality, scores);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
