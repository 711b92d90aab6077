using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace AbstractReview.App.Programme.Exports;

/// <summary>The frab (pentabarf) schedule.xml that conference apps and screens read.</summary>
internal static class FrabXmlExport
{
    public static byte[] Write(ProgrammeView view)
    {
        var events = FrabEvent.Of(view).ToLookup(e => DateOnly.FromDateTime(e.Start));
        var days = view.Days.Select((day, i) => Day(view, day, i + 1, events[day]));
        var root = new XElement("schedule",
            new XElement("generator", new XAttribute("name", "AbstractReview"), new XAttribute("version", "1")),
            new XElement("version", Version(view)),
            Conference(view),
            days);
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" }))
            new XDocument(root).Save(writer);
        return stream.ToArray();
    }

    internal static string Version(ProgrammeView view) => string.Create(CultureInfo.InvariantCulture, $"Release {view.Number}");

    private static XElement Conference(ProgrammeView view) => new("conference",
        new XElement("title", Exporting.Clean(view.Title)),
        new XElement("acronym", view.Acronym),
        new XElement("start", Iso(view.Days[0])),
        new XElement("end", Iso(view.Days[^1])),
        new XElement("days", view.Days.Count),
        new XElement("timeslot_duration", "00:05"),
        new XElement("base_url", view.Website),
        new XElement("time_zone_name", view.Zone),
        view.Areas.Select(a => new XElement("track", new XAttribute("name", a.Code), new XAttribute("slug", Exporting.Slug(a.Code)), new XAttribute("color", Exporting.Colour(view.Hue(a.Code))))));

    private static XElement Day(ProgrammeView view, DateOnly date, int index, IEnumerable<FrabEvent> events)
    {
        var list = events.ToList();
        var start = list.Count == 0 ? date.ToDateTime(new TimeOnly(9, 0)) : list.Min(e => e.Start);
        var end = list.Count == 0 ? date.ToDateTime(new TimeOnly(18, 0)) : list.Max(e => e.End);
        var byRoom = list.ToLookup(e => e.Room);
        return new XElement("day", new XAttribute("index", index), new XAttribute("date", Iso(date)),
            new XAttribute("start", Exporting.Instant(view, start)), new XAttribute("end", Exporting.Instant(view, end)),
            view.Rooms.Where(r => byRoom[r.Name].Any()).Select(r => new XElement("room", new XAttribute("name", r.Name), new XAttribute("guid", Exporting.Uuid(view, "room", r.Code)),
                byRoom[r.Name].Select(e => Event(view, e)))));
    }

    private static XElement Event(ProgrammeView view, FrabEvent e) => new("event", new XAttribute("guid", e.Guid), new XAttribute("id", e.Id), new XAttribute("code", e.Code),
        new XElement("room", e.Room),
        new XElement("title", e.Title),
        new XElement("subtitle", e.Subtitle),
        new XElement("type", e.Type),
        new XElement("date", Exporting.Instant(view, e.Start)),
        new XElement("start", e.Start.ToString("HH:mm", CultureInfo.InvariantCulture)),
        new XElement("duration", Exporting.Duration(view, e.Start, e.End)),
        new XElement("abstract", e.Abstract),
        new XElement("slug", e.Slug),
        new XElement("track", e.Track ?? ""),
        new XElement("persons", e.Persons.Select(p => new XElement("person", new XAttribute("id", p.Code[1..]), new XAttribute("guid", Exporting.Uuid(view, "person", p.Code)), Exporting.Clean(p.FullName)))),
        new XElement("language", "en"),
        new XElement("description", ""),
        new XElement("recording", new XElement("license", ""), new XElement("optout", "false")),
        new XElement("links"),
        new XElement("attachments"),
        new XElement("url", e.Url));

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
