using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AbstractReview.App.Programme.Exports;
using MiniExcelLibs;

namespace AbstractReview.App.Tests.Programme;

public class ExportTests
{
    // A plain day; the night summer time ends in Europe; midnight in a zone east of +12; the gap of spring.
    private static readonly object[] Cases =
    [
        new object[] { "Africa/Casablanca", new DateTime(2019, 10, 1, 9, 0, 0), new DateTime(2019, 10, 1, 10, 30, 0), "2019-10-01T09:00:00+01:00", "01:30" },
        new object[] { "Europe/Vienna", new DateTime(2026, 10, 25, 1, 30, 0), new DateTime(2026, 10, 25, 3, 30, 0), "2026-10-25T01:30:00+02:00", "03:00" },
        new object[] { "Europe/Vienna", new DateTime(2026, 3, 29, 1, 30, 0), new DateTime(2026, 3, 29, 3, 30, 0), "2026-03-29T01:30:00+01:00", "01:00" },
        new object[] { "Pacific/Kiritimati", new DateTime(2026, 11, 3, 23, 0, 0), new DateTime(2026, 11, 4, 0, 30, 0), "2026-11-03T23:00:00+14:00", "01:30" },
        new object[] { "Pacific/Chatham", new DateTime(2026, 9, 27, 1, 45, 0), new DateTime(2026, 9, 27, 4, 45, 0), "2026-09-27T01:45:00+12:45", "02:00" },
    ];

    [TestCaseSource(nameof(Cases))]
    public void Times_are_right_in_every_format_across_summer_time_midnight_and_far_zones(string zone, DateTime start, DateTime end, string instant, string duration)
    {
        var view = TestViews.In(zone, (start, end));
        var length = TimeSpan.ParseExact(duration, "hh\\:mm", CultureInfo.InvariantCulture);

        var xml = XDocument.Parse(Encoding.UTF8.GetString(FrabXmlExport.Write(view))).Descendants("event").First();
        var json = JsonDocument.Parse(FrabJsonExport.Write(view)).RootElement.GetProperty("schedule").GetProperty("conference").GetProperty("days")[0].GetProperty("rooms").GetProperty("Hall A")[0];
        var calendar = new StrictCalendar(CalendarExport.Write(view)).Events[0];

        Assert.That((xml.Element("date")!.Value, xml.Element("duration")!.Value), Is.EqualTo((instant, duration)));
        Assert.That((json.GetProperty("date").GetString(), json.GetProperty("duration").GetString()), Is.EqualTo((instant, duration)));
        Assert.That((calendar.Start, calendar.End - calendar.Start), Is.EqualTo((DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture), length)));
    }

    [Test]
    public void A_calendar_keeps_identifiers_and_raises_the_sequence_of_what_changed()
    {
        var events = new StrictCalendar(CalendarExport.Write(TestViews.In("Europe/Vienna", (new(2026, 11, 3, 9, 0, 0), new(2026, 11, 3, 10, 0, 0))))).Events;

        Assert.That(events.Select(e => (e.Uid, e.Values["SEQUENCE"])), Is.EqualTo(new[] { ("conf-2026-S1@conf.example", "2"), ("conf-2026-AR-1@conf.example", "0") }));
        Assert.That(events[1].Values["SUMMARY"], Is.EqualTo("AR-1 =1+1; a talk, with a very long title that must be folded in a calendar because it is longer than seventy-five octets – naïveté"));
        Assert.That(events[1].Values["DESCRIPTION"], Does.EndWith("One.\nTwo  bell."));
    }

    [TestCase(null, "P2", new[] { "conf-2026-S1@conf.example" })]
    [TestCase(null, "P1", new[] { "conf-2026-AR-1@conf.example" })]
    [TestCase("TA1", null, new[] { "conf-2026-S1@conf.example", "conf-2026-AR-1@conf.example" })]
    public void A_calendar_of_one_area_or_person_holds_only_theirs(string? area, string? person, string[] expected)
    {
        var view = TestViews.In("Europe/Vienna", (new(2026, 11, 3, 9, 0, 0), new(2026, 11, 3, 10, 0, 0)));

        Assert.That(new StrictCalendar(CalendarExport.Write(view, area, person)).Events.Select(e => e.Uid), Is.EqualTo(expected));
    }

    [Test]
    public void Frab_xml_keeps_the_rules_of_its_schema()
    {
        var root = XDocument.Parse(Encoding.UTF8.GetString(FrabXmlExport.Write(TestViews.In("Europe/Vienna", (new(2026, 11, 3, 9, 0, 0), new(2026, 11, 3, 10, 0, 0)), (new(2026, 11, 4, 9, 0, 0), new(2026, 11, 4, 10, 0, 0)))))).Root!;
        var events = root.Descendants("event").ToList();

        Assert.That(root.Elements().Select(e => e.Name.LocalName), Is.EqualTo(new[] { "generator", "version", "conference", "day", "day" }));
        Assert.That(root.Element("conference")!.Element("acronym")!.Value, Does.Match("^[a-z0-9_-]{4,}$"));
        Assert.That(root.Elements("day").Select(d => d.Attribute("index")!.Value), Is.EqualTo(new[] { "1", "2" }));
        foreach (var unique in new[] { "guid", "id", "code" }) Assert.That(events.Select(e => e.Attribute(unique)!.Value), Is.Unique, unique);
        Assert.That(events.Select(e => e.Element("slug")!.Value), Is.Unique.And.All.Match("^[a-z0-9][a-z0-9_-]*$"));
        foreach (var e in events)
        {
            Assert.That(Guid.Parse(e.Attribute("guid")!.Value).Version, Is.EqualTo(5));
            Assert.That(e.Elements().Select(x => x.Name.LocalName), Is.EqualTo(new[] { "room", "title", "subtitle", "type", "date", "start", "duration", "abstract", "slug", "track", "persons", "language", "description", "recording", "links", "attachments", "url" }));
            Assert.That(e.Element("start")!.Value + e.Element("duration")!.Value, Does.Match(@"^\d\d:\d\d\d\d:\d\d$"));
            Assert.That(e.Element("room")!.Value, Is.EqualTo(e.Parent!.Attribute("name")!.Value));
        }
    }

    [Test]
    public void Schedule_json_has_every_required_key()
    {
        var schedule = JsonDocument.Parse(FrabJsonExport.Write(TestViews.In("Europe/Vienna", (new(2026, 11, 3, 9, 0, 0), new(2026, 11, 3, 10, 0, 0))))).RootElement.GetProperty("schedule");
        var conference = schedule.GetProperty("conference");

        Assert.That(conference.EnumerateObject().Select(p => p.Name), Is.SupersetOf(new[] { "title", "acronym", "days", "daysCount", "start", "end", "timeslot_duration", "rooms", "tracks", "time_zone_name" }));
        var e = conference.GetProperty("days")[0].GetProperty("rooms").GetProperty("Hall A")[1];
        Assert.That(e.EnumerateObject().Select(p => p.Name), Is.SupersetOf(new[] { "guid", "code", "date", "duration", "room", "slug", "url", "title", "subtitle", "track", "type", "language", "abstract", "description", "persons", "links", "attachments" }));
        Assert.That(e.GetProperty("persons")[0].GetProperty("name").GetString(), Is.EqualTo("Ana Núñez"));
    }

    [Test]
    public void No_cell_is_taken_for_a_formula()
    {
        var view = TestViews.In("Europe/Vienna", (new(2026, 11, 3, 9, 0, 0), new(2026, 11, 3, 10, 0, 0)));

        var csv = Encoding.UTF8.GetString(TableExport.Csv(view));
        using var xlsx = new MemoryStream(TableExport.Xlsx(view));
        var rows = xlsx.Query(useHeaderRow: true).Cast<IDictionary<string, object>>().ToList();

        Assert.That(csv, Does.StartWith("\ufeffDate,Start,End,").And.Contain("'=1+1; a talk").And.Contain("\"'=HYPERLINK(\"\"x\"\")\""));
        Assert.That(rows.Select(r => r["Code"]), Is.EqualTo(new[] { "S1", "AR-1" }));
        // A workbook has a place of its own for formulas; text that begins with = is text there.
        Assert.That(((string)rows[1]["Title"])[..5], Is.EqualTo("=1+1;"));
        using var zip = new ZipArchive(new MemoryStream(xlsx.ToArray()));
        using var sheet = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        Assert.That(XDocument.Parse(sheet.ReadToEnd()).Descendants().Select(e => e.Name.LocalName), Has.None.EqualTo("f"));
        Assert.That(csv + Encoding.UTF8.GetString(TableExport.Badges(view)), Does.Not.Match("(^|[,\n])[=+@-]"));
    }

    [Test]
    public void No_export_tells_a_mail_address()
    {
        var view = TestViews.In("Europe/Vienna", (new(2026, 11, 3, 9, 0, 0), new(2026, 11, 3, 10, 0, 0)));
        Assert.That(view.People.Select(p => p.Key), Has.All.Contains("@x.example"), "there is something to tell");

        foreach (var bytes in new[] { CalendarExport.Write(view), FrabJsonExport.Write(view), FrabXmlExport.Write(view), TableExport.Csv(view), TableExport.Badges(view), HtmlExport.Write(view), SignExport.Write(view) })
            Assert.That(Encoding.UTF8.GetString(bytes), Does.Not.Contain("@x.example"));
    }

    [Test]
    public void The_page_to_print_needs_nothing_else_and_escapes_what_was_typed()
    {
        var html = Encoding.UTF8.GetString(HtmlExport.Write(TestViews.In("Europe/Vienna", (new(2026, 11, 3, 9, 0, 0), new(2026, 11, 3, 10, 0, 0)))));

        Assert.That(html, Does.Contain("<title>Programme – A; conference, with “marks” &amp; signs</title>"));
        Assert.That(Regex.IsMatch(html, "<script|src=|<link"), Is.False);
    }
}
