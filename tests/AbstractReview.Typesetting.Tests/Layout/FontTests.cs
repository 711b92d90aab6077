using UglyToad.PdfPig;

namespace AbstractReview.Typesetting.Tests.Layout;

public sealed class FontTests
{
    [Test]
    public void With_DejaVu_alone_Latin_Greek_and_Cyrillic_are_written()
    {
        const string text = "Latin Ελληνικά Кириллица ąęłń";
        var (report, pdf) = Pages.Render(Pages.Of(new Paragraph(text)), Pages.OnlyDejaVu);
        Assert.That(report.MissingGlyphs, Is.Empty);
        Assert.That(Pages.Read(pdf)[0], Is.EqualTo(text));
    }

    [Test]
    public void A_script_without_a_font_is_reported_with_its_package_and_place_and_fails_nothing()
    {
        var (report, _) = Pages.Render(Pages.Of(new Paragraph("Wang 王") { Tag = "AR-42" }), Pages.OnlyDejaVu);
        Assert.That(report.MissingGlyphs, Is.EqualTo(new[] { new MissingGlyph("王", "AR-42", "Hani", "fonts-noto-cjk") }));
        Assert.That(report.MissingGlyphs[0].ToString(), Is.EqualTo("No font for “王” (U+738B, script Hani) in AR-42; install fonts-noto-cjk."));
    }

    [Test]
    public void A_missing_character_is_shown_and_can_still_be_searched_for()
        => Assert.That(Pages.Read(Pages.Of(new Paragraph("Wang 王")), Pages.OnlyDejaVu)[0], Is.EqualTo("Wang 王"));

    [Test]
    public void Every_font_is_embedded_as_a_subset()
    {
        var (_, pdf) = Pages.Render(Pages.Of(new Heading(1, "Sans"), new Paragraph("Serif ", Text.Strong("bold"), " ", Text.Emphasis("italic"), " 王")));
        var (_, output) = Pages.Tool("pdffonts", pdf, "FILE");
        var fonts = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2).ToArray();
        Assert.That(fonts, Has.Length.GreaterThanOrEqualTo(4));
        Assert.That(fonts, Has.All.Match(@"^[A-Z]{6}\+.* yes yes yes "));
    }

    [Test]
    public void A_subset_is_small()
        => Assert.That(Pages.Render(Pages.Of(new Paragraph("Ab"))).Bytes, Has.Length.LessThan(12_000));

    [Test]
    public void Several_threads_share_a_library_and_write_the_same_bytes()
    {
        var hashes = new string[8];
        Parallel.For(0, hashes.Length, i => hashes[i] = Pages.Render(Pages.Of(new Paragraph(Pages.Prose), new Paragraph("سلام 王 Ł"))).Report.Sha256);
        Assert.That(hashes.Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void Bold_is_another_face()
    {
        using var document = PdfDocument.Open(Pages.Render(Pages.Of(new Paragraph("a", Text.Strong("b")))).Bytes);
        Assert.That(document.GetPage(1).Letters.Select(letter => letter.FontName!.EndsWith("Bold", StringComparison.Ordinal)), Is.EqualTo(new[] { false, true }));
    }
}
