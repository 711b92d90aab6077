using System.Globalization;
using System.Security;
using System.Text;

namespace AbstractReview.Typesetting.Pdf;

/// <summary>What stands at the root of the file: pages, labels, names, metadata.</summary>
/// <param name="file">Where to write.</param>
/// <param name="document">What it says of itself.</param>
/// <param name="accessible">Whether it says that it conforms to PDF/UA.</param>
internal sealed class Catalog(PdfFile file, Document document, bool accessible)
{
    /// <summary>Writes catalogue and information; returns their numbers.</summary>
    public (int Catalog, int Info) Write(int pages, int structure, int outline, int names, ByteWriter labels)
    {
        var metadata = file.Allocate();
        file.Stream(metadata, "/Type/Metadata/Subtype/XML"u8, Encoding.UTF8.GetBytes(Xmp()), compressed: true);
        var body = new ByteWriter();
        body.Raw("<</Type/Catalog/Pages "u8).Reference(pages).Raw("/StructTreeRoot "u8).Reference(structure).Raw("/MarkInfo<</Marked true>>/Lang"u8)
            .TextString(document.Language).Raw("/ViewerPreferences<</DisplayDocTitle true"u8)
            .Ascii(Fonts.Scripts.IsRightToLeft(document.Language) ? "/Direction/R2L" : "").Raw(">>/Metadata "u8).Reference(metadata)
            .Raw("/PageLabels<</Nums["u8).Raw(labels.Written).Raw("]>>"u8);
        if (outline != 0) body.Raw("/Outlines "u8).Reference(outline).Raw("/PageMode/UseOutlines"u8);
        if (names != 0) body.Raw("/Names<</Dests "u8).Reference(names).Raw(">>"u8);
        var catalog = file.Allocate();
        file.Object(catalog, body.Raw(">>"u8).Written);
        return (catalog, Information());
    }

    private int Information()
    {
        var info = new ByteWriter();
        info.Raw("<</Title"u8).TextString(document.Title);
        if (document.Author.Length > 0) info.Raw("/Author"u8).TextString(document.Author);
        if (document.Subject.Length > 0) info.Raw("/Subject"u8).TextString(document.Subject);
        if (document.Keywords.Count > 0) info.Raw("/Keywords"u8).TextString(string.Join(", ", document.Keywords));
        var date = "D:" + document.Created.ToUniversalTime().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) + "Z";
        info.Raw("/Creator(AbstractReview)/Producer(AbstractReview)/CreationDate"u8).TextString(date).Raw("/ModDate"u8).TextString(date);
        var number = file.Allocate();
        file.Object(number, info.Raw(">>"u8).Written);
        return number;
    }

    private string Xmp()
    {
        var date = document.Created.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var author = document.Author.Length == 0 ? "" : $"<dc:creator><rdf:Seq><rdf:li>{Escape(document.Author)}</rdf:li></rdf:Seq></dc:creator>";
        var subject = document.Subject.Length == 0 ? "" : $"""<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{Escape(document.Subject)}</rdf:li></rdf:Alt></dc:description>""";
        var keywords = document.Keywords.Count == 0 ? "" : $"<pdf:Keywords>{Escape(string.Join(", ", document.Keywords))}</pdf:Keywords>";
        return $"""
            <?xpacket begin="{'\uFEFF'}" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
            <dc:format>application/pdf</dc:format><dc:title><rdf:Alt><rdf:li xml:lang="x-default">{Escape(document.Title)}</rdf:li></rdf:Alt></dc:title>
            {author}{subject}<dc:language><rdf:Bag><rdf:li>{Escape(document.Language)}</rdf:li></rdf:Bag></dc:language>{keywords}
            {(accessible ? """<pdfuaid:part xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">1</pdfuaid:part>""" : "")}<pdf:Producer>AbstractReview</pdf:Producer><xmp:CreatorTool>AbstractReview</xmp:CreatorTool><xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>
            </rdf:Description></rdf:RDF></x:xmpmeta>
            <?xpacket end="r"?>
            """;
    }

    private static string Escape(string text)
        => SecurityElement.Escape(string.Concat(text.EnumerateRunes().Where(rune => rune.Value >= 32 && rune != Rune.ReplacementChar).Select(rune => rune.ToString())));
}

/// <summary>A name tree of destinations, sorted by bytes as the format wants, in leaves of 200.</summary>
internal static class NameTree
{
    public static int Write(PdfFile file, IEnumerable<(string Name, int Page, double Y)> destinations)
    {
        var sorted = destinations.Select(entry => (Key: Key(entry.Name), entry.Page, entry.Y)).OrderBy(entry => entry.Key, StringComparer.Ordinal).ToArray();
        if (sorted.Length == 0) return 0;
        var kids = new ByteWriter();
        foreach (var leaf in sorted.Chunk(200))
        {
            var body = new ByteWriter(16 * 1024);
            body.Raw("<</Limits[<"u8).Ascii(leaf[0].Key).Raw("><"u8).Ascii(leaf[^1].Key).Raw(">]/Names["u8);
            foreach (var (key, page, y) in leaf)
                body.Byte((byte)'<').Ascii(key).Raw(">["u8).Reference(page).Raw("/XYZ null "u8).Number(y).Raw(" null]"u8);
            var number = file.Allocate();
            file.Object(number, body.Raw("]>>"u8).Written);
            kids.Reference(number).Space();
        }

        var root = file.Allocate();
        file.Object(root, new ByteWriter().Raw("<</Kids["u8).Raw(kids.Written).Raw("]>>"u8).Written);
        return root;
    }

    /// <summary>The bytes of a destination's name, in hexadecimal.</summary>
    public static string Key(string name) => Convert.ToHexString(Encoding.UTF8.GetBytes(name));
}
