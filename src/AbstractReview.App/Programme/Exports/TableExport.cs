using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using AbstractReview.Domain.Programmes;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;

namespace AbstractReview.App.Programme.Exports;

/// <summary>The programme as rows: CSV, XLSX, and the badges' list. No cell is taken for a formula: in CSV it is marked as text, in a workbook it is text.</summary>
internal static partial class TableExport
{
    private static readonly string[] Columns = ["Date", "Start", "End", "Starts at", "Room", "Session", "Session title", "Session kind", "Area", "Code", "Kind", "Board", "Title", "Presenter", "Authors", "Affiliations", "Chairs", "Rapporteurs", "Panellists"];

    public static byte[] Csv(ProgrammeView view) => Csv(Columns, Rows(view));

    public static byte[] Xlsx(ProgrammeView view)
    {
        var rows = Rows(view).Select(r => Columns.Zip(r).ToDictionary(c => c.First, c => (object)Exporting.Clean(c.Second))).ToList();
        using var stream = new MemoryStream();
        stream.SaveAs(rows, sheetName: "Programme", configuration: new OpenXmlConfiguration { AutoFilter = true });
        return Repack(stream.ToArray(), view.ReleasedAt);
    }

    /// <summary>A badge for everybody who appears: name, affiliation, country and what they do here.</summary>
    public static byte[] Badges(ProgrammeView view)
        => Csv(["Code", "Given name", "Family name", "Affiliation", "Country", "Duties"], view.People.OrderBy(p => p.FamilyName, StringComparer.Ordinal).ThenBy(p => p.GivenName, StringComparer.Ordinal).ThenBy(p => p.Code, StringComparer.Ordinal)
            .Select(p => new[] { p.Code, p.GivenName, p.FamilyName, p.Affiliation, p.Country, Duties(view, p.Code) }));

    private static string Duties(ProgrammeView view, string person)
    {
        var duties = new List<string>();
        if (view.Sessions.Any(s => s.Chairs.Contains(person))) duties.Add("Chair");
        if (view.Sessions.Any(s => s.Rapporteurs.Contains(person))) duties.Add("Rapporteur");
        if (view.Sessions.Any(s => s.Panellists.Contains(person) || s.Slots.Any(x => x.Kind == SlotKind.Panel && x.Authors.Any(a => a.Person == person && a.Presenting)))) duties.Add("Panellist");
        if (view.Sessions.SelectMany(s => s.Slots).Any(s => s.Kind != SlotKind.Panel && s.Authors.Any(a => a.Person == person && a.Presenting))) duties.Add("Speaker");
        else if (view.Sessions.SelectMany(s => s.Slots).Any(s => s.Authors.Any(a => a.Person == person))) duties.Add("Author");
        return string.Join(", ", duties);
    }

    private static IEnumerable<string[]> Rows(ProgrammeView view)
    {
        foreach (var s in view.InOrder())
        {
            string[] office = [Names(view, s.Chairs), Names(view, s.Rapporteurs), Names(view, s.Panellists)];
            yield return [.. Head(view, s, s.Start, s.End), s.AreaCode ?? "", s.Code, Exporting.Words(s.Kind), "", s.Title, "", "", "", .. office];
            foreach (var x in s.Slots)
                yield return
                [
                    .. Head(view, s, x.Start, x.End), x.AreaCode ?? s.AreaCode ?? "", x.Code, Exporting.Words(x.Kind), x.Board?.ToString(CultureInfo.InvariantCulture) ?? "", x.Title,
                    x.Authors.FirstOrDefault(a => a.Presenting)?.FullName ?? "", Exporting.Names(x.Authors), string.Join("; ", x.Authors.Select(a => a.Affiliation).Distinct()), "", "", "",
                ];
        }
    }

    private static string[] Head(ProgrammeView view, ViewSession s, DateTime start, DateTime end) =>
    [
        start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), start.ToString("HH:mm", CultureInfo.InvariantCulture), end.ToString("HH:mm", CultureInfo.InvariantCulture),
        Exporting.Instant(view, start), view.Room(s.Room).Name, s.Code, s.Title, Exporting.Words(s.Kind),
    ];

    private static string Names(ProgrammeView view, IEnumerable<string> people) => string.Join("; ", people.Select(p => view.Person(p).FullName));

    // UTF-8 with a mark, so that spreadsheets do not guess another encoding.
    private static byte[] Csv(IReadOnlyList<string> columns, IEnumerable<string[]> rows)
    {
        using var stream = new MemoryStream();
        using (var text = new StreamWriter(stream, new UTF8Encoding(true)) { NewLine = "\r\n" })
            foreach (var row in rows.Prepend([.. columns]))
                text.WriteLine(string.Join(',', row.Select(cell => Quoted(Exporting.Cell(cell)))));

        return stream.ToArray();
    }

    // RFC 4180.
    private static string Quoted(string cell) => cell.AsSpan().IndexOfAny(",\"\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    // The writer names its parts by chance and dates them by the clock; both become the release's, so that the same release gives the same bytes.
    private static byte[] Repack(byte[] xlsx, DateTimeOffset at)
    {
        using var source = new ZipArchive(new MemoryStream(xlsx));
        using var stream = new MemoryStream();
        var names = new Dictionary<string, string>();
        using (var target = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var entry in source.Entries.OrderBy(e => e.FullName != "[Content_Types].xml").ThenBy(e => e.FullName, StringComparer.Ordinal))
            {
                using var reader = new StreamReader(entry.Open());
                var text = ChanceName().Replace(reader.ReadToEnd(), m => names.TryGetValue(m.Value, out var known) ? known : names[m.Value] = FormattableString.Invariant($"rId{names.Count + 100}"));
                text = Moment().Replace(text, at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
                var copy = target.CreateEntry(entry.FullName);
                copy.LastWriteTime = new DateTimeOffset(Math.Max(1980, at.UtcDateTime.Year), at.UtcDateTime.Month, at.UtcDateTime.Day, 0, 0, 0, TimeSpan.Zero);
                using var to = copy.Open();
                to.Write(Encoding.UTF8.GetBytes(text));
            }

        return stream.ToArray();
    }

    [GeneratedRegex("\\bR[0-9a-f]{32}\\b")]
    private static partial Regex ChanceName();

    // Only the writer's own stamps carry fractions of a second or a Z; our cells end in an offset.
    [GeneratedRegex("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z")]
    private static partial Regex Moment();
}
