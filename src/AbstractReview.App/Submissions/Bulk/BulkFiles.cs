using System.Text.Json;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;

namespace AbstractReview.App.Submissions.Bulk;

/// <summary>Files of submissions, whichever format; which one it is, is told by the content.</summary>
internal static class BulkFiles
{
    /// <summary>The format of a file of submissions; null when it is none.</summary>
    public static BulkFormat? FormatOf(string text)
    {
        var bare = text.TrimStart('\uFEFF', ' ', '\n', '\r', '\t');
        if (bare is not ['{' or '[', ..]) return SubmissionCsv.Fits(bare.Split('\n', 2)[0]) ? BulkFormat.Csv : null;
        try
        {
            using var json = JsonDocument.Parse(bare);
            var root = json.RootElement;
            return root.Field("abstracts") is not null ? BulkFormat.Indico
                : root.Text("object") == "paper" || (root.ValueKind == JsonValueKind.Array && root.EnumerateArray().All(p => p.Text("object") is "paper")) ? BulkFormat.HotCrp
                : null;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <exception cref="RuleBrokenException">It is none, or cannot be read.</exception>
    public static IReadOnlyList<BulkSubmission> Read(string text, Conference conference)
    {
        var format = FormatOf(text) ?? throw new RuleBrokenException("file", "This is no file of submissions: give CSV with the columns title, abstract and area, Indico's abstracts.json, or HotCRP's paper JSON.");
        if (format == BulkFormat.Csv) return SubmissionCsv.Read(text);
        using var json = JsonDocument.Parse(text.TrimStart('\uFEFF'));
        try
        {
            return format == BulkFormat.Indico ? IndicoAbstracts.Read(json.RootElement, conference) : HotCrpPapers.Read(json.RootElement, conference);
        }
        catch (InvalidOperationException)
        {
            // JSON can write half a surrogate pair; nothing can store it.
            throw new RuleBrokenException("file", "There is half a character in the file, written as \\ud800 to \\udfff without its other half; it cannot be stored.");
        }
    }

    public static (string Name, string MediaType, byte[] Bytes) Write(BulkFormat format, IReadOnlyList<BulkSubmission> submissions, Conference conference) => format switch
    {
        BulkFormat.Csv => ("submissions.csv", "text/csv; charset=utf-8", SubmissionCsv.Write(submissions)),
        BulkFormat.Indico => ("abstracts.json", "application/json; charset=utf-8", IndicoAbstracts.Write(submissions, conference)),
        BulkFormat.HotCrp => ("papers.json", "application/json; charset=utf-8", HotCrpPapers.Write(submissions)),
        BulkFormat.Xlsx => ("submissions.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Xlsx(submissions)),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    // Guarded as in CSV: the writer takes a text that begins with $= for a formula, and people save workbooks as CSV.
    private static byte[] Xlsx(IReadOnlyList<BulkSubmission> submissions)
    {
        var (columns, rows) = SubmissionCsv.Table(submissions);
        using var stream = new MemoryStream();
        stream.SaveAs(rows.Select(row => columns.Zip(row).ToDictionary(c => c.First, c => (object)SpreadsheetCells.Guard(Programme.Exports.Exporting.Clean(c.Second)))).ToList(),
            sheetName: "Submissions", configuration: new OpenXmlConfiguration { AutoFilter = true });
        return stream.ToArray();
    }
}
