using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using static AbstractReview.App.Book.Formats.BookMarkup;

namespace AbstractReview.App.Book.Formats;

/// <summary>The book as one page that needs nothing else: pictures inside, a style of its own, no script.</summary>
internal static class BookHtml
{
    public const string Css = """
        :root{color-scheme:light dark}
        body{font:1rem/1.55 Georgia,"Noto Serif",serif;max-width:38rem;margin:0 auto;padding:1rem}
        h1,h2,h3,nav,.code,table,.session{font-family:system-ui,sans-serif;line-height:1.25}
        nav ol{list-style:none;padding-left:1rem}
        .title{padding:3rem 0}
        .lead{font-size:1.15rem}
        .part>h1,.part>h2{border-bottom:3px solid;padding-bottom:.3rem;margin-top:3rem}
        article{margin:2.5rem 0;break-inside:avoid-page}
        article h2,article h3{margin:.2rem 0 .4rem;font-size:1.2rem}
        p{margin:.5rem 0}
        .code{font-size:.85rem;margin-bottom:0}
        .affiliations,.keywords,.session{font-size:.9rem}
        .lost{border-left:4px solid;padding-left:.7rem}
        figure{margin:1rem 0}
        img{max-width:100%;height:auto}
        table{border-collapse:collapse;width:100%;margin:1.5rem 0;font-size:.9rem}
        caption{text-align:left;font-weight:bold;padding:.4rem 0}
        td,th{text-align:left;vertical-align:top;padding:.25rem .5rem .25rem 0;border-top:1px solid}
        .index ul{list-style:none;padding:0;columns:18rem}
        .index li{padding-left:1rem;text-indent:-1rem;break-inside:avoid}

        """;

    /// <summary>For the page's Content-Security-Policy: the hash of its only style.</summary>
    public static string StyleHash { get; } = "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Css.ReplaceLineEndings("\n"))));

    public static byte[] Write(TypesetBook typeset)
    {
        var book = typeset.Content;
        var markup = new BookMarkup(typeset, 2, (_, name) => $"#{name}", sha256 => typeset.Picture(sha256) is { } p ? $"data:{p.MediaType};base64,{Convert.ToBase64String(p.Bytes)}" : null);
        List<XElement> sections = [.. new[] { markup.Foreword("foreword"), markup.Committee("committee"), markup.Glance("glance") }.OfType<XElement>(), .. book.Parts.Select(markup.Part), .. markup.Indexes()];
        var html = E("html", Language("en"),
            E("head", E("meta", new XAttribute("charset", "utf-8")), E("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
                E("title", T(book.Title)), E("style", Css.ReplaceLineEndings("\n"))),
            E("body", E("main", markup.Title("title"), E("nav", new XAttribute("aria-label", "Contents"), E("ol", sections.Select(s => Item(s, "#")))), sections)));
        return Text(html);
    }

    /// <summary>An entry of the contents with what stands below it.</summary>
    /// <param name="section">A section of the book with its heading and its articles.</param>
    /// <param name="file">What stands before its name in an address.</param>
    public static XElement Item(XElement section, string file)
    {
        var articles = section.Elements(Html + "article").ToList();
        return E("li", Entry(section, file), articles.Count == 0 ? null : E("ol", articles.Select(a => E("li", Entry(a, file)))));
    }

    private static XElement Entry(XElement section, string file)
    {
        var heading = section.Elements().First(e => e.Name.LocalName is "h1" or "h2" or "h3");
        var code = section.Name.LocalName == "article" ? section.Element(Html + "p")!.Element(Html + "b")!.Value + " " : "";
        return E("a", new XAttribute("href", file + section.Attribute("id")!.Value), code, E("bdi", heading.Value));
    }

    /// <summary>The bytes of a page; no element is written empty that a browser would not close.</summary>
    public static byte[] Text(XElement html)
    {
        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false), OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.None }))
        {
            writer.WriteDocType("html", null, null, null);
            foreach (var empty in html.DescendantsAndSelf().Where(e => e.IsEmpty && e.Name.LocalName is not ("meta" or "img" or "br" or "link"))) empty.Value = "";
            html.WriteTo(writer);
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }
}
