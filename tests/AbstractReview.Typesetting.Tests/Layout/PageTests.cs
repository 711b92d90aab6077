using UglyToad.PdfPig;
using UglyToad.PdfPig.Actions;
using UglyToad.PdfPig.Annotations;

namespace AbstractReview.Typesetting.Tests.Layout;

/// <summary>Columns, pages, numbers and what leads to them.</summary>
public sealed class PageTests
{
    private static readonly PageTemplate Small = new() { Size = new PageSize(300, 220), Margins = Margins.All(30), Foot = RunningLine.CentredFolio };

    [Test]
    public void A_paragraph_leaves_no_single_line_behind_or_ahead()
    {
        for (var lead = 0; lead < 12; lead++)
        {
            var pages = Lines(Section([.. Enumerable.Repeat<Block>(new Paragraph("x"), lead), new Paragraph(Pages.Prose)]));
            // Lines of the paragraph on each page; a lone "x" is a line of the lead.
            var counts = pages.Select(lines => lines.Count(line => line.Length > 3)).Where(count => count > 0).ToArray();
            Assert.That(counts, Has.All.GreaterThanOrEqualTo(2), $"with {lead} lines before");
        }
    }

    [Test]
    public void A_heading_stays_with_the_text_that_follows()
    {
        for (var lead = 0; lead < 10; lead++)
        {
            var pages = Pages.Read(Pages.Document([Section([.. Enumerable.Repeat<Block>(new Paragraph("x"), lead), new Heading(3, "HEAD"), new Paragraph("text one"), new Paragraph("more")])]));
            Assert.That(pages.Single(page => page.Contains("HEAD", StringComparison.Ordinal)), Does.Contain("HEADtext"), $"with {lead} lines before");
        }
    }

    [Test]
    public void What_is_kept_together_stands_on_one_page()
    {
        for (var lead = 0; lead < 9; lead++)
        {
            var pages = Pages.Read(Pages.Document([Section([.. Enumerable.Repeat<Block>(new Paragraph("x"), lead), new KeepTogether(new Paragraph("A1"), new Paragraph("A2"), new Paragraph("A3"))])]));
            Assert.That(pages.Single(page => page.Contains("A1", StringComparison.Ordinal)), Does.Contain("A1A2A3"));
        }
    }

    [Test]
    public void The_head_of_a_table_is_repeated_on_every_page()
    {
        var table = new Table
        {
            HeaderRows = 1, Columns = [new(1), new(1)],
            Rows = [new TableRow(TableCell.Of("Time"), TableCell.Of("Room")), .. Enumerable.Range(0, 40).Select(row => new TableRow(TableCell.Of($"t{row}"), TableCell.Of("r")))],
        };
        var pages = Pages.Read(Pages.Document([Section([table])]));
        Assert.That(pages, Has.Length.GreaterThan(3));
        Assert.That(pages, Has.All.StartsWith("TimeRoom"));
        Assert.That(string.Concat(pages).Split('t').Length - 1, Is.EqualTo(40), "no row is lost or printed twice");
    }

    [Test]
    public void A_row_higher_than_a_page_is_divided_between_lines()
    {
        var table = new Table { Columns = [new(1), new(2)], Rows = [new TableRow(TableCell.Of("left"), TableCell.Of(string.Concat(Enumerable.Repeat(Pages.Prose, 4))))] };
        var (report, pdf) = Pages.Render(Pages.Document([Section([table])]));
        Assert.That(report.Overflows, Is.Empty);
        Assert.That(string.Concat(Pages.Read(pdf)).Replace("\u00AD", "", StringComparison.Ordinal).Split("graded").Length - 1, Is.EqualTo(4));
    }

    [Test]
    public void The_contents_may_stand_first_and_name_the_right_pages()
    {
        IEnumerable<Block> Body()
        {
            for (var part = 1; part <= 30; part++)
            {
                yield return new Heading(1, $"Part{part}.") { Destination = $"part-{part}" };
                yield return new Paragraph(Pages.Prose);
            }
        }

        var (report, pdf) = Pages.Render(Pages.Document(
        [
            new Section { Blocks = [new TableOfContents()], Page = Small, Numbering = new PageNumbering(NumberStyle.Roman) },
            new Section { Blocks = Body(), Page = Small, Numbering = new PageNumbering(NumberStyle.Arabic) },
        ]));
        var pages = Pages.Read(pdf);
        var contents = string.Concat(pages.TakeWhile(page => !page.Contains("regulatory", StringComparison.Ordinal)));
        for (var part = 1; part <= 30; part++)
        {
            var position = report.Destinations[$"part-{part}"];
            Assert.That(pages[position.Number - 1], Does.Contain($"Part{part}."));
            Assert.That(contents, Does.Contain($"Part{part}.{position.Label}").Or.Contain($"Part{part}. {position.Label}"));
        }
    }

    [Test]
    public void Contents_without_a_numbering_of_their_own_still_name_the_right_pages()
    {
        var (report, pdf) = Pages.Render(Pages.Document(
        [
            Section([new TableOfContents()]),
            Section([.. Enumerable.Range(1, 25).SelectMany(part => new Block[] { new Heading(1, $"Part{part}.") { Destination = $"p{part}" }, new Paragraph(Pages.Prose) })]),
        ]));
        var pages = Pages.Read(pdf);
        for (var part = 1; part <= 25; part++)
        {
            var position = report.Destinations[$"p{part}"];
            Assert.That(position.Label, Is.EqualTo($"{position.Number}"));
            Assert.That(pages[position.Number - 1], Does.Contain($"Part{part}.").And.EndsWith(position.Label));
        }
    }

    [Test]
    public void A_reference_names_a_page_before_or_behind_it_and_a_question_mark_when_there_is_none()
    {
        var (report, pdf) = Pages.Render(Pages.Document([Section(
        [
            new Paragraph("first ", new Anchor("a"), "see ", new PageReference("b"), "; none ", new PageReference("c")) { Tag = "AR-1" }, new PageBreak(),
            new Paragraph("middle"), new PageBreak(), new Paragraph(new Anchor("b"), "last see ", new PageReference("a")),
        ])]));
        var pages = Pages.Read(pdf);
        Assert.That(pages[0], Does.Contain("see 3; none ?"));
        Assert.That(pages[2], Does.Contain("last see 1"));
        Assert.That(report.DanglingReferences, Is.EqualTo(new[] { new DanglingReference("c", "AR-1") }));
    }

    [Test]
    public void Links_lie_on_their_words_and_lead_to_their_destination()
    {
        var (report, pdf) = Pages.Render(Pages.Document([Section(
        [
            new Paragraph("Go ", Link.To("end", "there"), " or ", Link.ToUri("https://example.org/x?a=1", "out"), " or ", Link.ToUri("javascript:alert(1)", "nowhere")),
            new PageBreak(), new Heading(1, "End") { Destination = "end" },
        ])]));
        using var document = PdfDocument.Open(pdf);
        var links = document.GetPage(1).GetAnnotations().Where(annotation => annotation.Type == AnnotationType.Link).ToArray();
        Assert.That(links, Has.Length.EqualTo(2));
        Assert.That(links[0].Action, Is.InstanceOf<GoToAction>());
        Assert.That(((GoToAction)links[0].Action!).Destination.PageNumber, Is.EqualTo(report.Destinations["end"].Number).And.EqualTo(2));
        Assert.That(((UriAction)links[1].Action!).Uri, Is.EqualTo("https://example.org/x?a=1"));
        var word = string.Concat(document.GetPage(1).Letters.Where(letter => links[0].Rectangle.Left - 0.1 <= letter.StartBaseLine.X && letter.EndBaseLine.X <= links[0].Rectangle.Right + 0.1
            && letter.StartBaseLine.Y > links[0].Rectangle.Bottom && letter.StartBaseLine.Y < links[0].Rectangle.Top).Select(letter => letter.Value));
        Assert.That(word, Is.EqualTo("there"));
    }

    [Test]
    public void Facing_pages_begin_parts_on_the_right_and_mirror_their_margins()
    {
        var template = Small with { Margins = new Margins(60, 20, 30, 30), Foot = null };
        var document = Pages.Document(
        [
            new Section { Blocks = [new Paragraph("one")], Page = template },
            new Section { Blocks = [new Paragraph("two")], Page = template, Start = SectionStart.Recto },
            new Section { Blocks = [new Paragraph("three")], Page = template },
        ]) with { FacingPages = true };
        var (report, pdf) = Pages.Render(document);
        using var read = PdfDocument.Open(pdf);
        Assert.That(report.Pages, Is.EqualTo(4));
        Assert.That(read.GetPages().Select(page => page.Text), Is.EqualTo(new[] { "one", "", "two", "three" }));
        Assert.That(read.GetPage(3).Letters[0].StartBaseLine.X, Is.EqualTo(60).Within(1));
        Assert.That(read.GetPage(4).Letters[0].StartBaseLine.X, Is.EqualTo(20).Within(1));
    }

    [Test]
    public void Running_heads_name_the_heading_in_force_and_the_folio()
    {
        var template = Small with { Head = new RunningLine { Start = [new RunningHeading(1)] } };
        var pages = Pages.Read(Pages.Document([new Section { Page = template, Blocks = [new Heading(1, "Alpha"), new PageBreak(), new Paragraph("text"), new PageBreak(), new Heading(1, "Beta")] }]));
        Assert.That(pages, Is.EqualTo(new[] { "AlphaAlpha1", "textAlpha2", "BetaBeta3" }));
    }

    [Test]
    public void Nothing_stands_outside_the_margins()
    {
        var blocks = new Block[]
        {
            new Heading(1, "A heading long enough to be broken over two lines of this narrow page"), new Paragraph(Pages.Prose), new Paragraph("Antidisestablishmentarianism" + new string('x', 120)),
            new Columns(2, new Paragraph(Pages.Prose), new Paragraph(Pages.Prose)), new Panel(new Paragraph(Pages.Prose)), new ItemList(ListItem.Of(Pages.Prose)),
            new Table { Columns = [TableColumn.Points(200), TableColumn.Points(300)], Rows = [new TableRow(TableCell.Of(Pages.Prose), TableCell.Of("https://example.org/" + new string('y', 90)))] },
            new Paragraph("مرحبا بكم في المؤتمر الدولي للهيئات الرقابية المعنية بالأمن النووي في جميع أنحاء العالم"),
        };
        var (report, pdf) = Pages.Render(Pages.Document([Section(blocks), Section(blocks) with { Columns = 2 }]));
        Assert.That(report.Overflows, Is.Empty);
        using var document = PdfDocument.Open(pdf);
        foreach (var letter in document.GetPages().SelectMany(page => page.Letters).Where(letter => letter.StartBaseLine.Y > 30))
        {
            Assert.That(letter.StartBaseLine.X, Is.GreaterThan(28), letter.Value);
            Assert.That(letter.EndBaseLine.X, Is.LessThan(272), letter.Value);
            Assert.That(letter.StartBaseLine.Y, Is.LessThan(190));
        }
    }

    [TestCase("การรักษาความมั่นคงปลอดภัยทางนิวเคลียร์เป็นความรับผิดชอบของรัฐ บทความนี้นำเสนอประสบการณ์ของหน่วยงานกำกับดูแล", "Noto Serif Thai")]
    [TestCase("នេះជាអត្ថបទអំពីសន្តិសុខនុយក្លេអ៊ែរនិងការគ្រប់គ្រងរបស់អាជ្ញាធរ", "Noto Serif Khmer")]
    [TestCase("ນີ້ແມ່ນບົດຄວາມກ່ຽວກັບຄວາມປອດໄພທາງນິວເຄລຍແລະການຄຸ້ມຄອງ", "Noto Serif Lao")]
    [TestCase("परमाणु सुरक्षा के लिए विनियामक ढांचे का विकास और निरीक्षण का अनुभव प्रस्तुत किया गया है", "Noto Serif Devanagari")]
    [TestCase("本文介绍核安保监管框架的建立过程，并讨论检查员培训的经验。结果表明，分级方法既有效又经济。", "Noto Serif CJK SC")]
    public void Scripts_with_and_without_spaces_are_broken_within_their_margins(string text, string family)
    {
        Pages.Needs(family);
        var (report, pdf) = Pages.Render(Pages.Document([Section([new Paragraph(string.Join("", Enumerable.Repeat(text, 3)))])]));
        Assert.That((report.MissingGlyphs, report.Overflows), Is.EqualTo((Array.Empty<MissingGlyph>(), Array.Empty<Overflow>())));
        using var document = PdfDocument.Open(pdf);
        var letters = document.GetPages().SelectMany(page => page.Letters).ToList();
        Assert.That(letters.Select(letter => letter.StartBaseLine.X), Has.All.GreaterThan(29));
        Assert.That(letters.Select(letter => letter.EndBaseLine.X), Has.All.LessThan(271));
    }

    [Test]
    public void Columns_are_balanced()
    {
        var (_, pdf) = Pages.Render(Pages.Of(new Columns(2, [.. Enumerable.Range(0, 10).Select(line => new Paragraph($"line {line}"))])));
        using var document = PdfDocument.Open(pdf);
        var left = document.GetPage(1).Letters.Where(letter => char.IsAsciiDigit(letter.Value[0])).GroupBy(letter => letter.StartBaseLine.X > 300).Select(side => side.Count());
        Assert.That(left, Is.EqualTo(new[] { 5, 5 }));
    }

    [Test]
    public void Columns_go_on_over_as_many_pages_as_they_need()
    {
        for (var lead = 0; lead < 12; lead++)
        {
            var lines = Enumerable.Range(100, 90).Select(line => new Paragraph($"n{line}")).ToArray<Block>();
            var (report, pdf) = Pages.Render(Pages.Document([Section([.. Enumerable.Repeat<Block>(new Paragraph("x"), lead), new Columns(2, lines)])]));
            Assert.That(report.Overflows, Is.Empty);
            var read = string.Concat(Pages.Read(pdf).Select(page => page[..^1]));
            Assert.That(read.Replace("x", "", StringComparison.Ordinal), Is.EqualTo(string.Concat(Enumerable.Range(100, 90).Select(line => $"n{line}"))));
        }
    }

    [Test]
    public void A_block_that_fails_leaves_its_fallback_and_a_line_in_the_report()
    {
        IEnumerable<Block> Broken()
        {
            yield return new Heading(1, "Lost") { Destination = "lost" };
            throw new InvalidOperationException("no such abstract");
        }

        var picture = new Image(new byte[] { 1, 2, 3 }, "a picture");
        var (report, pdf) = Pages.Render(Pages.Of(
            new Paragraph("before"),
            new Guarded("AR-7", Broken(), error => [new Paragraph($"AR-7 could not be printed: {error.Message}.")]),
            new Guarded("AR-8", [picture], _ => [new Paragraph("no picture")]),
            new Paragraph("after")));
        Assert.That(report.Failures, Is.EqualTo(new[] { new Failure("AR-7", "no such abstract"), new Failure("AR-8", "The picture is neither JPEG nor PNG.") }));
        Assert.That(report.Destinations, Does.Not.ContainKey("lost"));
        Assert.That(Pages.Read(pdf)[0], Is.EqualTo("beforeAR-7 could not be printed: no such abstract.no pictureafter"));
    }

    [Test]
    public void An_index_is_in_the_order_of_the_collation_and_names_each_page_once()
    {
        var entries = new[] { "Zhang", "Óscar", "Olsen", "Şahin", "Adams", "Øster" }.Select(name => new IndexEntry(name, ["p1", "p1", "p2"]));
        var pages = Pages.Read(Pages.Document([Section([new Paragraph(new Anchor("p1"), "x"), new PageBreak(), new Paragraph(new Anchor("p2"), "y"), new PageBreak(), new AlphabeticalIndex(entries) { Columns = 1, Letters = false }])]));
        Assert.That(pages[2].Replace("\u2002", " ", StringComparison.Ordinal), Does.StartWith("Adams 1, 2Olsen 1, 2Óscar 1, 2Øster 1, 2Şahin 1, 2Zhang 1, 2"));
    }

    [TestCase("Ångström", "A")]
    [TestCase("ømer", "O")]
    [TestCase("İnönü", "I")]
    [TestCase("3M", "#")]
    [TestCase("ёлка", "Е")]
    [TestCase("«Zeta»", "Z")]
    [TestCase("王", "漢字")]
    [TestCase("김민수", "ㄱ")]
    [TestCase("한국", "ㅎ")]
    [TestCase("たなか", "た")]
    [TestCase("ポスター", "は")]
    [TestCase("ゔ", "わ")]
    [TestCase("ليلى", "ل")]
    public void An_entry_stands_under_its_base_letter(string entry, string letter)
        => Assert.That(IndexOrder.Letter(entry), Is.EqualTo(letter));

    private static Section Section(IReadOnlyList<Block> blocks) => new() { Blocks = blocks, Page = Small };

    private static string[][] Lines(Section section)
    {
        using var document = PdfDocument.Open(Pages.Render(Pages.Document([section])).Bytes);
        return [.. document.GetPages().Select(page => page.Letters.Where(letter => letter.StartBaseLine.Y > 30)
            .GroupBy(letter => Math.Round(letter.StartBaseLine.Y)).Select(line => string.Concat(line.Select(letter => letter.Value))).ToArray())];
    }
}
