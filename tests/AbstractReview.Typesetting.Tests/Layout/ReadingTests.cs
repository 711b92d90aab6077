using UglyToad.PdfPig;

namespace AbstractReview.Typesetting.Tests.Layout;

/// <summary>What goes in comes out again, in the order it is read.</summary>
public sealed class ReadingTests
{
    [Test]
    public void Ligatures_and_kerned_letters_are_read_as_they_were_written()
    {
        const string text = "Efficient staffing of the office: AVATAR, fluff, waffle.";
        Assert.That(Pages.Read(Pages.Of(new Paragraph(text)))[0], Is.EqualTo(text));
    }

    [Test]
    public void Words_are_not_glued_together_at_the_end_of_a_line()
    {
        var read = Pages.Read(Pages.Of(new Paragraph(Pages.Prose)))[0];
        Assert.That(read.Replace("\u00AD", "", StringComparison.Ordinal), Is.EqualTo(Pages.Prose.TrimEnd()));
    }

    [TestCase("Ελληνικά γράμματα", "DejaVu Serif")]
    [TestCase("Русские буквы", "DejaVu Serif")]
    [TestCase("Tiếng Việt có dấu", "DejaVu Serif")]
    [TestCase("中文排版测试", "Noto Serif CJK SC")]
    [TestCase("한국어 시험", "Noto Serif CJK KR")]
    [TestCase("ひらがなとカタカナ", "Noto Serif CJK JP")]
    [TestCase("ქართული", "DejaVu Serif")]
    [TestCase("Հայերեն", "DejaVu Serif")]
    public void Scripts_from_left_to_right_are_read_back(string text, string family)
    {
        Pages.Needs(family);
        var (report, pdf) = Pages.Render(Pages.Of(new Paragraph(text)));
        Assert.That(report.MissingGlyphs, Is.Empty);
        Assert.That(Pages.Read(pdf)[0], Is.EqualTo(text));
    }

    [TestCase("مرحبا بكم جميعا")]
    [TestCase("שלום עולם")]
    public void Scripts_from_right_to_left_are_drawn_reversed_and_read_in_order(string text)
    {
        Pages.Needs("DejaVu Sans");
        var (report, pdf) = Pages.Render(Pages.Of(new Paragraph(text)));
        Assert.That(report.MissingGlyphs, Is.Empty);
        using (var document = PdfDocument.Open(pdf))
        {
            var letters = document.GetPage(1).Letters.Where(letter => !string.IsNullOrWhiteSpace(letter.Value)).ToArray();
            var fromRight = letters.OrderByDescending(letter => letter.StartBaseLine.X).Select(letter => letter.Value);
            Assert.That(string.Concat(fromRight), Is.EqualTo(text.Replace(" ", "", StringComparison.Ordinal)));
            Assert.That(letters.Max(letter => letter.EndBaseLine.X), Is.EqualTo(595.276 - 74).Within(3), "a paragraph from right to left begins at the right");
        }

        var (_, output) = Pages.Tool("pdftotext", pdf, "FILE", "-");
        Assert.That(Stripped(output), Does.Contain(text));
    }

    [Test]
    public void Lam_and_alef_are_read_in_their_order()
    {
        const string text = "خالد الأمين ولاء سلام";
        Pages.Needs("Noto Naskh Arabic");
        var (_, output) = Pages.Tool("pdftotext", Pages.Render(Pages.Of(new Paragraph(text))).Bytes, "FILE", "-");
        Assert.That(Stripped(output), Does.Contain(text));
    }

    [Test]
    public void A_name_from_right_to_left_keeps_its_mark_on_its_own_side()
    {
        var style = StyleSheet.Default.Body with { Direction = TextDirection.LeftToRight };
        var (_, pdf) = Pages.Render(Pages.Of(new Paragraph(
            Text.Isolated("Ann"), Text.Raised("1"), ", ", Text.Isolated("שלום"), Text.Raised("2"), ", ", Text.Isolated("Bo"), Text.Raised("3")) { Style = style }));
        using var document = PdfDocument.Open(pdf);
        var marks = document.GetPage(1).Letters.Where(letter => letter.Value is "1" or "2" or "3" or "B").OrderBy(letter => letter.StartBaseLine.X).Select(letter => letter.Value);
        Assert.That(string.Concat(marks), Is.EqualTo("12B3"));
    }

    [Test]
    public void Controls_and_broken_surrogates_cannot_hurt()
    {
        var read = Pages.Read(Pages.Of(new Paragraph("a\u0000b\u0007c\uD800d\u202Ee\u2069f")))[0];
        Assert.That(string.Concat(read.Where(char.IsAsciiLetter).Order()), Is.EqualTo("abcdef"));
    }

    [Test]
    public void A_link_and_a_superscript_are_read_in_their_place()
        => Assert.That(
            Pages.Read(Pages.Of(new Paragraph("See ", Link.ToUri("https://example.org/a", "there"), ", x", Text.Raised("2"), ".")))[0],
            Is.EqualTo("See there, x2."));

    private static string Stripped(string text) => string.Concat(text.Where(letter => letter is not ('\u202A' or '\u202B' or '\u202C' or '\u200F' or '\u200E')));
}
