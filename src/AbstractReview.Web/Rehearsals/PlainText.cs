using System.IO.Compression;
using System.Net;
using System.Text;
using UglyToad.PdfPig;

namespace AbstractReview.Web.Rehearsals;

/// <summary>All the words in an answer, whatever it is wrapped in: markup, JSON, calendars, PDF, and zip files such as XLSX and EPUB.</summary>
internal static class PlainText
{
    /// <summary>The text by content, not by declared type; for a PDF its pages, properties and the text inside its objects.</summary>
    public static string Of(byte[] body)
    {
        if (Begins(body, "%PDF-")) return OfPdf(body);
        if (Begins(body, "PK\u0003\u0004")) return OfZip(body);
        var text = Encoding.UTF8.GetString(body);
        // A calendar folds its lines wherever they are long; a page encodes what could be markup.
        return WebUtility.HtmlDecode(text.Replace("\r\n ", "", StringComparison.Ordinal));
    }

    private static bool Begins(byte[] body, string signature) => body.AsSpan().StartsWith(Encoding.Latin1.GetBytes(signature));

    private static string OfPdf(byte[] body)
    {
        var text = new StringBuilder();
        using (var pdf = PdfDocument.Open(body))
        {
            var info = pdf.Information;
            text.AppendJoin('\n', info.Title, info.Author, info.Subject, info.Keywords, info.Creator, info.Producer).AppendLine();
            // A name may be hyphenated at the end of a line.
            foreach (var page in pdf.GetPages()) text.Append(page.Text.Replace("-", "", StringComparison.Ordinal).Replace("\u00AD", "", StringComparison.Ordinal)).Append('\n');
        }

        // Strings are Latin or UTF-16; without the zero bytes both read alike.
        foreach (var stream in Streams(body).Append(body)) text.Append(Encoding.Latin1.GetString(stream).Replace("\0", "", StringComparison.Ordinal)).Append('\n');
        return text.ToString();
    }

    /// <summary>What lies in the file's compressed streams: metadata, structure, alternative texts.</summary>
    private static IEnumerable<byte[]> Streams(byte[] body)
    {
        var (begin, end) = ("stream\n"u8.ToArray(), "endstream"u8.ToArray());
        for (var at = 0; (at = IndexOf(body, begin, at)) >= 0;)
        {
            at += begin.Length;
            var stop = IndexOf(body, end, at);
            if (stop < 0) yield break;
            if (Inflate(body.AsSpan(at, stop - at).ToArray()) is { } inflated) yield return inflated;
            at = stop + end.Length;
        }
    }

    private static int IndexOf(byte[] body, byte[] what, int from)
        => body.AsSpan(from).IndexOf(what) is >= 0 and var at ? from + at : -1;

    private static byte[]? Inflate(byte[] bytes)
    {
        try
        {
            using var inflated = new MemoryStream();
            using (var zlib = new ZLibStream(new MemoryStream(bytes), CompressionMode.Decompress)) zlib.CopyTo(inflated);
            return inflated.ToArray();
        }
        catch (InvalidDataException)
        {
            // Not every stream is compressed, and a font or picture tells no names.
            return null;
        }
    }

    private static string OfZip(byte[] body)
    {
        var text = new StringBuilder();
        using var zip = new ZipArchive(new MemoryStream(body), ZipArchiveMode.Read);
        foreach (var entry in zip.Entries)
        {
            using var content = new MemoryStream();
            using (var stream = entry.Open()) stream.CopyTo(content);
            text.AppendLine(entry.FullName).AppendLine(Of(content.ToArray()));
        }

        return text.ToString();
    }
}
