using System.Diagnostics;
using System.Globalization;
using AbstractReview.Domain.Reviews;

namespace AbstractReview.Benchmarks.Reviewing;

/// <summary>
/// <c>-- calibration [WORLDS]</c>: how much nearer to the truth the calibrated ranking is than the raw mean's, whether the 90 % intervals hold
/// what they promise, and what it costs. The truth is drawn here: quality, leniency and noise are normal, scores whole steps of a fifth.
/// Every figure is a mean over so many worlds (200), with its standard error.
/// </summary>
internal static class CalibrationBenchmark
{
    private static readonly double[] Leniencies = [0, 0.1, 0.2, 0.4, 0.6, 0.8];

    public static void Run(params string[] sizes)
    {
        var worlds = sizes is [var first, ..] ? int.Parse(first, CultureInfo.InvariantCulture) : 200;
        Console.WriteLine($"{worlds} worlds a row; points of a scale from 1 to 5; quality sd 0.60, noise sd 0.55; tau is Kendall's tau-b, tau-a breaks ties by chance");
        Table(worlds, "300 submissions, 60 reviewers, 3 reviews each", seed => (300, 60, _ => 3, seed));
        Table(worlds, "101 submissions, 44 reviewers, 3 reviews each", seed => (101, 44, _ => 3, seed));
        Table(worlds, "300 submissions, 60 reviewers, 1 to 5 reviews each", seed => (300, 60, i => 1 + i % 5, seed));
        Table(worlds, "20 submissions, 8 reviewers, 2 reviews each", seed => (20, 8, _ => 2, seed));
        Table(worlds, "12 submissions, 12 reviewers, 1 review each", seed => (12, 12, _ => 1, seed));
        Speed();
    }

    private static void Table(int worlds, string words, Func<int, (int, int, Func<int, int>, int)> size)
    {
        Console.WriteLine($"\n{words}\n{"leniency sd",11} {"tau raw",8} {"tau cal.",8} {"gain (s.e.)",16} {"tau-a (s.e.)",16} {"worse in",9} {"coverage (s.e.)",17} {"interval",9} {"furthest",9}");
        foreach (var leniency in Leniencies)
        {
            var runs = Enumerable.Range(0, worlds).Select(seed => Judge(World.Draw(size(seed), leniency))).ToList();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{leniency,11:0.0} {runs.Average(r => r.RawTau),8:0.000} {runs.Average(r => r.Tau),8:0.000} {Mean(runs.Select(r => r.Tau - r.RawTau), "+0.0000;-0.0000;0.0000"),16} {Mean(runs.Select(r => r.GainA), "+0.0000;-0.0000;0.0000"),16} {runs.Count(r => r.Tau < r.RawTau - 1e-12),5}/{worlds} {Mean(runs.Select(r => 100 * r.Covered), "0.0"),15} % {runs.Average(r => r.Width),9:0.00} {runs.Max(r => r.Furthest),9:0.00}"));
        }
    }

    private static string Mean(IEnumerable<double> values, string format)
    {
        var all = values.ToList();
        var mean = Math.Round(all.Average(), 4) + 0.0;
        var error = Math.Sqrt(all.Sum(v => (v - mean) * (v - mean)) / (all.Count - 1) / all.Count);
        return string.Create(CultureInfo.InvariantCulture, $"{mean.ToString(format, CultureInfo.InvariantCulture)} ({error.ToString(format.Split(';')[0].TrimStart('+'), CultureInfo.InvariantCulture)})");
    }

    private static void Speed()
    {
        Console.WriteLine("\nProcessor time, the median of 7");
        foreach (var (submissions, reviewers) in new[] { (67, 30), (300, 60), (667, 130), (2000, 400), (6667, 800) })
        {
            var world = World.Draw((submissions, reviewers, _ => 3, 1), 0.4);
            var times = Enumerable.Range(0, 7).Select(_ => Cost(() => Calibration.Of(world.Scores, 1, 5))).Order().ToList();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{world.Scores.Count,6} reviews of {submissions,5} submissions by {reviewers,4} reviewers: {times[3],6:0} ms"));
        }
    }

    private static double Cost(Action work)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        work();
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMilliseconds;
    }

    private static (double RawTau, double Tau, double GainA, double Covered, double Width, double Furthest) Judge(World world)
    {
        var fit = Calibration.Of(world.Scores, 1, 5);
        var raw = world.Scores.GroupBy(s => s.Submission).ToDictionary(g => g.Key, g => g.Average(s => s.Score));
        var n = world.Quality.Length;
        var all = Enumerable.Range(0, n).Select(i => fit.Submissions[i]).ToList();
        var covered = all.Where((s, i) => s.Low <= world.Quality[i] && world.Quality[i] <= s.High).Count();
        var (rawTau, tau) = (Tau(Enumerable.Range(0, n).Select(i => raw[i]).ToArray(), world.Quality), Tau(all.Select(s => s.Score).ToArray(), world.Quality));
        return (rawTau.B, tau.B, tau.A - rawTau.A, covered / (double)n,
            all.Average(s => s.High - s.Low), all.Max(s => Math.Max(1 - s.Score, s.Score - 5)));
    }

    /// <summary>Kendall's tau; what differs by rounding only is a tie. The truth has none.</summary>
    private static (double A, double B) Tau(double[] a, double[] truth)
    {
        long same = 0, untied = 0, pairs = 0;
        for (var i = 0; i < a.Length; i++)
            for (var j = 0; j < i; j++, pairs++)
            {
                var sign = Math.Abs(a[i] - a[j]) < 1e-9 ? 0 : Math.Sign(a[i] - a[j]);
                if (sign != 0) untied++;
                same += sign * Math.Sign(truth[i] - truth[j]);
            }

        return (same / (double)pairs, same / Math.Sqrt((double)untied * pairs));
    }
}

/// <summary>A conference whose truth is known.</summary>
internal sealed record World(double[] Quality, IReadOnlyList<Scored> Scores)
{
    /// <param name="size">Submissions, reviewers, reviews of the i-th submission, and the seed.</param>
    /// <param name="leniency">Standard deviation of the reviewers, in points.</param>
    public static World Draw((int Submissions, int Reviewers, Func<int, int> Each, int Seed) size, double leniency)
    {
        var random = new Random(size.Seed);
        var quality = Enumerable.Range(0, size.Submissions).Select(_ => 3 + 0.6 * Normal(random)).ToArray();
        var lenient = Enumerable.Range(0, size.Reviewers).Select(_ => leniency * Normal(random)).ToArray();
        var scores = new List<Scored>();
        // Reviewers take their turns in a fresh order each round, so that loads are even and pairs mixed.
        var turns = new List<int>();
        for (var i = 0; i < size.Submissions; i++)
        {
            while (turns.Distinct().Count() < size.Each(i)) turns.AddRange(Enumerable.Range(0, size.Reviewers).OrderBy(_ => random.Next()));
            foreach (var r in turns.Distinct().Take(size.Each(i)).ToList())
            {
                turns.Remove(r);
                scores.Add(new Scored(i, r, Math.Round(Math.Clamp(quality[i] + lenient[r] + 0.55 * Normal(random), 1, 5) * 5) / 5));
            }
        }

        return new World(quality, scores);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
