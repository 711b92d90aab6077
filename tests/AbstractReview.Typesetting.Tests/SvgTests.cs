using System.Globalization;
using System.Xml.Linq;
using UglyToad.PdfPig;

namespace AbstractReview.Typesetting.Tests;

/// <summary>Pages as pictures: the same layout as the PDF, inert, and nothing but outlines.</summary>
public sealed class SvgTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static Document Sample() => Pages.Document(
    [
        new Section
        {
            Page = new PageTemplate { Head = new RunningLine { Start = ["Head"] }, Foot = RunningLine.CentredFolio },
            Blocks = [new Heading(1, "A <b>title</b> & more"), new Paragraph(Pages.Prose, "مرحبا", Text.Emphasis(" café"), " on page ", new PageReference("later")) , new Rule(), new PageBreak(), new Heading(2, "Later") { Destination = "later" }],
        },
    ]) with { DraftMark = "Draft" };

    [Test]
    public void Each_page_is_a_well_formed_picture_without_text_script_or_anything_from_elsewhere()
    {
        var pages = SvgRenderer.Render(Sample(), Pages.Fonts);
        Assert.That(pages, Has.Count.EqualTo(Pages.Render(Sample()).Report.Pages));
        foreach (var page in pages)
        {
            var names = XDocument.Parse(page).Descendants().Select(e => e.Name.LocalName).Distinct();
            Assert.That(names, Is.SubsetOf(new[] { "svg", "defs", "path", "g", "use", "rect", "image" }));
            Assert.That(XDocument.Parse(page).Descendants().Attributes().Where(a => a.Name.LocalName == "href").Select(a => a.Value[0]), Has.All.EqualTo('#'));
            Assert.That(page, Does.Not.Contain("title").And.Not.Contain("regulatory"));
        }
    }

    [Test]
    public void The_same_document_gives_the_same_picture()
    {
        var first = SvgRenderer.Render(Sample(), Pages.Fonts);
        Assert.That(SvgRenderer.Render(Sample(), FontLibrary.FromSystem()), Is.EqualTo(first));
    }

    [Test]
    public void Glyphs_stand_where_the_PDF_has_them()
    {
        var document = Pages.Of(new Paragraph(Pages.Prose));
        using var pdf = PdfDocument.Open(Pages.Render(document).Bytes);
        // Every letter of the PDF that draws something, by its place; every use of an outline, by its own.
        var printed = pdf.GetPage(1).Letters.Where(l => l.Value.Trim() != "").Select(l => (X: l.StartBaseLine.X, Y: l.StartBaseLine.Y)).ToList();
        var drawn = new List<(double X, double Y)>();
        foreach (var group in XDocument.Parse(SvgRenderer.Render(document, Pages.Fonts)[0]).Descendants(Svg + "g").Where(g => g.Elements(Svg + "use").Any()))
        {
            var numbers = ((string)group.Attribute("transform")!).Split(['(', ')', ' '], StringSplitOptions.RemoveEmptyEntries).Where(t => double.TryParse(t, CultureInfo.InvariantCulture, out _)).Select(t => double.Parse(t, CultureInfo.InvariantCulture)).ToArray();
            foreach (var use in group.Elements(Svg + "use")) drawn.Add((numbers[0] + (double)use.Attribute("x")! * numbers[2], numbers[1]));
        }

        Assert.That(drawn, Has.Count.EqualTo(printed.Count));
        foreach (var (letter, glyph) in printed.Zip(drawn))
        {
            Assert.That(glyph.X, Is.EqualTo(letter.X).Within(0.1));
            Assert.That(glyph.Y, Is.EqualTo(letter.Y).Within(0.1));
        }
    }
}
