using System.Diagnostics;
using UglyToad.PdfPig;

namespace AbstractReview.Typesetting.Tests;

/// <summary>Test documents and what is read back from them.</summary>
internal static class Pages
{
    public static readonly FontLibrary Fonts = FontLibrary.FromSystem();

    /// <summary>What a fresh machine has.</summary>
    public static readonly FontLibrary OnlyDejaVu = DejaVu();

    /// <summary>The same, which remembers nothing of other tests yet.</summary>
    public static FontLibrary DejaVu() => FontLibrary.FromSystem(path => path.Contains("/dejavu/", StringComparison.Ordinal));

    /// <summary>The test is skipped by name where a family is not installed; where it is, every character must be drawn.</summary>
    public static void Needs(string family)
    {
        if (!Fonts.Families.Contains(family)) Lacks(family);
    }

    /// <summary>Skips the test; fails it where everything was to be installed, as tests/run.sh does and says in ABSTRACTREVIEW_TEST_COMPLETE.</summary>
    public static void Lacks(string what)
    {
        if (Environment.GetEnvironmentVariable("ABSTRACTREVIEW_TEST_COMPLETE") == "1") Assert.Fail($"{what} is not installed, and no test may be skipped here.");
        Assert.Ignore($"{what} is not installed.");
    }

    public const string Prose =
        "The regulatory body shall establish requirements for the physical protection of nuclear material in use, storage and transport, and of "
        + "nuclear facilities. This paper describes how a graded approach was applied to a research reactor undergoing conversion, which measures "
        + "were sufficient and efficient, and what remained difficult: staffing, communication, and the office of first response. ";

    public static Document Of(params Block[] blocks) => Document([new Section { Blocks = blocks }]);

    public static Document Document(IEnumerable<Section> sections) => new()
    {
        Title = "A test", Created = new DateTimeOffset(2026, 5, 12, 8, 30, 0, TimeSpan.Zero), Sections = sections,
    };

    public static (RenderReport Report, byte[] Bytes) Render(Document document, FontLibrary? fonts = null)
    {
        using var stream = new MemoryStream();
        var report = PdfRenderer.Render(document, fonts ?? Fonts, stream);
        return (report, stream.ToArray());
    }

    /// <summary>Text of each page as PdfPig reads it, in the order of the content.</summary>
    public static string[] Read(byte[] pdf)
    {
        using var document = PdfDocument.Open(pdf);
        return [.. document.GetPages().Select(page => string.Concat(page.Letters.Select(letter => letter.Value)))];
    }

    public static string[] Read(Document document, FontLibrary? fonts = null) => Read(Render(document, fonts).Bytes);

    /// <summary>Runs a tool of the system on a file; the test is skipped by name where the tool is not installed.</summary>
    public static (int Code, string Output) Tool(string name, byte[] pdf, params string[] arguments)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".pdf");
        File.WriteAllBytes(path, pdf);
        try
        {
            var start = new ProcessStartInfo(name) { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var argument in arguments) start.ArgumentList.Add(argument == "FILE" ? path : argument);
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + errors.Result);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Lacks(name);
            throw;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
