using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;

namespace AbstractReview.App.Programme.Imports;

/// <summary>frab's schedule.xml and c3voc's schedule.json, in today's form (<c>date</c> with offset, <c>end</c>) and in the older one (day, <c>start</c>, <c>duration</c>).</summary>
internal static class FrabImport
{
    /// <exception cref="RuleBrokenException">It is no XML, or no schedule.</exception>
    public static List<ImportedEvent> Xml(byte[] bytes, Conference conference, List<FieldError> errors)
    {
        XElement root;
        try
        {
            // No document type: an entity could read files or grow without end.
            using var reader = XmlReader.Create(new MemoryStream(bytes), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            root = XDocument.Load(reader, LoadOptions.SetLineInfo).Root!;
        }
        catch (XmlException wrong)
        {
            throw TimetableFile.Wrong($"This XML cannot be read: {wrong.Message}");
        }

        if (root.Name.LocalName != "schedule") throw TimetableFile.Wrong($"A frab timetable begins with <schedule>, not with <{root.Name.LocalName}>.");
        var events = new List<ImportedEvent>();
        foreach (var day in root.Elements("day"))
            foreach (var room in day.Elements("room"))
                foreach (var e in room.Elements("event"))
                    Add(events, errors, conference, $"line {((IXmlLineInfo)e).LineNumber}", new Fields(
                        (string?)e.Attribute("code"), (string?)e.Attribute("guid"), (string?)e.Element("title"), (string?)day.Attribute("date"),
                        (string?)e.Element("date"), (string?)e.Element("start"), (string?)e.Element("duration"), (string?)e.Element("end"), (string?)e.Element("room") ?? (string?)room.Attribute("name")));
        return events;
    }

    /// <exception cref="RuleBrokenException">It is no JSON, or no schedule.</exception>
    public static List<ImportedEvent> Json(byte[] bytes, Conference conference, List<FieldError> errors)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes.AsMemory(bytes.AsSpan().StartsWith("\ufeff"u8) ? 3 : 0), new JsonDocumentOptions { MaxDepth = 32 });
            var events = new List<ImportedEvent>();
            foreach (var day in document.RootElement.GetProperty("schedule").GetProperty("conference").GetProperty("days").EnumerateArray())
                foreach (var room in day.GetProperty("rooms").EnumerateObject())
                    foreach (var e in room.Value.EnumerateArray())
                        Add(events, errors, conference, $"“{Text(e, "title")}”", new Fields(
                            Text(e, "code"), Text(e, "guid"), Text(e, "title"), Text(day, "date"), Text(e, "date"), Text(e, "start"), Text(e, "duration"), Text(e, "end"), Text(e, "room") ?? room.Name));
            return events;
        }
        catch (JsonException wrong)
        {
            throw TimetableFile.Wrong($"This JSON cannot be read: line {wrong.LineNumber + 1}.");
        }
        catch (Exception wrong) when (wrong is KeyNotFoundException or InvalidOperationException)
        {
            throw TimetableFile.Wrong("This JSON is no timetable: it needs schedule.conference.days, each with its rooms, each with a list of events.");
        }
    }

    private static string? Text(JsonElement e, string name) => e.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static void Add(List<ImportedEvent> events, List<FieldError> errors, Conference conference, string where, Fields f)
    {
        var start = Moments.Instant(f.Date ?? "", conference)
            ?? (Moments.Date(f.Day ?? "") is { } day && Moments.Time(f.Start ?? "") is { } time ? day.ToDateTime(time) : null);
        if (start is not { } from)
        {
            errors.Add(new("file", $"{where}: the event has neither a date such as 2019-10-01T09:00:00+01:00 nor a start such as 09:00."));
            return;
        }

        var end = Moments.Instant(f.End ?? "", conference) ?? (Moments.Duration(f.Duration ?? "") is { } length ? Moments.End(from, length, conference) : null);
        if (end is not { } to || to <= from && conference.At(to) <= conference.At(from))
        {
            errors.Add(new("file", $"{where}: the event has no duration such as 00:15."));
            return;
        }

        events.Add(new ImportedEvent
        {
            Where = where, Code = f.Code?.Trim() ?? "", Guid = Guid.TryParse(f.Guid, out var guid) ? guid : null, Title = f.Title?.Trim() ?? "", Start = from, End = to, Room = f.Room?.Trim() ?? "",
        });
    }

    private sealed record Fields(string? Code, string? Guid, string? Title, string? Day, string? Date, string? Start, string? Duration, string? End, string? Room);
}
