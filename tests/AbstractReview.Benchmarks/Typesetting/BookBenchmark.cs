using System.Diagnostics;
using System.Globalization;
using AbstractReview.App.Book;
using AbstractReview.App.Book.Formats;
using AbstractReview.App.Tests.Book;
using AbstractReview.Domain.Conferences;
using AbstractReview.Typesetting;

namespace AbstractReview.Benchmarks.Typesetting;

/// <summary>
/// The real book of generated conferences: CPU seconds of this process, pages per second and the largest live heap, in one and in two columns, and
/// as the other formats; then what a printer would find wrong with it, which is to be nothing.
/// </summary>
internal static class BookBenchmark
{
    public static void Run(string[] sizes)
    {
        var conference = ConferenceFile.Read(File.ReadAllText(Repository.SampleConference));
        var fonts = FontLibrary.FromSystem();
        Measure("100, cold", GeneratedBook.Of(conference, 100), fonts);
        foreach (var size in sizes.Length == 0 ? [100, 500, 1000, 5000] : sizes.Select(s => int.Parse(s, CultureInfo.InvariantCulture)))
        {
            var book = GeneratedBook.Of(conference, size);
            for (var round = 1; round <= 2; round++) Measure(string.Create(CultureInfo.InvariantCulture, $"{size:#,0}, warm {round}"), book, fonts);
            var narrow = GeneratedBook.Of(conference, size, new BookOptions { Columns = 2 });
            // Its first round shapes the words that only narrow columns divide; they are kept with the fonts.
            for (var round = 1; round <= 2; round++) Measure(string.Create(CultureInfo.InvariantCulture, $"{size:#,0}, two columns {round}"), narrow, fonts);
            var (report, pdf) = PrintedBook.Print(book, fonts);
            var (cpu, bytes) = (Environment.CpuUsage.TotalTime, new TypesetBook(book, report, _ => null).Others().Sum(f => (long)f.Bytes.Length));
            Console.WriteLine($"{"EPUB, HTML, BibTeX, JATS",-24} {(Environment.CpuUsage.TotalTime - cpu).TotalSeconds,7:0.00} s CPU   {bytes / 1024:#,0} KB");
            if (size > 1000) continue;
            var (faults, unread) = (PrintedBook.Faults(pdf, book.Options), PrintedBook.Unread(pdf, book));
            var same = PrintedBook.Print(book, fonts).Report.Sha256 == report.Sha256;
            Console.WriteLine($"{"checked",-24} {faults.Count} faults, {unread.Count} titles or names not read back, {report.MissingGlyphs.Count} missing glyphs, {report.Overflows.Count} overflows, {report.DanglingReferences.Count} dangling links, "
                + $"twice the same bytes: {same}, {PrintedBook.Tool("qpdf", pdf, "--check", "FILE").Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]}");
            foreach (var fault in faults.Concat(unread).Take(10)) Console.WriteLine($"    {fault}");
        }
    }

    private static void Measure(string name, BookContent book, FontLibrary fonts)
    {
        GC.Collect();
        var peak = new HeapPeak(GC.GetTotalMemory(forceFullCollection: true));
        var (cpu, watch) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        var report = PdfRenderer.Render(BookDocument.Of(book, _ => throw new InvalidDataException("no figure"), _ => { }), fonts, Stream.Null, peak);
        var spent = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-24} {spent,7:0.00} s CPU {watch.Elapsed.TotalSeconds,7:0.00} s wall   {report.Pages:#,0} pages, {report.Pages / spent:#,0} pages/s, {report.Length / 1024:#,0} KB, heap grew by {peak.Megabytes:0} MB, working set peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB"));
    }

    /// <summary>Looks at live memory every 500 pages, after a collection, so that growth with the length would show.</summary>
    private sealed class HeapPeak(long before) : IProgress<RenderProgress>
    {
        public double Megabytes { get; private set; }

        public void Report(RenderProgress value)
        {
            if (value.Pages % 500 == 60) Megabytes = Math.Max(Megabytes, (GC.GetTotalMemory(forceFullCollection: true) - before) / 1048576.0);
        }
    }
}
