using System.Security.Cryptography;
using AbstractReview.App.Book;
using AbstractReview.Domain.Conferences;
using AbstractReview.Typesetting;
using UglyToad.PdfPig;

namespace AbstractReview.App.Tests.Book;

/// <summary>Books as a printer gets them: of a generated conference in every look, and of the sample.</summary>
public sealed class PrintedBookTests
{
    private static readonly FontLibrary Fonts = FontLibrary.FromSystem();
    private static readonly Conference Sample = ConferenceFile.Read(File.ReadAllText(Repository.SampleConference));

    [TestCase(1, "A4")]
    [TestCase(2, "Letter")]
    public void A_generated_book_in_more_than_ten_scripts_has_no_fault_a_printer_or_a_reader_would_find(int columns, string paper)
    {
        var book = GeneratedBook.Of(Sample, 44, new BookOptions { Columns = columns, PageSize = paper, DoiPrefix = "10.5555" });
        var (report, pdf) = PrintedBook.Print(book, Fonts);
        Assert.That(report.MissingGlyphs, Is.Empty);
        Assert.That(report.Failures, Is.Empty);
        Assert.That(report.Overflows, Is.Empty);
        Assert.That(report.DanglingReferences, Is.Empty);
        Assert.That(PrintedBook.Faults(pdf, book.Options), Is.Empty);
        Assert.That(PrintedBook.Unread(pdf, book), Is.Empty);
        Assert.That(PrintedBook.Tool("qpdf", pdf, "--check", "FILE"), Does.Contain("No syntax or stream encoding errors found").And.EndsWith("exit 0"));
        Assert.That(PrintedBook.Tool("pdffonts", pdf, "FILE").Split('\n').Skip(2).Where(l => l.Contains("CID", StringComparison.Ordinal)), Is.Not.Empty.And.All.Match(@"^[A-Z]{6}\+.* yes yes yes "));
        var info = PrintedBook.Tool("pdfinfo", pdf, "FILE");
        Assert.That(info, Does.Match(@"Tagged: +yes").And.Match($@"Title: +{book.Title}"));
        Assert.That(System.Text.Encoding.Latin1.GetString(pdf), Does.Contain("<pdfuaid:part").And.Contain("<rdf:li>en</rdf:li>"), "it says that it conforms to PDF/UA, and its language");
        Assert.That(PrintedBook.Print(book, Fonts).Report.Sha256, Is.EqualTo(report.Sha256).And.EqualTo(Convert.ToHexStringLower(SHA256.HashData(pdf))));
    }

    [Test]
    public async Task The_sample_has_no_fault_a_printer_or_a_reader_would_find()
    {
        await using var conf = await TestConference.Open();
        await conf.AcceptSample();
        var edition = await conf.Build();
        var book = await conf.Read(new BookOptions());
        var pdf = await conf.Pdf(edition);
        Assert.That(PrintedBook.Faults(pdf, book.Options), Is.Empty);
        Assert.That(PrintedBook.Unread(pdf, book), Is.Empty);
        Assert.That(PrintedBook.Tool("qpdf", pdf, "--check", "FILE"), Does.EndWith("exit 0"));
    }

    [Test]
    public void Faults_are_found_where_there_are_some()
    {
        // A page of its own kind: two paragraphs on one another cannot be made by the engine, a margin that is not the book's can.
        var book = GeneratedBook.Of(Sample, 3);
        using var pdf = new MemoryStream();
        PdfRenderer.Render(new Document
        {
            Title = "x", Created = book.At, Page = new PageTemplate { Margins = new Margins(20, 20, 80, 80) },
            Sections = [new Section { Blocks = [new PageBreak(), new Paragraph("one"), new PageBreak(), new Paragraph("two"), new PageBreak(), new Paragraph("three")] }],
        }, Fonts, pdf);
        Assert.That(PrintedBook.Faults(pdf.ToArray(), book.Options), Has.Some.Contains("stands in the margin"));
        Assert.That(PrintedBook.Unread(pdf.ToArray(), book), Is.Not.Empty);
    }

    [Test]
    public void Pieces_that_are_left_out_are_not_printed()
    {
        var all = Text(new BookOptions());
        var less = Text(new BookOptions { Without = [.. Enum.GetValues<BookPiece>()] });
        foreach (var words in (string[])["Programmeataglance", "Foreword", "Areachairs", "Keywords:", "Institute7forNuclearRegulation", "Indexofauthors"])
        {
            Assert.That(all, Does.Contain(words));
            Assert.That(less, Does.Not.Contain(words));
        }

        static string Text(BookOptions options)
        {
            using var document = PdfDocument.Open(PrintedBook.Print(GeneratedBook.Of(Sample, 12, options), Fonts).Pdf);
            return PrintedBook.Squeezed(string.Concat(document.GetPages().Select(p => p.Text)));
        }
    }
}
