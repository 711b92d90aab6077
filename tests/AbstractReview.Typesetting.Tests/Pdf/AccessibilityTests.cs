using System.Text.RegularExpressions;

namespace AbstractReview.Typesetting.Tests.Pdf;

/// <summary>What PDF/UA (ISO 14289-1) asks of the file, read from its objects.</summary>
public sealed partial class AccessibilityTests
{
    private static readonly string[] Standard =
        ["Document", "Sect", "H1", "H2", "H3", "H4", "H5", "H6", "P", "Span", "Link", "Reference", "TOC", "TOCI", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "Figure", "Caption", "Index"];

    private static readonly Lazy<string[]> Objects = new(() =>
    {
        var png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");
        var document = Pages.Document(
        [
            new Section { Numbering = new PageNumbering(NumberStyle.Roman), Blocks = [new Heading(1, "Contents") { InContents = false }, new TableOfContents()] },
            new Section
            {
                Numbering = new PageNumbering(NumberStyle.Arabic),
                Page = PageTemplate.A4 with { Head = new RunningLine { Start = [new RunningHeading(1)] }, Foot = RunningLine.CentredFolio, RuleUnderHead = true, Thumb = new Thumb("A", Colour.Black, 100, 40), Grounds = [new Ground(0, 0, 50, 50, Colour.Grey(0.9))] },
                Blocks =
                [
                    new Heading(1, "One") { ContentsNote = "Ann Author" }, new Paragraph(Pages.Prose, Link.To("two", "on"), " ", Link.ToUri("https://example.org", "out"), " ", new PageReference("two"), new Text(" wörtlich") { Language = "de", Underline = true }),
                    new Heading(2, "Two") { Destination = "two" }, new Paragraph("مرحبا 王 привет"), new ItemList(ListItem.Of("a"), ListItem.Of("b")) { Marker = ListMarker.Number },
                    new Table { HeaderRows = 1, Rules = TableRules.Grid, Columns = [new(1), new(1)], Rows = [new TableRow(TableCell.Of("h"), TableCell.Of("h")) { Shading = Colour.Grey(0.9) }, new TableRow(new TableCell(new Paragraph("row")) { RowHeader = true }, TableCell.Of())] },
                    new Image(png, "one pixel") { Caption = ["Figure 1"] }, new Panel(new Paragraph("panel")) { Bar = Colour.Black, Border = Colour.Black }, new Rule(), new AlphabeticalIndex([new IndexEntry("entry", ["two"])]),
                ],
            },
        ]) with { DraftMark = "Draft", FacingPages = true };
        var (_, plain) = Pages.Tool("qpdf", Pages.Render(document).Bytes, "--qdf", "--object-streams=disable", "--no-original-object-ids", "FILE", "-");
        return plain.Split("\nendobj", StringSplitOptions.RemoveEmptyEntries);
    });

    private static IEnumerable<string> Elements(string type) => Objects.Value.Where(body => Regex.IsMatch(body, $@"/S /{type}\b") && body.Contains("/Type /StructElem", StringComparison.Ordinal));

    [Test]
    public void Every_element_is_of_a_standard_kind_and_stands_in_another()
    {
        var elements = Objects.Value.Where(body => body.Contains("/Type /StructElem", StringComparison.Ordinal)).ToList();
        var kinds = elements.Select(body => Kind().Match(body).Groups[1].Value).Distinct().ToList();
        Assert.That(kinds, Is.SupersetOf(Standard.Except(["H3", "H4", "H5", "H6"])).And.SubsetOf(Standard));
        Assert.That(elements, Has.All.Match(@"/P \d+ 0 R"));
    }

    [Test]
    public void Pictures_have_words_and_a_box_cells_a_scope_links_a_description()
    {
        Assert.That(Elements("Figure"), Is.Not.Empty.And.All.Contain("/Alt (one pixel)").And.All.Contain("/BBox"));
        Assert.That(Elements("TH"), Is.Not.Empty.And.All.Match("/Scope /(Column|Row)"));
        var links = Objects.Value.Where(body => body.Contains("/Subtype /Link", StringComparison.Ordinal)).ToList();
        Assert.That(links, Has.Count.GreaterThan(4).And.All.Contain("/Contents").And.All.Contain("/StructParent"));
        Assert.That(Elements("Link").ToList(), Has.Count.GreaterThanOrEqualTo(links.Count).And.Some.Contain("/Type /OBJR"));
    }

    [Test]
    public void Pages_are_read_in_the_order_of_the_structure_and_say_what_they_are()
    {
        var pages = Objects.Value.Where(body => Regex.IsMatch(body, @"/Type /Page\b")).ToList();
        Assert.That(pages, Has.Count.GreaterThanOrEqualTo(2).And.All.Contain("/Tabs /S"));
        Assert.That(string.Concat(Objects.Value), Does.Contain("/Marked true").And.Contain("/DisplayDocTitle true").And.Contain("/Lang (en)").And.Contain("<pdfuaid:part"));
    }

    [Test]
    public void Everything_drawn_belongs_to_an_element_or_is_an_artifact()
    {
        var contents = Objects.Value.Where(body => body.Contains("\nBT\n", StringComparison.Ordinal) && body.Contains("EMC", StringComparison.Ordinal)).ToList();
        Assert.That(contents, Has.Count.GreaterThanOrEqualTo(2));
        foreach (var content in contents)
        {
            var depth = 0;
            foreach (Match token in Marking().Matches(content[content.IndexOf("stream\n", StringComparison.Ordinal)..]))
            {
                depth += token.Value switch { "BDC" or "BMC" => 1, "EMC" => -1, _ => 0 };
                Assert.That(depth, Is.InRange(0, 1), "marks are never in one another");
                if (token.Value is "]TJ" or "re f" or " Do") Assert.That(depth, Is.EqualTo(1), $"{token.Value} at {token.Index}");
            }
        }
    }

    [GeneratedRegex(@"/S /(\w+)")]
    private static partial Regex Kind();

    [GeneratedRegex(@"(?:BDC|BMC|EMC|\]TJ|re f| Do)\b")]
    private static partial Regex Marking();
}
