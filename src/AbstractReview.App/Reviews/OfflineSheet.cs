using System.Globalization;
using System.IO.Compression;
using System.Text;
using AbstractReview.Domain;
using AbstractReview.Matching.Files;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;

namespace AbstractReview.App.Reviews;

/// <summary>
/// Rows of text cells as CSV (UTF-8 with a mark, RFC 4180) or as a workbook. No cell is ever taken for a formula: in CSV what looks like one is led by an
/// apostrophe, which reading takes away again; in a workbook every cell is text.
/// </summary>
internal static class OfflineSheet
{
    public const int MaxBytes = 5 * 1024 * 1024;
    private const int MaxRows = 5000;
    private const long MaxUnpacked = 64L * 1024 * 1024;

    public static byte[] Csv(IEnumerable<string[]> rows)
    {
        using var bytes = new MemoryStream();
        using (var text = new StreamWriter(bytes, new UTF8Encoding(true)))
        {
            var csv = new CsvWriter(text);
            foreach (var row in rows) csv.Write(row.Select(Inert).ToArray());
        }

        return bytes.ToArray();
    }

    /// <param name="sheets">Name and rows of each sheet; the first row is the head.</param>
    public static byte[] Xlsx(params IReadOnlyList<(string Name, IReadOnlyList<string[]> Rows)> sheets)
    {
        using var bytes = new MemoryStream();
        bytes.SaveAs(sheets.ToDictionary(s => s.Name, s => (object)s.Rows.Skip(1).Select(r => s.Rows[0].Zip(r).ToDictionary(c => c.First, c => (object)Printable(c.Second))).ToList()),
            configuration: new OpenXmlConfiguration { AutoFilter = false, FastMode = false });
        return bytes.ToArray();
    }

    /// <summary>Each row with its number in the file; a workbook is told by its first bytes.</summary>
    /// <exception cref="RuleBrokenException">It is neither, too large, or damaged.</exception>
    public static IReadOnlyList<(int Row, string[] Cells)> Read(byte[] file)
    {
        if (file.Length == 0) throw new RuleBrokenException("file", "The file is empty.");
        if (file.Length > MaxBytes) throw new RuleBrokenException("file", "The file is larger than 5 MB: an offline form is not.");
        var rows = file.AsSpan().StartsWith("PK"u8) ? Workbook(file) : Text(file);
        return rows.Count <= MaxRows ? rows : throw new RuleBrokenException("file", $"The file has more than {MaxRows} rows.");
    }

    private static List<(int, string[])> Workbook(byte[] file)
    {
        try
        {
            using (var zip = new ZipArchive(new MemoryStream(file)))
                if (zip.Entries.Sum(e => e.Length) > MaxUnpacked) throw new RuleBrokenException("file", "The workbook is too large.");
            using var stream = new MemoryStream(file);
            return stream.Query(useHeaderRow: false).Cast<IDictionary<string, object?>>().Take(MaxRows + 1)
                .Select((row, i) => (i + 1, row.Values.Select(v => Convert.ToString(v, CultureInfo.InvariantCulture) ?? "").ToArray()))
                .Where(r => r.Item2.Any(c => c != "")).ToList();
        }
        catch (Exception damage) when (damage is InvalidDataException or System.Xml.XmlException or KeyNotFoundException or NullReferenceException or ArgumentException or FormatException)
        {
            throw new RuleBrokenException("file", "The workbook cannot be read. Save it as .xlsx or as CSV (UTF-8).");
        }
    }

    private static List<(int, string[])> Text(byte[] file)
    {
        try
        {
            var utf16 = file.AsSpan().StartsWith<byte>([0xFF, 0xFE]);
            var text = (utf16 ? new UnicodeEncoding(false, true, true) : (Encoding)new UTF8Encoding(false, true)).GetString(file).TrimStart('\uFEFF');
            using var reader = new CsvReader(new StringReader(text), "the file", Delimiter(text));
            var rows = new List<(int, string[])>();
            while (rows.Count <= MaxRows && reader.Read())
                rows.Add((rows.Count + 1, Enumerable.Range(0, reader.Count).Select(i => Plain(reader[i].ToString())).ToArray()));
            return rows;
        }
        catch (DecoderFallbackException)
        {
            throw new RuleBrokenException("file", "The file is not UTF-8. In the spreadsheet, save it as “CSV UTF-8” or as .xlsx.");
        }
        catch (RefusedFileException refusal)
        {
            throw new RuleBrokenException("file", refusal.Message);
        }
    }

    // Spreadsheets of many countries part fields by semicolons.
    private static char Delimiter(string text)
    {
        var head = text.AsSpan(0, Math.Max(0, text.AsSpan().IndexOfAny('\r', '\n')) is var end and > 0 ? end : text.Length);
        var (commas, semicolons, tabs) = (head.Count(','), head.Count(';'), head.Count('\t'));
        return semicolons > Math.Max(commas, tabs) ? ';' : tabs > commas ? '\t' : ',';
    }

    private static string Inert(string cell) => LooksLikeFormula(cell) ? "'" + cell : cell;

    private static string Plain(string cell) => cell.StartsWith('\'') && LooksLikeFormula(cell) ? cell[1..] : cell;

    private static bool LooksLikeFormula(string cell) => cell.TrimStart('\'') is [var first, ..] && first is '=' or '+' or '-' or '@' or '\t' or '\r';

    // XML 1.0 takes no other control characters.
    private static string Printable(string cell) => string.Concat(cell.Where(c => c >= ' ' || c is '\n' or '\t' or '\r'));
}
