using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Matching.Files;
using MiniExcelLibs;

namespace AbstractReview.App.Programme.Imports;

/// <summary>
/// Tables: a workbook or a CSV file whose first row names its columns (ours, or any that has a code or a title, a start, and an end or
/// a duration), and Indico's contribution CSV, which has no such row: start, minutes, title, first name, last name, affiliation, address.
/// </summary>
internal static class TableImport
{
    // An honest timetable of this size does not exist; a compressed bomb does.
    private const long MostUnpacked = 100 * 1024 * 1024;

    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["code"] = "code", ["id"] = "code", ["submission"] = "code", ["title"] = "title", ["date"] = "date", ["day"] = "date", ["start"] = "start", ["end"] = "end", ["starts at"] = "instant", ["start_dt"] = "instant",
        ["duration"] = "duration", ["minutes"] = "duration", ["room"] = "room", ["location"] = "room", ["session"] = "session", ["board"] = "board",
    };

    /// <exception cref="RuleBrokenException">It is no CSV, or its columns say too little.</exception>
    public static List<ImportedEvent> Csv(byte[] bytes, Conference conference, List<FieldError> errors)
    {
        var rows = new List<(string Where, string[] Cells)>();
        try
        {
            using var csv = new CsvReader(new StreamReader(new MemoryStream(bytes), new UTF8Encoding(false, true)), "file");
            while (csv.Read()) rows.Add(($"line {csv.Line}", Enumerable.Range(0, csv.Count).Select(i => csv[i].ToString()).ToArray()));
        }
        catch (RefusedFileException wrong)
        {
            throw TimetableFile.Wrong($"This file is neither a workbook, nor frab XML or JSON, nor CSV: {wrong.Message}");
        }

        if (rows.Count > 0 && Moments.Instant(rows[0].Cells[0], conference) is not null) return Indico(rows, conference, errors);
        return Table(rows, conference, errors);
    }

    /// <exception cref="RuleBrokenException">It is no workbook, or its columns say too little.</exception>
    public static List<ImportedEvent> Workbook(byte[] bytes, Conference conference, List<FieldError> errors)
    {
        List<(string, string[])> rows;
        try
        {
            using (var zip = new ZipArchive(new MemoryStream(bytes)))
                if (zip.Entries.Sum(e => e.Length) > MostUnpacked) throw TimetableFile.Wrong("The workbook is too large.");
            using var stream = new MemoryStream(bytes);
            rows = stream.Query(useHeaderRow: false).Cast<IDictionary<string, object?>>().Take(TimetableFile.Most + 2).Select((r, i) => (FormattableString.Invariant($"row {i + 1}"), r.Values.Select(Cell).ToArray())).ToList();
        }
        catch (Exception wrong) when (wrong is InvalidDataException or XmlException or IOException or InvalidOperationException or KeyNotFoundException or NullReferenceException or FormatException or ArgumentException)
        {
            throw TimetableFile.Wrong("This workbook cannot be read.");
        }

        return Table(rows.Where(r => r.Item2.Any(c => c != "")).ToList(), conference, errors);
    }

    private static string Cell(object? value) => value switch
    {
        null => "",
        DateTime at => at.TimeOfDay == TimeSpan.Zero ? at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : at.Year < 1901 ? at.ToString("HH:mm", CultureInfo.InvariantCulture) : at.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture),
        TimeSpan time => time.ToString("hh\\:mm", CultureInfo.InvariantCulture),
        // A time of day is a fraction of a day in a cell that lost its format.
        double part and > 0 and < 1 => TimeSpan.FromMinutes(Math.Round(part * 1440)).ToString("hh\\:mm", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static List<ImportedEvent> Indico(List<(string Where, string[] Cells)> rows, Conference conference, List<FieldError> errors)
    {
        var events = new List<ImportedEvent>();
        foreach (var (where, cells) in rows)
        {
            if (cells.Length < 3) errors.Add(new("file", $"{where}: Indico's contribution CSV has start, minutes and title in each line."));
            else if (Moments.Instant(cells[0], conference) is not { } start) errors.Add(new("file", $"{where}: “{cells[0]}” is no start such as 2019-10-01T09:00."));
            else if (Moments.Duration(cells[1]) is not { } length || length <= TimeSpan.Zero) errors.Add(new("file", $"{where}: “{cells[1]}” is no length in minutes."));
            else events.Add(new ImportedEvent { Where = where, Title = Text(cells[2]), Start = start, End = Moments.End(start, length, conference) });
        }

        return events;
    }

    private static List<ImportedEvent> Table(List<(string Where, string[] Cells)> rows, Conference conference, List<FieldError> errors)
    {
        if (rows.Count == 0) return [];
        var columns = new Dictionary<string, int>();
        foreach (var (i, name) in rows[0].Cells.Index())
            if (Names.TryGetValue(name.Trim(), out var known)) columns.TryAdd(known, i);
        if (!(columns.ContainsKey("code") || columns.ContainsKey("title")) || !(columns.ContainsKey("instant") || (columns.ContainsKey("date") && columns.ContainsKey("start"))) || !(columns.ContainsKey("end") || columns.ContainsKey("duration")))
            throw TimetableFile.Wrong("The first row must name the columns: Code or Title; Date and Start, or Starts at; End or Duration; and, where known, Room, Session and Board.");
        var events = new List<ImportedEvent>();
        foreach (var (where, cells) in rows.Skip(1)) Row(where, name => columns.TryGetValue(name, out var i) && i < cells.Length ? cells[i].Trim() : "", events, conference, errors);
        return events;
    }

    private static void Row(string where, Func<string, string> cell, List<ImportedEvent> events, Conference conference, List<FieldError> errors)
    {
        // A row that names nothing or has no time yet is not placed.
        if (cell("code") == "" && cell("title") == "" || cell("start") == "" && cell("instant") == "") return;
        // Date and start are what people change by hand; the full moment beside them follows only where they are missing.
        var start = (Moments.Date(cell("date")) is { } date && Moments.Time(cell("start")) is { } time ? date.ToDateTime(time) : (DateTime?)null) ?? Moments.Instant(cell("start"), conference) ?? Moments.Instant(cell("instant"), conference);
        if (start is not { } from)
        {
            errors.Add(new("file", $"{where}: “{cell("date")} {cell("start")}” is no date and time such as 2019-10-01 and 09:00."));
            return;
        }

        var end = Moments.Time(cell("end")) is { } until ? DateOnly.FromDateTime(from).ToDateTime(until) : Moments.Instant(cell("end"), conference) ?? (Moments.Duration(cell("duration")) is { } length ? Moments.End(from, length, conference) : null);
        if (end is { } early && early <= from && conference.At(early) <= conference.At(from)) end = early.AddDays(1);
        if (end is not { } to) errors.Add(new("file", $"{where}: “{cell("end")}” is no end such as 09:15."));
        else events.Add(new ImportedEvent { Where = where, Code = Text(cell("code")), Title = Text(cell("title")), Start = from, End = to, Room = Text(cell("room")), Session = Text(cell("session")), Board = int.TryParse(cell("board"), NumberStyles.None, CultureInfo.InvariantCulture, out var board) ? board : null });
    }

    // Without the apostrophe that our own tables put before what a spreadsheet would take for a formula.
    private static string Text(string cell) => cell.Length > 1 && cell[0] == '\'' && cell[1] is '=' or '+' or '-' or '@' ? cell[1..] : cell.Trim();
}
