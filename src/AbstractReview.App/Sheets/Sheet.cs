using System.Globalization;
using System.Text;
using AbstractReview.App.Programme.Exports;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;

namespace AbstractReview.App.Sheets;

/// <summary>
/// Rows as a file for spreadsheets. Text is never taken for a formula: in CSV a leading = + - @ is preceded by an apostrophe, in a workbook text is
/// text. Numbers are numbers; nothing is an empty cell.
/// </summary>
/// <param name="Name">What the sheet is called, at most 31 characters.</param>
/// <param name="Columns">The heads, each once.</param>
/// <param name="Rows">Cells of string, int, double, bool, an instant, or null.</param>
public sealed record Sheet(string Name, IReadOnlyList<string> Columns, IReadOnlyList<object?[]> Rows)
{
    /// <summary>RFC 4180 in UTF-8, with a mark so that spreadsheets do not guess another encoding.</summary>
    public byte[] Csv()
    {
        using var stream = new MemoryStream();
        using (var text = new StreamWriter(stream, new UTF8Encoding(true)) { NewLine = "\r\n" })
        {
            text.WriteLine(string.Join(',', Columns.Select(Quoted)));
            foreach (var row in Rows) text.WriteLine(string.Join(',', row.Select(cell => Quoted(cell is string words ? Exporting.Cell(words) : Words(cell)))));
        }

        return stream.ToArray();
    }

    public byte[] Xlsx()
    {
        var rows = Rows.Select(r => Columns.Zip(r).ToDictionary(c => c.First, c => c.Second is string or DateTimeOffset or null ? (object)Exporting.Clean(Words(c.Second)) : c.Second)).ToList();
        using var stream = new MemoryStream();
        if (rows.Count > 0) stream.SaveAs(rows, sheetName: Name, configuration: new OpenXmlConfiguration { AutoFilter = true });
        else stream.SaveAs(new[] { Columns.ToDictionary(c => c, _ => (object)"") }, sheetName: Name, configuration: new OpenXmlConfiguration { AutoFilter = false });
        return stream.ToArray();
    }

    private static string Words(object? cell) => cell switch
    {
        null => "",
        bool flag => flag ? "yes" : "no",
        DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString() ?? "",
    };

    private static string Quoted(string cell) => cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
