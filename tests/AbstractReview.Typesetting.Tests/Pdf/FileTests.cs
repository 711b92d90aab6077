using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using UglyToad.PdfPig;

namespace AbstractReview.Typesetting.Tests.Pdf;

/// <summary>The file itself: repeatable, sound, described, tagged.</summary>
public sealed class FileTests
{
    private static Document Everything() => Pages.Document(
    [
        new Section { Numbering = new PageNumbering(NumberStyle.Roman), Blocks = [new Heading(1, "Contents") { InContents = false }, new TableOfContents()] },
        new Section
        {
            Numbering = new PageNumbering(NumberStyle.Arabic),
            Blocks =
            [
                new Heading(1, "One (with brackets) – é"), new Paragraph(Pages.Prose, Link.To("two", "on"), " ", new PageReference("two"), Text.Raised("1")),
                new Heading(2, "Two") { Destination = "two" }, new Paragraph("مرحبا 王 привет"), new ItemList(ListItem.Of("a"), ListItem.Of("b")) { Marker = ListMarker.Number },
                new Table { HeaderRows = 1, Columns = [new(1), new(1)], Rows = [new TableRow(TableCell.Of("h"), TableCell.Of("h")), new TableRow(TableCell.Of("a"), TableCell.Of())] },
                new Image(Png(2, 2, 6, [255, 0, 0, 255, 0, 255, 0, 128, 0, 0, 255, 0, 9, 9, 9, 255]), "four pixels") { Caption = ["Figure 1"] },
                new Panel(new Paragraph("panel")) { Bar = Colour.Black }, new Columns(2, new Paragraph("left"), new Paragraph("right")), new Rule(),
                new AlphabeticalIndex([new IndexEntry("entry", ["two"])]),
            ],
        },
    ]) with { Author = "Ærø (author)", Subject = "S & <s>", Keywords = ["k"], Language = "en-GB", DraftMark = "Draft", FacingPages = true };

    [Test]
    public void The_same_document_gives_the_same_bytes()
    {
        var (first, second) = (Pages.Render(Everything()), Pages.Render(Everything()));
        Assert.That(second.Bytes, Is.EqualTo(first.Bytes));
        Assert.That(first.Report.Sha256, Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(first.Bytes))));
        Assert.That(first.Report.Length, Is.EqualTo(first.Bytes.Length));
    }

    [Test]
    public void Another_word_gives_another_hash()
        => Assert.That(Pages.Render(Pages.Of(new Paragraph("a"))).Report.Sha256, Is.Not.EqualTo(Pages.Render(Pages.Of(new Paragraph("b"))).Report.Sha256));

    [Test]
    public void Qpdf_finds_nothing_wrong()
    {
        var (code, output) = Pages.Tool("qpdf", Pages.Render(Everything()).Bytes, "--check", "FILE");
        Assert.That(code, Is.Zero, output);
        Assert.That(output, Does.Contain("No syntax or stream encoding errors found"));
    }

    [Test]
    public void The_file_says_what_it_is()
    {
        var (_, output) = Pages.Tool("pdfinfo", Pages.Render(Everything()).Bytes, "-isodates", "FILE");
        var lines = output.Split('\n').Where(line => line.Contains(':')).ToDictionary(line => line[..line.IndexOf(':')], line => line[(line.IndexOf(':') + 1)..].Trim());
        Assert.That(lines["Title"], Is.EqualTo("A test"));
        Assert.That(lines["Author"], Is.EqualTo("Ærø (author)"));
        Assert.That(lines["Tagged"], Is.EqualTo("yes"));
        Assert.That(lines["CreationDate"], Does.StartWith("2026-05-12T08:30:00"));
        Assert.That(lines["PDF version"], Is.EqualTo("1.7"));
    }

    [Test]
    public void The_structure_names_headings_lists_tables_links_and_pictures()
    {
        var (_, output) = Pages.Tool("pdfinfo", Pages.Render(Everything()).Bytes, "-struct-text", "FILE");
        foreach (var name in (string[])["Document", "Sect", "H1", "H2", "P", "TOC", "TOCI", "Link", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "Figure", "Caption", "Index"])
            Assert.That(output.Split('\n').Any(line => line.Trim().Split(' ', ':')[0] == name), name);
        Assert.That(output, Does.Contain("Two"));
        Assert.That(output.IndexOf("One (with", StringComparison.Ordinal), Is.LessThan(output.LastIndexOf("regulatory", StringComparison.Ordinal)));
    }

    [Test]
    public void Bookmarks_follow_the_headings()
    {
        using var document = PdfDocument.Open(Pages.Render(Everything()).Bytes);
        Assert.That(document.TryGetBookmarks(out var bookmarks), Is.True);
        Assert.That(bookmarks!.GetNodes().Select(node => $"{node.Level} {node.Title}"), Is.EqualTo(new[] { "0 Contents", "0 One (with brackets) – é", "1 Two" }));
    }

    [Test]
    public void Page_labels_are_roman_in_front_and_arabic_behind()
    {
        var (_, output) = Pages.Tool("qpdf", Pages.Render(Everything()).Bytes, "--json", "--json-key=pagelabels", "FILE");
        Assert.That(output.ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal), Does.Contain("\"/S\":\"/r\"").And.Contain("\"/S\":\"/D\""));
    }

    [TestCase(0, 8, 1)]
    [TestCase(2, 8, 3)]
    [TestCase(4, 8, 2)]
    [TestCase(6, 8, 4)]
    [TestCase(2, 16, 6)]
    [TestCase(0, 1, 1)]
    public void A_PNG_of_any_kind_is_drawn(int kind, int depth, int bytesPerPixel)
    {
        var row = depth == 1 ? 1 : 4 * bytesPerPixel;
        var (report, pdf) = Pages.Render(Pages.Of(new Image(Png(4, 3, kind, new byte[row * 3], depth), "x")));
        Assert.That(report.Failures, Is.Empty);
        using var document = PdfDocument.Open(pdf);
        var image = document.GetPage(1).GetImages().Single();
        Assert.That((image.WidthInSamples, image.HeightInSamples), Is.EqualTo((4, 3)));
        Assert.That(image.BoundingBox.Width, Is.EqualTo(3).Within(0.01), "4 pixels at 96 dpi are 3 points");
    }

    [Test]
    public void A_JPEG_passes_through_unchanged()
    {
        byte[] jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, 1, 1, 1, 0, 72, 0, 72, 0, 0, 0xFF, 0xC0, 0, 11, 8, 0, 20, 0, 30, 1, 1, 0x11, 0, 0xFF, 0xD9];
        using var document = PdfDocument.Open(Pages.Render(Pages.Of(new Image(jpeg, "x"))).Bytes);
        var image = document.GetPage(1).GetImages().Single();
        Assert.That(image.RawMemory.ToArray(), Is.EqualTo(jpeg));
        Assert.That((image.BoundingBox.Width, image.BoundingBox.Height), Is.EqualTo((30.0, 20.0)), "at 72 dpi a pixel is a point");
    }

    [Test]
    public void A_damaged_picture_throws_and_names_the_reason()
    {
        var png = Png(4, 4, 2, new byte[48]);
        Assert.That(() => Pages.Render(Pages.Of(new Image(png.AsMemory(0, png.Length - 30), "x"))), Throws.InstanceOf<InvalidDataException>());
        Assert.That(() => Pages.Render(Pages.Of(new Image(new byte[] { 0xFF, 0xD8, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 }, "x"))), Throws.InstanceOf<InvalidDataException>());
    }

    [Test]
    public void Pages_are_written_while_later_ones_are_still_unknown()
    {
        long before = 0, after = 0;
        using var stream = new MemoryStream();
        IEnumerable<Block> Blocks()
        {
            yield return new Paragraph("first");
            before = stream.Length;
            for (var i = 0; i < 400; i++) yield return new Paragraph(Pages.Prose + i);
            after = stream.Length;
        }

        PdfRenderer.Render(Pages.Document([new Section { Blocks = Blocks() }]), Pages.Fonts, stream);
        Assert.That(after - before, Is.GreaterThan(20_000));
    }

    [Test]
    public void A_document_of_nothing_is_one_empty_page()
        => Assert.That(Pages.Render(Pages.Of()).Report.Pages, Is.EqualTo(1));

    private static byte[] Png(int width, int height, int kind, byte[] samples, int depth = 8)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        Chunk(file, "IHDR", [0, 0, 0, (byte)width, 0, 0, 0, (byte)height, (byte)depth, (byte)kind, 0, 0, 0]);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, true))
        {
            var row = samples.Length / height;
            for (var y = 0; y < height; y++)
            {
                zlib.WriteByte((byte)(y % 3)); // filters none, sub and up
                zlib.Write(samples, y * row, row);
            }
        }

        Chunk(file, "IDAT", packed.ToArray());
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private static void Chunk(Stream file, string name, byte[] body)
    {
        file.Write([(byte)(body.Length >> 24), (byte)(body.Length >> 16), (byte)(body.Length >> 8), (byte)body.Length]);
        file.Write(Encoding.ASCII.GetBytes(name));
        file.Write(body);
        file.Write([0, 0, 0, 0]);
    }
}
