using System.Diagnostics;
using AbstractReview.Typesetting;

namespace AbstractReview.Benchmarks.Typesetting;

/// <summary>Books and letters: CPU seconds of this process, pages, bytes and the largest managed heap seen.</summary>
internal static class TypesettingBenchmark
{
    /// <param name="sizes">Abstracts of each book; led by "book" for the real book instead of blocks alone.</param>
    public static void Run(string[] sizes)
    {
        if (sizes is ["book", .. var books])
        {
            BookBenchmark.Run(books);
            return;
        }

        var fonts = FontLibrary.FromSystem();
        Measure("book of 500, cold", () => Book(fonts, 500));
        for (var round = 1; round <= 3; round++) Measure($"book of 500, warm {round}", () => Book(fonts, 500));
        Measure("1,000 letters, cold", () => Letters(fonts));
        for (var round = 1; round <= 2; round++) Measure($"1,000 letters, warm {round}", () => Letters(fonts));
        foreach (var size in sizes.Length == 0 ? [100, 1000, 5000] : sizes.Select(int.Parse))
            Measure($"book of {size:#,0}", () => Book(fonts, size));
    }

    private static string Book(FontLibrary fonts, int abstracts)
    {
        var peak = new HeapPeak();
        var report = PdfRenderer.Render(SyntheticBook.Book(abstracts), fonts, Stream.Null, peak);
        return $"{report.Pages:#,0} pages, {report.Length / 1024:#,0} KB, heap {peak.Megabytes:0} MB, {report.Sha256[..12]}"
            + (report.MissingGlyphs.Count > 0 ? $", {report.MissingGlyphs.Count} missing glyphs" : "");
    }

    private static string Letters(FontLibrary fonts)
    {
        long bytes = 0;
        for (var number = 0; number < 1000; number++) bytes += PdfRenderer.Render(SyntheticBook.Letter(number), fonts, Stream.Null).Length;
        return $"{bytes / 1000 / 1024.0:0.0} KB each";
    }

    private static void Measure(string name, Func<string> work)
    {
        GC.Collect();
        var (cpu, watch) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        var result = work();
        cpu = Environment.CpuUsage.TotalTime - cpu;
        Console.WriteLine($"{name,-24} {cpu.TotalSeconds,7:0.00} s CPU {watch.Elapsed.TotalSeconds,7:0.00} s wall   {result}   working set peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB");
    }

    /// <summary>Looks at live memory every thousand pages, after a collection, so that growth with the length would show.</summary>
    private sealed class HeapPeak : IProgress<RenderProgress>
    {
        public double Megabytes { get; private set; }

        public void Report(RenderProgress value)
        {
            if (value.Pages % 1000 == 250) Megabytes = Math.Max(Megabytes, GC.GetTotalMemory(forceFullCollection: true) / 1048576.0);
        }
    }
}
