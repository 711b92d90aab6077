using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace AbstractReview.App.Programme.Exports;

/// <summary>XML for the signs at the doors: a room at a time, each day's sessions with their talks.</summary>
internal static class SignExport
{
    public static byte[] Write(ProgrammeView view)
    {
        var root = new XElement("signs", new XAttribute("conference", view.Acronym), new XAttribute("release", view.Number), new XAttribute("zone", view.Zone),
            view.Rooms.Select(r => new XElement("room", new XAttribute("code", r.Code), new XAttribute("name", r.Name), new XAttribute("capacity", r.Capacity),
                view.Days.Select(d => new XElement("day", new XAttribute("date", d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                    view.On(d).Where(s => s.Room == r.Code).Select(s => Session(view, s)))))));
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" }))
            new XDocument(root).Save(writer);
        return stream.ToArray();
    }

    private static XElement Session(ProgrammeView view, ViewSession s) => new("session", new XAttribute("code", s.Code), new XAttribute("start", Exporting.Instant(view, s.Start)), new XAttribute("end", Exporting.Instant(view, s.End)),
        s.AreaCode is { } area ? new XAttribute("area", area) : null,
        new XElement("title", Exporting.Clean(s.Title)),
        s.Chairs.Select(p => new XElement("chair", Exporting.Clean(view.Person(p).FullName))),
        s.Slots.Select(x => new XElement("slot", new XAttribute("code", x.Code), new XAttribute("start", Exporting.Instant(view, x.Start)), new XAttribute("end", Exporting.Instant(view, x.End)),
            x.Board is { } board ? new XAttribute("board", board) : null,
            new XElement("title", Exporting.Clean(x.Title)),
            x.Authors.Where(a => a.Presenting).Select(a => new XElement("speaker", Exporting.Clean(a.FullName))))));
}
