using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AbstractReview.App.Book;
using AbstractReview.Typesetting;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Actions;
using UglyToad.PdfPig.Annotations;
using UglyToad.PdfPig.Content;

namespace AbstractReview.App.Tests.Book;

/// <summary>What a printer and a reader would find wrong with a book, read from the file itself.</summary>
internal static partial class PrintedBook
{
    /// <summary>The book as it is typeset, without its other formats.</summary>
    public static (RenderReport Report, byte[] Pdf) Print(BookContent book, FontLibrary fonts, Func<string, byte[]>? figure = null)
    {
        using var pdf = new MemoryStream();
        var report = PdfRenderer.Render(BookDocument.Of(book, figure ?? (_ => throw new InvalidDataException("no figure")), _ => { }), fonts, pdf);
        return (report, pdf.ToArray());
    }

    /// <summary>Everything that is wrong, a line each; empty when all is well.</summary>
    public static List<string> Faults(byte[] pdf, BookOptions options)
    {
        List<string> faults = [];
        using var document = PdfDocument.Open(pdf);
        var margins = BookDocument.Around(options);
        var folios = new Dictionary<int, string>();
        foreach (var page in document.GetPages())
        {
            folios[page.Number] = string.Concat(page.Letters.Where(l => l.StartBaseLine.Y < margins.Bottom - 20).Select(l => l.Value)).Trim();
            if (page.Number > 2) Margins(page, margins, faults);
            Overlaps(page, faults);
        }

        Links(document, folios, faults);
        return faults;
    }

    /// <summary>Titles and names that pdftotext does not find in the order they are read in.</summary>
    public static List<string> Unread(byte[] pdf, BookContent book)
    {
        var text = Squeezed(Tool("pdftotext", pdf, "FILE", "-"));
        return [.. book.Entries.SelectMany(e => e.Authors.Select(a => a.FullName).Prepend(e.Title)).Distinct().Where(words => !text.Contains(Squeezed(words), StringComparison.Ordinal))];
    }

    public static string Tool(string name, byte[] pdf, params string[] arguments)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".pdf");
        File.WriteAllBytes(path, pdf);
        try
        {
            var start = new ProcessStartInfo(name) { RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 };
            foreach (var argument in arguments) start.ArgumentList.Add(argument == "FILE" ? path : argument);
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return $"{output}\nexit {process.ExitCode}";
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Without white space, soft hyphens and directional controls, and in one form.</summary>
    public static string Squeezed(string text) => Blanks().Replace(text.Normalize(NormalizationForm.FormKC), "");

    /// <summary>Between the running head and the foot nothing stands beside the text but the tab at the edge.</summary>
    private static void Margins(Page page, Margins margins, List<string> faults)
    {
        // A book's left-hand pages have even folios, which are even pages of the file here.
        var inner = page.Number % 2 == 1;
        var left = (inner ? margins.Inner : margins.Outer) - 1;
        var right = page.Width - (inner ? margins.Outer : margins.Inner) + 1;
        foreach (var letter in page.Letters)
        {
            if (letter.StartBaseLine.Y > page.Height - margins.Top + 6 || letter.StartBaseLine.Y < margins.Bottom - 20) continue;
            if (letter.PointSize == 7 && (letter.EndBaseLine.X < 18 || letter.StartBaseLine.X > page.Width - 18)) continue;
            if (letter.StartBaseLine.X < left || letter.EndBaseLine.X > right || letter.StartBaseLine.Y < margins.Bottom)
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"page {page.Number}: “{letter.Value}” stands in the margin at {letter.StartBaseLine.X:0.0}, {letter.StartBaseLine.Y:0.0}"));
        }
    }

    /// <summary>Letters drawn over one another. Scripts whose marks and joins overlap by design are left out.</summary>
    private static void Overlaps(Page page, List<string> faults)
    {
        var letters = page.Letters.Where(l => l.Value.Length > 0 && IsPlain(l.Value[0])).OrderByDescending(l => l.StartBaseLine.Y).ThenBy(l => l.StartBaseLine.X).ToList();
        for (var i = 0; i < letters.Count; i++)
        {
            var one = letters[i];
            for (var j = i + 1; j < letters.Count; j++)
            {
                var other = letters[j];
                var (down, size) = (one.StartBaseLine.Y - other.StartBaseLine.Y, Math.Min(one.PointSize, other.PointSize));
                if (down > 25) break;
                var over = Math.Min(one.EndBaseLine.X, other.EndBaseLine.X) - Math.Max(one.StartBaseLine.X, other.StartBaseLine.X);
                // Kerning brings neighbours nearer by a tenth of the size at most.
                if (over > size * 0.16 && down < size * 0.6)
                    faults.Add(string.Create(CultureInfo.InvariantCulture, $"page {page.Number}: “{one.Value}” and “{other.Value}” stand on each other at {other.StartBaseLine.X:0.0}, {other.StartBaseLine.Y:0.0}"));
            }
        }
    }

    private static bool IsPlain(char letter) => (char.IsLetterOrDigit(letter) && letter < 0x0530) || letter is >= '\u4e00' and <= '\u9fff';

    /// <summary>Every link lands on a page; a number that ends a line of the contents is the folio of the page its link leads to.</summary>
    private static void Links(PdfDocument document, Dictionary<int, string> folios, List<string> faults)
    {
        foreach (var page in document.GetPages())
        {
            foreach (var link in page.GetAnnotations().Where(a => a.Type == AnnotationType.Link))
            {
                if (link.Action is UriAction uri)
                {
                    if (!Uri.TryCreate(uri.Uri, UriKind.Absolute, out _)) faults.Add($"page {page.Number}: {uri.Uri} is no address");
                    continue;
                }

                if (link.Action is not GoToAction { Destination.PageNumber: var target } || target < 1 || target > document.NumberOfPages)
                {
                    faults.Add($"page {page.Number}: a link leads nowhere");
                    continue;
                }

                var box = link.Rectangle;
                var words = string.Concat(page.Letters.Where(l => l.StartBaseLine.Y > box.Bottom && l.StartBaseLine.Y < box.Top && l.StartBaseLine.X > box.Left - 0.5 && l.EndBaseLine.X < box.Right + 0.5).Select(l => l.Value)).Trim();
                if (Folio().IsMatch(words) && words != folios[target]) faults.Add($"page {page.Number}: {words} leads to the page {folios[target]}");
            }
        }
    }

    [GeneratedRegex("^([0-9]+|[ivxl]+)$")]
    private static partial Regex Folio();

    [GeneratedRegex(@"[\s\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069]+")]
    private static partial Regex Blanks();
}
