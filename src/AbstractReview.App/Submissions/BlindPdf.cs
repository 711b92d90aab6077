using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Writer;

namespace AbstractReview.App.Submissions;

/// <summary>
/// A PDF's pages and what they draw, without what programs note beside them. The pages are written anew; what they draw may bear notes of its own
/// (a picture its XMP and EXIF, a drawing the private data of the program it comes from, where a file lay on its author's disk), so those are
/// filled with blanks where they stand.
/// </summary>
internal static partial class BlindPdf
{
    public static byte[] Of(byte[] file)
    {
        using var source = PdfDocument.Open(file);
        using var target = new PdfDocumentBuilder { IncludeDocumentInformation = false };
        for (var page = 1; page <= source.NumberOfPages; page++) target.AddPage(source, page, new PdfDocumentBuilder.AddPageOptions { KeepAnnotations = false });
        var pages = target.Build();
        Blank(pages);
        return pages;
    }

    // Offsets stay as they are, so nothing else has to know.
    private static void Blank(byte[] pdf)
    {
        var objects = Objects(pdf, Encoding.Latin1.GetString(pdf));
        var text = new StringBuilder(Encoding.Latin1.GetString(pdf));
        var trailer = text.ToString().LastIndexOf("trailer", StringComparison.Ordinal);
        foreach (var o in objects.Values)
            foreach (Match note in Notes().Matches(text.ToString(o.Start, o.Body - o.Start)))
                Fill(pdf, text, o.Start + note.Index, note.Length);
        var drawn = new HashSet<int>();
        var waiting = new Stack<int>(References(text.ToString(trailer, text.Length - trailer)));
        while (waiting.TryPop(out var number))
            if (drawn.Add(number) && objects.TryGetValue(number, out var o))
                foreach (var next in References(text.ToString(o.Start, o.Body - o.Start))) waiting.Push(next);
        foreach (var (number, o) in objects)
            if (!drawn.Contains(number)) Fill(pdf, text, o.Start, o.End - o.Start);
            else if (pdf.AsSpan(o.Body, o.End - o.Body) is [0xFF, 0xD8, 0xFF, ..] picture) BlindJpeg.Blank(picture);
    }

    private static void Fill(byte[] pdf, StringBuilder text, int at, int length)
    {
        pdf.AsSpan(at, length).Fill((byte)' ');
        for (var i = at; i < at + length; i++) text[i] = ' ';
    }

    private static IEnumerable<int> References(string dictionary) => Reference().Matches(dictionary).Select(m => Number(m.Groups[1]));

    private static int Number(Group group) => int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    // Each object's dictionary from Start to Body, and its stream, where it has one, to End.
    private static Dictionary<int, (int Start, int Body, int End)> Objects(byte[] pdf, string text)
    {
        var objects = new Dictionary<int, (int, int, int)>();
        for (var head = Head().Match(text); head.Success;)
        {
            var start = head.Index + head.Length;
            var end = text.IndexOf("endobj", start, StringComparison.Ordinal);
            if (end < 0) throw new InvalidDataException("An object has no end.");
            var body = end;
            if (Stream().Match(text, start, end - start) is { Success: true } stream)
            {
                body = stream.Index + stream.Length;
                end = EndOf(pdf, text, start, body);
            }

            objects[Number(head.Groups[1])] = (start, body, end);
            head = Head().Match(text, end);
        }

        return objects;
    }

    // Where the stream's length says. Of a file that was locked it is still the locked stream's, and is set right in its place.
    private static int EndOf(byte[] pdf, string text, int start, int body)
    {
        var length = Length().Match(text, start, body - start);
        if (length.Success && body + Number(length.Groups[1]) is var told && told <= text.Length && Ending().Match(text, told) is { Success: true } there && there.Index == told) return told;
        var ending = Ending().Match(text, body);
        if (!ending.Success) throw new InvalidDataException("A stream has no end.");
        if (!length.Success) return ending.Index;
        var digits = (ending.Index - body).ToString(CultureInfo.InvariantCulture).PadRight(length.Groups[1].Length);
        if (digits.Length > length.Groups[1].Length) throw new InvalidDataException("A stream is longer than it says.");
        Encoding.Latin1.GetBytes(digits).CopyTo(pdf, length.Groups[1].Index);
        return ending.Index;
    }

    [GeneratedRegex(@"(?<=^|\s)(\d{1,9}) 0 obj\b")]
    private static partial Regex Head();

    [GeneratedRegex(@"(?<=>>\s*)stream\r?\n")]
    private static partial Regex Stream();

    [GeneratedRegex(@"/Length\s+(\d{1,9})(?![\d]|\s+\d+\s+R)")]
    private static partial Regex Length();

    [GeneratedRegex(@"\r?\n?endstream\s+endobj")]
    private static partial Regex Ending();

    [GeneratedRegex(@"(?<!\d)(\d{1,9}) 0 R\b")]
    private static partial Regex Reference();

    // A key and its value: a reference, or a dictionary with those within it.
    [GeneratedRegex(@"/(?:Metadata|PieceInfo|OPI|AF)\s*(?:\d+ 0 R|<<(?>[^<>]+|<(?!<)|>(?!>)|(?<deep><<)|(?<-deep>>>))*(?(deep)(?!))>>|\[[^\]]*\])")]
    private static partial Regex Notes();
}
