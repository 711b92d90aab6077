using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;

namespace AbstractReview.App.Programme.Imports;

/// <summary>Reads a timetable by what its bytes are: a workbook, frab XML, schedule.json, a CSV table with named columns, or Indico's contribution CSV without.</summary>
internal static class TimetableFile
{
    /// <summary>Events a file may hold.</summary>
    public const int Most = 20_000;

    /// <exception cref="RuleBrokenException">It cannot be read, or an event in it; every error names its place in the file.</exception>
    public static IReadOnlyList<ImportedEvent> Read(byte[] bytes, Conference conference)
    {
        if (bytes.Length == 0) throw Wrong("The file is empty.");
        var errors = new List<FieldError>();
        var events = bytes.AsSpan().StartsWith("PK"u8) ? TableImport.Workbook(bytes, conference, errors)
            : First(bytes) switch
            {
                '<' => FrabImport.Xml(bytes, conference, errors),
                '{' => FrabImport.Json(bytes, conference, errors),
                _ => TableImport.Csv(bytes, conference, errors),
            };
        if (errors.Count > 0) throw new RuleBrokenException(errors.Take(20).ToList());
        if (events.Count == 0) throw Wrong("The file has no events.");
        return events.Count <= Most ? events : throw Wrong($"The file has more than {Most} events.");
    }

    internal static RuleBrokenException Wrong(string words) => new("file", words);

    private static char First(byte[] bytes)
    {
        var text = bytes.AsSpan(bytes.AsSpan().StartsWith("\ufeff"u8) ? 3 : 0).TrimStart(" \r\n\t"u8);
        return text.Length == 0 ? ' ' : (char)text[0];
    }
}
