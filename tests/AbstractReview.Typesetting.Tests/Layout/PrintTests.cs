using UglyToad.PdfPig;

namespace AbstractReview.Typesetting.Tests.Layout;

/// <summary>What a printer looks at: the grid, what stays together, tabs and grounds.</summary>
public sealed class PrintTests
{
    private static readonly ParagraphStyle OnGrid = StyleSheet.Default.Body with { OnGrid = true, SpaceAfter = 0, FirstLineIndent = 12, Hyphenate = false };

    [Test]
    public void Lines_on_the_grid_meet_across_columns_whatever_stands_between_them()
    {
        List<Block> blocks = [];
        for (var i = 0; i < 14; i++)
        {
            if (i % 3 == 0) blocks.Add(new Heading(3, $"Heading {i}"));
            blocks.Add(new Paragraph(Pages.Prose) { Style = OnGrid });
        }

        var (_, pdf) = Pages.Render(Pages.Document([new Section { Blocks = blocks, Columns = 2 }]));
        using var document = PdfDocument.Open(pdf);
        foreach (var page in document.GetPages())
        {
            // Body letters are of size 10; headings of another size stand where they like.
            var baselines = page.Letters.Where(letter => Math.Abs(letter.PointSize - 10) < 0.01).Select(letter => letter.StartBaseLine.Y).ToList();
            Assert.That(baselines, Is.Not.Empty);
            var steps = baselines.Select(y => (baselines.Max() - y) / OnGrid.Leading);
            Assert.That(steps, Has.All.Matches<double>(step => Math.Abs(step - Math.Round(step)) < 0.01));
        }
    }

    [Test]
    public void Keywords_never_stand_alone_on_a_page()
    {
        var small = new PageTemplate { Size = new PageSize(300, 220), Margins = Margins.All(30) };
        for (var lead = 0; lead < 14; lead++)
        {
            var pages = Pages.Read(Pages.Document([new Section
            {
                Page = small,
                Blocks =
                [
                    .. Enumerable.Repeat<Block>(new Paragraph("x"), lead), new Paragraph(Pages.Prose),
                    new Paragraph("Keywords") { Style = StyleSheet.Default.Small with { KeepWithPrevious = true } },
                ],
            }]));
            Assert.That(pages.Single(page => page.Contains("Keywords", StringComparison.Ordinal)), Does.Contain("response. Keywords").Or.Contain("response.Keywords").And.Length.GreaterThan(30), $"with {lead} lines before");
        }
    }

    [Test]
    public void The_heading_of_an_index_stands_on_the_page_of_its_first_entries()
    {
        var entries = Enumerable.Range(0, 400).Select(i => new IndexEntry($"Entry {i}", ["p"]));
        for (var lead = 0; lead < 52; lead += 3)
        {
            var pages = Pages.Read(Pages.Of([.. Enumerable.Repeat<Block>(new Paragraph("x"), lead), new Paragraph(new Anchor("p"), "y"), new Heading(1, "Index"), new AlphabeticalIndex(entries)]));
            Assert.That(pages.Single(page => page.Contains("Index", StringComparison.Ordinal)), Does.Contain("Entry 0"), $"with {lead} lines before");
        }
    }

    [Test]
    public void A_tab_stands_at_the_outer_edge_and_a_ground_under_the_text()
    {
        var template = PageTemplate.A4 with { Thumb = new Thumb("TA3", Colour.Parse("#0b4f6c"), 200, 40), Grounds = [new Ground(0, 0, 595.276, 100, Colour.Parse("#0b4f6c"))] };
        var (_, pdf) = Pages.Render(Pages.Document([new Section { Page = template, Blocks = [new Paragraph("one"), new PageBreak(), new Paragraph("two")] }]) with { FacingPages = true });
        using var document = PdfDocument.Open(pdf);
        var tabs = document.GetPages().Select(page => page.Letters.Where(letter => letter.Value == "T").Select(letter => letter.StartBaseLine).Single()).ToList();
        Assert.That(tabs[0].X, Is.GreaterThan(595.276 - 17), "right on a right-hand page");
        Assert.That(tabs[1].X, Is.LessThan(17), "left on a left-hand page");
        Assert.That(tabs.Select(at => 841.89 - at.Y), Has.All.InRange(200.0, 240.0));
        var (_, shown) = Pages.Tool("pdftotext", pdf, "-layout", "FILE", "-");
        Assert.That(shown, Does.Contain("one").And.Contain("two"));
    }

    [Test]
    public void Both_lines_of_a_list_item_on_the_grid_follow_each_other_closely()
    {
        var sheet = StyleSheet.Default with { ListItem = OnGrid with { FirstLineIndent = 0 } };
        var (_, pdf) = Pages.Render(Pages.Of(new Paragraph("lead") { Style = StyleSheet.Default.Small }, new ItemList(ListItem.Of(Pages.Prose))) with { Styles = sheet });
        using var document = PdfDocument.Open(pdf);
        var baselines = document.GetPage(1).Letters.Where(letter => Math.Abs(letter.PointSize - 10) < 0.01).Select(letter => Math.Round(letter.StartBaseLine.Y, 1)).Distinct().ToList();
        Assert.That(baselines.Zip(baselines.Skip(1), (above, below) => above - below), Has.All.EqualTo(14).Within(0.11));
    }

    [Test]
    public void A_running_head_goes_on_in_the_next_section_and_ends_in_dots_when_it_is_too_long()
    {
        var template = PageTemplate.A4 with { Head = new RunningLine { End = [new RunningHeading(1)] } };
        var pages = Pages.Read(Pages.Document(
        [
            new Section { Page = template, Blocks = [new Heading(1, string.Join(' ', Enumerable.Range(1, 60).Select(i => $"word{i}")))] },
            new Section { Page = template, Blocks = [new Paragraph("text")] },
        ]));
        Assert.That(pages[1], Does.Match(@"^textword1 word2 .* word\d+…$").And.Not.Contain("word60"));
    }

    [Test]
    public void A_stretch_in_another_language_says_so()
    {
        var (_, pdf) = Pages.Render(Pages.Of(new Paragraph("Name ", new Text("Müller") { Language = "de" }), new Paragraph("Le texte") { Style = StyleSheet.Default.Body with { Language = "fr" } }));
        var (_, objects) = Pages.Tool("qpdf", pdf, "--qdf", "--object-streams=disable", "FILE", "-");
        Assert.That(objects, Does.Contain("/Lang (de)").And.Contain("/Lang (fr)"));
    }

    [Test]
    public void Only_a_document_with_headings_in_order_and_every_glyph_says_that_it_is_accessible()
    {
        Assert.That(Says(Pages.Of(new Heading(1, "One"), new Heading(2, "Two"), new Heading(1, "Three"))), Is.True);
        Assert.That(Says(Pages.Of(new Heading(2, "Two"), new Heading(1, "One"))), Is.False);
        Assert.That(Says(Pages.Of(new Heading(1, "One"), new Heading(3, "Three"))), Is.False);
        Assert.That(Says(Pages.Of(new Heading(1, "王")), Pages.OnlyDejaVu), Is.False);

        static bool Says(Document document, FontLibrary? fonts = null)
            => System.Text.Encoding.UTF8.GetString(Pages.Render(document, fonts).Bytes).Contains("<pdfuaid:part", StringComparison.Ordinal);
    }
}
