namespace AbstractReview.Typesetting.Tests.Pdf;

/// <summary>What letters have in common is made once, and shows in none of them.</summary>
public sealed class SharedFontTests
{
    private static readonly string[] Texts = ["Dear Ada", "Dear Zoë Ångström, officially finished", "Dear Анна Иванова", "Dear ليلى", "from → to", "ffi"];

    [Test]
    public void A_document_does_not_depend_on_those_before_it()
    {
        var alone = Texts.Select(text => Pages.Render(Pages.Of(new Paragraph(text)), FontLibrary.FromSystem()).Report.Sha256).ToList();
        var fonts = FontLibrary.FromSystem();
        var forth = Texts.Select(text => Pages.Render(Pages.Of(new Paragraph(text)), fonts).Report.Sha256).ToList();
        var back = Texts.Reverse().Select(text => Pages.Render(Pages.Of(new Paragraph(text)), fonts).Report.Sha256).Reverse().ToList();
        Assert.That(forth, Is.EqualTo(alone));
        Assert.That(back, Is.EqualTo(alone));
    }

    [TestCaseSource(nameof(Texts))]
    public void It_is_sound_embedded_and_reads_as_it_was_written(string text)
    {
        var bytes = Pages.Render(Pages.Of(new Paragraph(text))).Bytes;
        var (code, output) = Pages.Tool("qpdf", bytes, "--check", "FILE");
        Assert.That(code, Is.Zero, output);
        var (_, fonts) = Pages.Tool("pdffonts", bytes, "FILE");
        foreach (var line in fonts.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2)) Assert.That(line, Does.Match(@"^[A-Z]{6}\+.* yes yes yes "));
        var (_, read) = Pages.Tool("pdftotext", bytes, "FILE", "-");
        Assert.That(read.Replace("\u202A", "").Replace("\u202B", "").Replace("\u202C", "").Trim(), Is.EqualTo(text));
    }

    [Test]
    public void The_page_says_where_it_is_trimmed()
    {
        var plain = Pages.Render(Pages.Of(new Paragraph("a"))).Bytes;
        Assert.That(Pages.Tool("pdfinfo", plain, "-box", "FILE").Output, Does.Match(@"MediaBox: +0\.00 +0\.00 +595\.28 +841\.89").And.Match(@"TrimBox: +0\.00 +0\.00 +595\.28 +841\.89"));
        var printed = Pages.Render(Pages.Of(new Paragraph("a")) with { Bleed = 8.5 }).Bytes;
        Assert.That(Pages.Tool("pdfinfo", printed, "-box", "FILE").Output,
            Does.Match(@"MediaBox: +-8\.50 +-8\.50 +603\.78 +850\.39").And.Match(@"BleedBox: +-8\.50 +-8\.50 +603\.78 +850\.39").And.Match(@"TrimBox: +0\.00 +0\.00 +595\.28 +841\.89"));
    }
}
