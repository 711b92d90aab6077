using System.Diagnostics;
using AbstractReview.Matching;

namespace AbstractReview.Benchmarks.Matching;

/// <summary>Time, peak memory, floor and total against their bounds, for the sizes of the field's public conferences.</summary>
internal static class AssignmentBenchmark
{
    private static readonly (int Submissions, int Reviewers, int Quota)[] Sizes =
        [(118, 177, 4), (613, 201, 10), (1000, 300, 11), (3000, 600, 16), (2623, 1373, 7), (5062, 2840, 6)];

    public static void Run(string[] only)
    {
        Console.WriteLine("| instance          | quota |  time s |   CPU s | peak MB |   floor | its bound | ratio   |      total |  its bound | ratio   |  gini | missing |");
        Console.WriteLine("| ----------------- | ----: | ------: | ------: | ------: | ------: | --------: | ------: | ---------: | ---------: | ------: | ----: | ------: |");
        Assigner.Solve(SyntheticConference.Make(40, 30, 3, 5, false));   // loads the native solver and compiles once
        foreach (var contended in (bool[])[false, true])
            foreach (var (submissions, reviewers, quota) in Sizes)
            {
                if (only.Length > 0 && !only.Contains($"{submissions}x{reviewers}")) continue;
                Measure(submissions, reviewers, quota, contended);
            }
    }

    private static void Measure(int submissions, int reviewers, int quota, bool contended)
    {
        var problem = SyntheticConference.Make(submissions, reviewers, 3, quota, contended);
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var figures = Assigner.Solve(problem).Statistics;
        process.Refresh();
        Console.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"| {submissions + "×" + reviewers + (contended ? " contended" : ""),-19} | {quota,3} | {figures.Seconds,7:F2} | {(process.TotalProcessorTime - before).TotalSeconds,7:F2} | {process.PeakWorkingSet64 >> 20,7} | {figures.Floor,7:F4} | {figures.FloorBound,9:F4} | {figures.Floor / figures.FloorBound,7:P3} | {figures.Total,10:F3} | {figures.TotalBound,10:F3} | {figures.Total / figures.TotalBound,7:P3} | {figures.Gini,5:F3} | {figures.Missing,7} |"));
    }
}
