using System.Diagnostics;
using System.Text;
using AbstractReview.Matching.Text;

namespace AbstractReview.Benchmarks.Matching;

/// <summary>5,000 submissions against 3,000 reviewers with 10 abstracts each, of made-up words with the frequencies of real ones (Zipf).</summary>
internal static class TextBenchmark
{
    public static void Run()
    {
        var random = new Random(1);
        var words = Enumerable.Range(0, 40_000).Select(_ => Word(random)).ToArray();
        var submissions = Enumerable.Range(0, 5_000).Select(s => new SubmissionText($"s{s}", Text(random, words, 10), Text(random, words, 150))).ToArray();
        var reviewers = Enumerable.Range(0, 3_000).Select(r => new ReviewerText($"r{r}",
            [.. Enumerable.Range(0, 10).Select(p => new PublicationText($"p{p}", Text(random, words, 10), Text(random, words, 150)))])).ToArray();
        GC.Collect();
        var started = Stopwatch.GetTimestamp();
        var affinity = TextAffinity.Of(submissions, reviewers);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        using var process = Process.GetCurrentProcess();
        Console.WriteLine($"5,000 × 3,000 × 10 abstracts: {seconds:F1} s, peak {process.PeakWorkingSet64 >> 20} MB, first cell {affinity.Matrix[0, 0]:F4}");
    }

    private static string Word(Random random)
    {
        var word = new StringBuilder();
        for (var length = random.Next(3, 11); word.Length < length;) word.Append((char)('a' + random.Next(26)));
        return word.ToString();
    }

    private static string Text(Random random, string[] words, int length)
    {
        var text = new StringBuilder();
        for (var at = 0; at < length; at++)
            text.Append(at == 0 ? "" : " ").Append(words[(int)(Math.Pow(words.Length, random.NextDouble()) - 1)]);
        return text.ToString();
    }
}
