using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using AbstractReview.App.Storage;

namespace AbstractReview.App.Programme.Exports;

/// <summary>schedule.json in the c3voc form.</summary>
internal static class FrabJsonExport
{
    public static byte[] Write(ProgrammeView view)
    {
        var events = FrabEvent.Of(view).ToLookup(e => DateOnly.FromDateTime(e.Start));
        var root = new JsonObject
        {
            ["$schema"] = "https://c3voc.de/schedule/schema.json",
            ["generator"] = new JsonObject { ["name"] = "AbstractReview", ["version"] = "1" },
            ["schedule"] = new JsonObject
            {
                ["version"] = FrabXmlExport.Version(view),
                ["base_url"] = view.Website,
                ["conference"] = new JsonObject
                {
                    ["acronym"] = view.Acronym,
                    ["title"] = Exporting.Clean(view.Title),
                    ["start"] = Iso(view.Days[0]),
                    ["end"] = Iso(view.Days[^1]),
                    ["daysCount"] = view.Days.Count,
                    ["timeslot_duration"] = "00:05",
                    ["time_zone_name"] = view.Zone,
                    ["rooms"] = List(view.Rooms.Select(r => new JsonObject { ["name"] = r.Name, ["slug"] = Exporting.Slug(r.Name), ["guid"] = Exporting.Uuid(view, "room", r.Code).ToString(), ["description"] = string.Join(", ", r.Equipment), ["capacity"] = r.Capacity })),
                    ["tracks"] = List(view.Areas.Select(a => new JsonObject { ["name"] = a.Code, ["slug"] = Exporting.Slug(a.Code), ["color"] = Exporting.Colour(view.Hue(a.Code)) })),
                    ["days"] = List(view.Days.Select((day, i) => Day(view, day, i + 1, [.. events[day]]))),
                },
            },
        };
        return Encoding.UTF8.GetBytes(root.ToJsonString(new(Json.Options) { WriteIndented = true, NewLine = "\n" }));
    }

    private static JsonObject Day(ProgrammeView view, DateOnly day, int index, IReadOnlyList<FrabEvent> events)
    {
        var rooms = new JsonObject();
        foreach (var room in view.Rooms.Where(r => events.Any(e => e.Room == r.Name)))
            rooms[room.Name] = List(events.Where(e => e.Room == room.Name).Select(e => Event(view, e)));
        return new JsonObject
        {
            ["index"] = index,
            ["date"] = Iso(day),
            ["day_start"] = Exporting.Instant(view, events.Count == 0 ? day.ToDateTime(new TimeOnly(9, 0)) : events.Min(e => e.Start)),
            ["day_end"] = Exporting.Instant(view, events.Count == 0 ? day.ToDateTime(new TimeOnly(18, 0)) : events.Max(e => e.End)),
            ["rooms"] = rooms,
        };
    }

    private static JsonObject Event(ProgrammeView view, FrabEvent e) => new()
    {
        ["guid"] = e.Guid.ToString(),
        ["code"] = e.Code,
        ["id"] = e.Id,
        ["date"] = Exporting.Instant(view, e.Start),
        ["start"] = e.Start.ToString("HH:mm", CultureInfo.InvariantCulture),
        ["end"] = Exporting.Instant(view, e.End),
        ["duration"] = Exporting.Duration(view, e.Start, e.End),
        ["room"] = e.Room,
        ["slug"] = e.Slug,
        ["url"] = e.Url,
        ["title"] = e.Title,
        ["subtitle"] = e.Subtitle,
        ["track"] = e.Track,
        ["type"] = e.Type,
        ["language"] = "en",
        ["abstract"] = e.Abstract,
        ["description"] = "",
        ["recording_license"] = "",
        ["do_not_record"] = false,
        ["persons"] = List(e.Persons.Select(p => new JsonObject { ["code"] = p.Code, ["name"] = Exporting.Clean(p.FullName), ["public_name"] = Exporting.Clean(p.FullName), ["biography"] = Exporting.Clean(p.Affiliation), ["guid"] = Exporting.Uuid(view, "person", p.Code).ToString() })),
        ["links"] = new JsonArray(),
        ["attachments"] = new JsonArray(),
    };

    private static JsonArray List(IEnumerable<JsonObject> items) => new([.. items]);

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
