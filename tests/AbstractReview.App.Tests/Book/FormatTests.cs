using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AbstractReview.App.Book;
using AbstractReview.App.Book.Formats;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Submissions;
using AbstractReview.Typesetting;

namespace AbstractReview.App.Tests.Book;

/// <summary>The book as EPUB, page, BibTeX, JATS and Crossref: well formed, complete, and harmless whatever an author typed.</summary>
public sealed partial class FormatTests
{
    private const string Hostile = "<script>alert(1)</script> & \"x\" ' }\\end{book} %100 #1 $x_1^2 ]]> \u0001";

    // A picture of one pixel.
    private static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");

    private static readonly Lazy<TypesetBook> Made = new(() =>
    {
        var conference = ConferenceFile.Read(File.ReadAllText(Repository.SampleConference));
        var book = GeneratedBook.Of(conference, 44, new BookOptions { DoiPrefix = "10.5555", Isbn = "978-3-16-148410-0" });
        var first = book.Parts[0];
        var hostile = first.Entries[0] with
        {
            Title = Hostile, Abstract = Hostile + "\n\n- " + Hostile + "\n- second", Keywords = [Hostile], Figures = ["abcd"],
            Authors = [new Author { GivenName = Hostile, FamilyName = "Smith and Wesson, Inc.", Email = "a@b.example", Affiliation = Hostile, Country = "FR", Presenting = true }],
        };
        var lost = first.Entries[1] with { Damage = "Its stored keywords cannot be read." };
        var withheld = first.Entries[2] with { Withheld = true };
        book = book with { Parts = [first with { Entries = [hostile, lost, withheld, .. first.Entries.Skip(3)] }, .. book.Parts.Skip(1)] };
        var (report, _) = PrintedBook.Print(book, FontLibrary.FromSystem(), _ => Png);
        return new TypesetBook(book, report, sha256 => sha256 == "abcd" ? Png : null);
    });

    private static TypesetBook Book => Made.Value;

    [Test]
    public void An_EPUB_begins_with_its_type_not_compressed()
    {
        var epub = BookEpub.Write(Book);
        Assert.That(Encoding.ASCII.GetString(epub, 0, 4), Is.EqualTo("PK\u0003\u0004"));
        Assert.That((epub[8], epub[9]), Is.EqualTo(((byte)0, (byte)0)), "stored");
        Assert.That(Encoding.ASCII.GetString(epub, 30, 28), Is.EqualTo("mimetypeapplication/epub+zip"));
        Assert.That(BookEpub.Write(Book), Is.EqualTo(epub), "the same bytes twice");
    }

    [Test]
    public void An_EPUB_holds_what_its_package_names_and_every_link_lands()
    {
        using var zip = new ZipArchive(new MemoryStream(BookEpub.Write(Book)));
        var files = zip.Entries.ToDictionary(e => e.FullName, e => { using var s = new MemoryStream(); using var from = e.Open(); from.CopyTo(s); return s.ToArray(); });
        var container = Xml(files["META-INF/container.xml"]);
        var package = Xml(files[container.Descendants().Single(e => e.Name.LocalName == "rootfile").Attribute("full-path")!.Value]);
        var manifest = package.Descendants().Where(e => e.Name.LocalName == "item").ToList();
        Assert.That(manifest.Select(i => "EPUB/" + i.Attribute("href")!.Value).Order(), Is.EqualTo(files.Keys.Where(f => f.StartsWith("EPUB/", StringComparison.Ordinal) && f != "EPUB/package.opf").Order()));
        Assert.That(manifest.Single(i => i.Attribute("properties")?.Value == "nav").Attribute("href")!.Value, Is.EqualTo("nav.xhtml"));
        var spine = package.Descendants().Where(e => e.Name.LocalName == "itemref").Select(e => e.Attribute("idref")!.Value).ToList();
        Assert.That(spine, Is.Unique.And.SubsetOf(manifest.Select(i => i.Attribute("id")!.Value)));
        var pages = files.Where(f => f.Key.EndsWith(".xhtml", StringComparison.Ordinal)).ToDictionary(f => f.Key["EPUB/".Length..], f => Xml(f.Value));
        Assert.That(spine, Has.Count.EqualTo(pages.Count), "every page is read in order");
        var ids = pages.SelectMany(p => p.Value.Descendants().Attributes("id").Select(id => $"{p.Key}#{id.Value}")).ToHashSet();
        foreach (var (name, page) in pages)
        {
            foreach (var href in page.Descendants().Attributes("href").Select(a => a.Value).Where(h => !h.Contains("://", StringComparison.Ordinal)))
                Assert.That(ids.Contains(href) || files.ContainsKey("EPUB/" + href), $"{href} in {name}");
            foreach (var src in page.Descendants().Attributes("src")) Assert.That(files, Contains.Key("EPUB/" + src.Value));
        }

        Assert.That(package.Descendants().Single(e => e.Attribute("property")?.Value == "dcterms:modified").Value, Is.EqualTo("2019-08-01T12:00:00Z"));
    }

    [Test]
    public void A_page_holds_every_name_and_title_as_text_and_nothing_as_markup()
    {
        var bytes = BookHtml.Write(Book);
        var html = Xml(bytes);
        var text = html.Root!.Value;
        foreach (var entry in Book.Content.Entries.Skip(1))
        {
            Assert.That(text, Does.Contain(entry.Title));
            foreach (var author in entry.Authors) Assert.That(text, Does.Contain(author.FullName));
        }

        Assert.That(text, Does.Contain("<script>alert(1)</script>"));
        Assert.That(html.Descendants().Where(e => e.Name.LocalName == "script"), Is.Empty);
        Assert.That(html.Descendants().Attributes().Where(a => a.Name.LocalName.StartsWith("on", StringComparison.Ordinal)), Is.Empty);
        var ids = html.Descendants().Attributes("id").Select(a => a.Value).ToList();
        Assert.That(ids, Is.Unique);
        Assert.That(html.Descendants().Attributes("href").Where(a => a.Value.StartsWith('#')).Select(a => a.Value[1..]).Distinct(), Is.SubsetOf(ids));
        // A browser takes <p/> for the beginning of a paragraph.
        Assert.That(Encoding.UTF8.GetString(bytes), Does.Not.Match(@"<(?!meta|img|br|link)[a-z0-9]+[^>]*/>"));
        var style = html.Descendants().Single(e => e.Name.LocalName == "style").Value;
        Assert.That(BookFormats.StyleHash, Is.EqualTo("sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))));
    }

    [Test]
    public void Headings_of_the_page_skip_no_level_and_every_figure_has_words()
    {
        var html = Xml(BookHtml.Write(Book));
        var levels = html.Descendants().Where(e => e.Name.LocalName is ['h', >= '1' and <= '6']).Select(e => e.Name.LocalName[1] - '0').ToList();
        Assert.That(levels[0], Is.EqualTo(1));
        Assert.That(levels.Zip(levels.Skip(1), (before, after) => after - before), Has.All.LessThanOrEqualTo(1));
        Assert.That(html.Descendants().Where(e => e.Name.LocalName == "img").Select(e => e.Attribute("alt")!.Value), Is.Not.Empty.And.All.StartsWith("Figure 1 of"));
    }

    [Test]
    public void What_is_lost_or_withheld_says_so_in_every_format_and_shows_no_text()
    {
        var (lost, withheld) = (Book.Content.Parts[0].Entries[1], Book.Content.Parts[0].Entries[2]);
        var html = Xml(BookHtml.Write(Book)).Descendants().Where(e => e.Name.LocalName == "article").ToDictionary(e => e.Attribute("id")!.Value, e => e.Value);
        Assert.That(html[lost.Destination], Does.Contain($"The abstract of AR-{lost.Number} could not be printed in this edition. The build report says why: Its stored keywords cannot be read."));
        Assert.That(html[withheld.Destination], Does.Contain("did not consent").And.Not.Contain(withheld.Abstract[..40]));
        var others = Encoding.UTF8.GetString([.. BookBibTeX.Write(Book), .. BookJats.Write(Book), .. BookCrossref.Write(Book)]);
        Assert.That(others, Does.Not.Contain(lost.Abstract[..40]).And.Not.Contain(withheld.Abstract[..40]));
        Assert.That(others, Does.Contain(Book.Content.Parts[1].Entries[0].Abstract[..40]), "there was something to withhold");
    }

    [Test]
    public void BibTeX_has_balanced_braces_and_an_entry_for_every_abstract()
    {
        var text = Encoding.UTF8.GetString(BookBibTeX.Write(Book));
        var depth = 0;
        foreach (var c in text)
        {
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            Assert.That(depth, Is.GreaterThanOrEqualTo(0));
        }

        Assert.That(depth, Is.Zero);
        Assert.That(text.Split("@inproceedings{").Length - 1, Is.EqualTo(44));
        Assert.That(text, Does.Contain("{Smith and Wesson, Inc.}, <script>").And.Contain(@"\textbraceright{}\textbackslash{}end\textbraceleft{}book\textbraceright{}"));
        Assert.That(text, Does.Contain("author = {王, 小明").Or.Contain(" and 王, 小明"));
        Assert.That(Pages().Matches(text), Has.Count.EqualTo(44));
    }

    [Test]
    public void JATS_names_areas_people_pages_and_the_conference_in_the_standards_order()
    {
        var articles = Xml(BookJats.Write(Book)).Root!.Elements("article").ToList();
        Assert.That(articles, Has.Count.EqualTo(44));
        string[] order = ["article-id", "article-categories", "title-group", "contrib-group", "pub-date", "isbn", "fpage", "abstract", "kwd-group", "conference"];
        foreach (var article in articles)
        {
            var meta = article.Element("front")!.Element("article-meta")!;
            var names = meta.Elements().Select(e => Array.IndexOf(order, e.Name.LocalName)).ToList();
            Assert.That(names, Is.Ordered.And.None.EqualTo(-1));
            var affiliations = meta.Descendants("aff").Select(a => a.Attribute("id")!.Value).ToList();
            Assert.That(meta.Descendants("xref").Select(x => x.Attribute("rid")!.Value).Distinct(), Is.SubsetOf(affiliations));
        }

        Assert.That(articles[0].Descendants("article-title").Single().Value, Does.StartWith("<script>alert(1)</script> & \"x\""));
    }

    [Test]
    public void A_deposit_has_a_DOI_and_an_address_for_every_abstract_that_is_published()
    {
        var deposit = Xml(BookCrossref.Write(Book));
        var papers = deposit.Descendants().Where(e => e.Name.LocalName == "conference_paper").ToList();
        Assert.That(papers, Has.Count.EqualTo(42), "one is lost, one is withheld");
        var dois = papers.Select(p => p.Descendants().Single(e => e.Name.LocalName == "doi").Value).ToList();
        Assert.That(dois, Is.Unique.And.All.Match(@"^10\.5555/[a-z0-9-]+\.[0-9]+$"));
        Assert.That(papers.Select(p => p.Elements().Select(e => e.Name.LocalName)), Has.All.EqualTo(new[] { "contributors", "titles", "abstract", "publication_date", "pages", "publisher_item", "doi_data" }));
        Assert.That(deposit.Descendants().Where(e => e.Name.LocalName == "resource").Select(e => e.Value), Has.All.StartsWith("https://book.example/api/v1/book/latest.html#abstract-"));
        Assert.That(deposit.Descendants().Where(e => e.Name.LocalName == "isbn").Select(e => e.Value), Is.EqualTo(new[] { "978-3-16-148410-0" }));
    }

    [TestCase("one\n\ntwo", "Paragraph:one|Paragraph:two")]
    [TestCase("- a\n- b\n\nend", "Bullets:a/b|Paragraph:end")]
    [TestCase("1. a\n2. b", "Numbers:a/b")]
    [TestCase("2018. A year\n2019. Another", "Paragraph:2018. A year/2019. Another")]
    [TestCase("- only one", "Paragraph:- only one")]
    [TestCase("one\r\ntwo \r\n \r\nthree", "Paragraph:one/two|Paragraph:three")]
    [TestCase("  \n\n ", "")]
    public void Plain_text_is_read_as_paragraphs_and_lists(string text, string expected)
        => Assert.That(string.Join('|', AbstractText.Parts(text).Select(p => $"{p.Kind}:{string.Join('/', p.Lines)}")), Is.EqualTo(expected));

    private static XDocument Xml(byte[] bytes)
    {
        using var reader = System.Xml.XmlReader.Create(new MemoryStream(bytes), new System.Xml.XmlReaderSettings { DtdProcessing = System.Xml.DtdProcessing.Ignore });
        return XDocument.Load(reader, LoadOptions.PreserveWhitespace);
    }

    [GeneratedRegex(@"\n  pages = \{[0-9]+\}")]
    private static partial Regex Pages();
}
