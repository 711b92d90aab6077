using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using AbstractReview.App.Programme.Exports;
using static AbstractReview.App.Book.Formats.BookMarkup;

namespace AbstractReview.App.Book.Formats;

/// <summary>The book as EPUB 3.3: a file per part, pictures beside them, contents to jump by. The same book gives the same bytes.</summary>
internal sealed class BookEpub
{
    private static readonly XNamespace Opf = "http://www.idpf.org/2007/opf", Dc = "http://purl.org/dc/elements/1.1/", Ops = "http://www.idpf.org/2007/ops";

    private readonly TypesetBook typeset;
    private readonly BookContent book;
    private readonly Dictionary<string, (string Name, string MediaType, byte[] Bytes)> pictures = [];
    private readonly List<(string Name, XElement Section)> files = [];

    private BookEpub(TypesetBook typeset)
    {
        (this.typeset, book) = (typeset, typeset.Content);
        var markup = new BookMarkup(typeset, 1, (area, name) => $"{FileOf(area)}#{name}", Picture);
        files.Add(("title.xhtml", markup.Title("title")));
        foreach (var (name, section) in new[] { ("foreword", markup.Foreword("foreword")), ("committee", markup.Committee("committee")), ("glance", markup.Glance("glance")) })
            if (section is not null) files.Add(($"{name}.xhtml", section));
        foreach (var part in book.Parts) files.Add((FileOf(part.Area.Code), markup.Part(part)));
        foreach (var index in markup.Indexes()) files.Add(($"{index.Attribute("id")!.Value}.xhtml", index));
    }

    public static byte[] Write(TypesetBook typeset) => new BookEpub(typeset).Zip();

    private static string FileOf(string area) => $"part-{Exporting.Slug(area)}.xhtml";

    private string? Picture(string sha256)
    {
        if (pictures.TryGetValue(sha256, out var known)) return known.Name;
        if (typeset.Picture(sha256) is not { } picture) return null;
        var name = $"images/{sha256[..Math.Min(16, sha256.Length)]}{(picture.MediaType == "image/png" ? ".png" : ".jpg")}";
        pictures.Add(sha256, (name, picture.MediaType, picture.Bytes));
        return name;
    }

    private byte[] Zip()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            // First and not compressed, so that a reader knows the file by its first bytes (OCF 3.3, 4.3).
            Add("mimetype", "application/epub+zip"u8.ToArray(), CompressionLevel.NoCompression);
            Add("META-INF/container.xml", """
                <?xml version="1.0" encoding="UTF-8"?>
                <container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>

                """u8.ToArray());
            Add("EPUB/package.opf", Xml(Package()));
            Add("EPUB/nav.xhtml", Xml(Navigation()));
            Add("EPUB/style.css", Encoding.UTF8.GetBytes(BookHtml.Css.ReplaceLineEndings("\n")));
            foreach (var (name, section) in files) Add($"EPUB/{name}", Xml(Page(section)));
            foreach (var (name, _, picture) in pictures.Values) Add($"EPUB/{name}", picture, CompressionLevel.NoCompression);

            void Add(string name, byte[] content, CompressionLevel level = CompressionLevel.Optimal)
            {
                var entry = zip.CreateEntry(name, level);
                // The edition's moment, for a zip knows no zone and nothing before 1980.
                entry.LastWriteTime = new DateTimeOffset(book.At.UtcDateTime, TimeSpan.Zero);
                using var stream = entry.Open();
                stream.Write(content);
            }
        }

        return bytes.ToArray();
    }

    private XElement Package()
    {
        XElement Meta(string property, string value) => new(Opf + "meta", new XAttribute("property", property), value);
        return new XElement(Opf + "package", new XAttribute("version", "3.0"), new XAttribute("unique-identifier", "id"), new XAttribute(XNamespace.Xml + "lang", "en"),
            new XElement(Opf + "metadata", new XAttribute(XNamespace.Xmlns + "dc", Dc),
                new XElement(Dc + "identifier", new XAttribute("id", "id"), $"urn:uuid:{Identifier()}"),
                new XElement(Dc + "title", T(book.Title)), new XElement(Dc + "language", "en"), new XElement(Dc + "publisher", T(book.Conference.Organiser)), new XElement(Dc + "creator", T(book.Conference.Organiser)),
                new XElement(Dc + "date", book.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                Meta("dcterms:modified", book.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)),
                Meta("schema:accessMode", "textual"), pictures.Count == 0 ? null : Meta("schema:accessMode", "visual"), Meta("schema:accessModeSufficient", "textual"),
                new[] { "tableOfContents", "structuralNavigation", "readingOrder", "alternativeText" }.Select(f => Meta("schema:accessibilityFeature", f)), Meta("schema:accessibilityHazard", "none"),
                Meta("schema:accessibilitySummary", "Headings, lists and tables are marked up; figures carry the title of their abstract.")),
            new XElement(Opf + "manifest",
                Manifest("nav", "nav.xhtml", "application/xhtml+xml", "nav"), Manifest("style", "style.css", "text/css"),
                files.Select((f, i) => Manifest($"f{i}", f.Name, "application/xhtml+xml")), pictures.Values.Select((p, i) => Manifest($"p{i}", p.Name, p.MediaType))),
            new XElement(Opf + "spine", new XElement(Opf + "itemref", new XAttribute("idref", "f0")), new XElement(Opf + "itemref", new XAttribute("idref", "nav")),
                files.Skip(1).Select((_, i) => new XElement(Opf + "itemref", new XAttribute("idref", $"f{i + 1}")))));

        static XElement Manifest(string id, string name, string type, string? properties = null) => new(Opf + "item",
            new XAttribute("id", id), new XAttribute("href", name), new XAttribute("media-type", type), properties is null ? null : new XAttribute("properties", properties));
    }

    private Guid Identifier() => Exporting.Uuid(book.Conference.Acronym, "book", FormattableString.Invariant($"{book.Edition}"));

    private XElement Navigation() => Whole(E("nav", new XAttribute(Ops + "type", "toc"), new XAttribute("id", "toc"), E("h1", "Contents"), E("ol", files.Select(f => f.Name == "title.xhtml"
        ? E("li", E("a", new XAttribute("href", "title.xhtml"), "Title"))
        : BookHtml.Item(f.Section, $"{f.Name}#")))));

    private XElement Page(XElement section) => Whole(section);

    private XElement Whole(XElement content) => E("html", new XAttribute(XNamespace.Xmlns + "epub", Ops), Language("en"),
        E("head", E("meta", new XAttribute("charset", "utf-8")), E("title", T(book.Title)), E("link", new XAttribute("rel", "stylesheet"), new XAttribute("type", "text/css"), new XAttribute("href", "style.css"))),
        E("body", content));

    private static byte[] Xml(XElement root)
    {
        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false), NewLineHandling = NewLineHandling.None }))
        {
            writer.WriteStartDocument();
            if (root.Name == Html + "html") writer.WriteDocType("html", null, null, null);
            root.WriteTo(writer);
        }

        return bytes.ToArray();
    }
}
