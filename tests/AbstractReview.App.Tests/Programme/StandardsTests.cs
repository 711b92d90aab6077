using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using AbstractReview.App.Programme;
using AbstractReview.App.Programme.Exports;
using AbstractReview.Domain;
using AbstractReview.Typesetting;
using MiniExcelLibs;
using UglyToad.PdfPig;

namespace AbstractReview.App.Tests.Programme;

/// <summary>Every export against rules and readers that are not ours: xmllint, python3-jsonschema, python3-icalendar, the zip and XML rules of a workbook.</summary>
public class StandardsTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "AbstractReview.App.Tests", "Programme", "Standards");

    // A plain day; the night summer time ends; the gap of spring; midnight in a zone east of +12; a zone with 45 minutes, on its night.
    private static readonly object[] Cases =
    [
        new object[] { "Africa/Casablanca", new DateTime(2019, 10, 1, 9, 0, 0), new DateTime(2019, 10, 1, 10, 30, 0), "2019-10-01T08:00:00+00:00", "2019-10-01T09:30:00+00:00" },
        new object[] { "Europe/Vienna", new DateTime(2026, 10, 25, 1, 30, 0), new DateTime(2026, 10, 25, 3, 30, 0), "2026-10-24T23:30:00+00:00", "2026-10-25T02:30:00+00:00" },
        new object[] { "Europe/Vienna", new DateTime(2026, 3, 29, 1, 30, 0), new DateTime(2026, 3, 29, 3, 30, 0), "2026-03-29T00:30:00+00:00", "2026-03-29T01:30:00+00:00" },
        new object[] { "Pacific/Kiritimati", new DateTime(2026, 11, 3, 23, 0, 0), new DateTime(2026, 11, 4, 0, 30, 0), "2026-11-03T09:00:00+00:00", "2026-11-03T10:30:00+00:00" },
        new object[] { "Pacific/Chatham", new DateTime(2026, 9, 27, 1, 45, 0), new DateTime(2026, 9, 27, 4, 45, 0), "2026-09-26T13:00:00+00:00", "2026-09-26T15:00:00+00:00" },
    ];

    [TestCaseSource(nameof(Cases))]
    public void Other_readers_find_the_right_instants(string zone, DateTime start, DateTime end, string from, string to)
    {
        var view = TestViews.In(zone, (start, end));

        var read = JsonDocument.Parse(Run("/usr/bin/python3", [Path.Combine(Folder, "check.py"), "calendar"], CalendarExport.Write(view)).Output).RootElement;
        Assert.That(read.GetProperty("errors").GetArrayLength(), Is.Zero);
        foreach (var e in read.GetProperty("events").EnumerateArray())
            Assert.That((e.GetProperty("start").GetString(), e.GetProperty("end").GetString(), e.GetProperty("zone").GetString()), Is.EqualTo((from, to, zone)));
        Assert.That(read.GetProperty("zones").GetProperty(zone).EnumerateArray().Select(s => s.GetDouble()), Is.All.EqualTo((start - DateTimeOffset.Parse(from, CultureInfo.InvariantCulture).UtcDateTime).TotalSeconds), "the file's own VTIMEZONE says so");

        Assert.That(Xsd(FrabXmlExport.Write(view)), Is.EqualTo((0, "- validates\n")));
        Assert.That(Schema(FrabJsonExport.Write(view)), Is.Empty);
        // The table's and the signs' moments carry their offset.
        var signs = XDocument.Parse(Encoding.UTF8.GetString(SignExport.Write(view))).Descendants("session").First();
        Assert.That((Utc(signs.Attribute("start")!.Value), Utc(signs.Attribute("end")!.Value)), Is.EqualTo((from, to)));
        Assert.That(Utc(Encoding.UTF8.GetString(TableExport.Csv(view)).Split("\r\n")[1].Split(',')[3]), Is.EqualTo(from));
        using var workbook = new MemoryStream(TableExport.Xlsx(view));
        Assert.That(workbook.Query(useHeaderRow: true).Cast<IDictionary<string, object>>().Select(r => (Utc((string)r["Starts at"]), r["Start"], r["End"])), Is.All.EqualTo((from, $"{start:HH:mm}", $"{end:HH:mm}")));
        using var pdf = PdfDocument.Open(new ProgrammePdf(FontLibrary.FromSystem()).Programme(view));
        Assert.That(string.Concat(pdf.GetPages().Select(p => p.Text)), Does.Contain($"{start:HH:mm}–{end:HH:mm}"));
        Assert.That(Encoding.UTF8.GetString(HtmlExport.Write(view)), Does.Contain($"<time datetime=\"{signs.Attribute("start")!.Value}\">{start:HH:mm}</time>"));
    }

    [Test]
    public async Task A_whole_release_keeps_the_rules_of_every_form()
    {
        await using var conf = await TestConference.Open();
        var chair = await conf.Person(Role.Chair);
        await conf.AcceptSamples();
        await conf.Propose(chair);
        await conf.Send(new ReleaseProgramme(chair));

        Assert.That(Xsd(await Export(ProgrammeFormat.Xml)), Is.EqualTo((0, "- validates\n")));
        Assert.That(Schema(await Export(ProgrammeFormat.Json)), Is.Empty);
        var calendar = JsonDocument.Parse(Run("/usr/bin/python3", [Path.Combine(Folder, "check.py"), "calendar"], await Export(ProgrammeFormat.Ics)).Output).RootElement;
        var release = await conf.Send(new ReadRelease(null, Actor.Visitor));
        Assert.That(calendar.GetProperty("events").GetArrayLength(), Is.EqualTo(release.Programme.Sessions.Sum(s => 1 + s.Slots.Count)));
        Assert.That(Xsd(await Export(ProgrammeFormat.Signs), "signs.xsd"), Is.EqualTo((0, "- validates\n")));
        Page(await Export(ProgrammeFormat.Html));
        Workbook(await Export(ProgrammeFormat.Xlsx));
        foreach (var pdf in new[] { ProgrammeFormat.Pdf, ProgrammeFormat.ChairSheets, ProgrammeFormat.PanelCards })
        {
            var file = Path.Combine(conf.Folder.Root, $"{pdf}.pdf");
            await File.WriteAllBytesAsync(file, await Export(pdf));
            Assert.That(Run("qpdf", ["--check", file], []).Code, Is.Zero, $"{pdf}");
        }

        async Task<byte[]> Export(ProgrammeFormat format) => (await conf.Send(new ExportProgramme(format, chair))).Bytes;
    }

    [Test]
    public void The_rules_refuse_what_breaks_them()
    {
        var view = TestViews.In("Europe/Vienna", (new(2026, 11, 3, 9, 0, 0), new(2026, 11, 3, 10, 0, 0)));
        var xml = Encoding.UTF8.GetString(FrabXmlExport.Write(view));
        var json = Encoding.UTF8.GetString(FrabJsonExport.Write(view));

        Assert.That(Xsd(Encoding.UTF8.GetBytes(xml.Replace("code=\"AR-1\"", "code=\"S1\"", StringComparison.Ordinal))).Code, Is.Not.Zero, "codes are unique");
        Assert.That(Xsd(Encoding.UTF8.GetBytes(xml.Replace("+01:00", "", StringComparison.Ordinal))).Code, Is.Not.Zero, "moments have offsets");
        Assert.That(Schema(Encoding.UTF8.GetBytes(json.Replace("\"daysCount\"", "\"days_count\"", StringComparison.Ordinal))), Is.Not.Empty);
        var signs = Encoding.UTF8.GetString(SignExport.Write(view));
        Assert.That(Xsd(Encoding.UTF8.GetBytes(signs), "signs.xsd").Code, Is.Zero);
        Assert.That(Xsd(Encoding.UTF8.GetBytes(signs.Replace("+01:00", "", StringComparison.Ordinal)), "signs.xsd").Code, Is.Not.Zero, "moments have offsets");
    }

    // Well-formed, every name used once, and every link within it leads somewhere.
    private static void Page(byte[] bytes)
    {
        using var reader = XmlReader.Create(new MemoryStream(bytes), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        var elements = XDocument.Load(reader).Descendants().ToList();
        var names = elements.Attributes("id").Select(a => a.Value).ToList();
        Assert.That(names, Is.Unique);
        Assert.That(elements.Attributes("href").Select(a => a.Value.TrimStart('#')).Except(names), Is.Empty);
    }

    // Each part is XML, each part is declared, each relation leads to a part, and the sheet's rows and cells count up.
    private static void Workbook(byte[] bytes)
    {
        using var zip = new ZipArchive(new MemoryStream(bytes));
        Dictionary<string, XDocument> parts = [];
        foreach (var entry in zip.Entries)
        {
            using var stream = entry.Open();
            parts["/" + entry.FullName] = XDocument.Load(stream);
        }

        var types = parts["/[Content_Types].xml"].Root!.Elements();
        var (overrides, defaults) = (types.Attributes("PartName").Select(a => a.Value).ToHashSet(), types.Attributes("Extension").Select(a => a.Value).ToHashSet());
        Assert.That(overrides.Except(parts.Keys), Is.Empty, "what is declared is there");
        Assert.That(parts.Keys.Where(p => p != "/[Content_Types].xml" && !overrides.Contains(p) && !defaults.Contains(Path.GetExtension(p)[1..])), Is.Empty, "what is there is declared");
        foreach (var (name, relations) in parts.Where(p => p.Key.EndsWith(".rels", StringComparison.Ordinal)))
            foreach (var target in relations.Root!.Elements().Where(r => (string?)r.Attribute("TargetMode") != "External").Select(r => r.Attribute("Target")!.Value))
                Assert.That(parts.Keys, Does.Contain(target.StartsWith('/') ? target : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(name))!, target))));
        var rows = parts["/xl/worksheets/sheet1.xml"].Descendants().Where(e => e.Name.LocalName == "row").ToList();
        Assert.That(rows.Select(r => (int)r.Attribute("r")!), Is.EqualTo(Enumerable.Range(1, rows.Count)));
        Assert.That(rows.SelectMany(r => r.Elements().Select((c, i) => (string)c.Attribute("r")! == $"{(char)('A' + i)}{(int)r.Attribute("r")!}")), Has.All.True);
    }

    private static (int Code, string Output) Xsd(byte[] xml, string rules = "frab.xsd") => Run("xmllint", ["--noout", "--nonet", "--schema", Path.Combine(Folder, rules), "-"], xml);

    private static string Schema(byte[] json) => Run("/usr/bin/python3", [Path.Combine(Folder, "check.py"), "schema", Path.Combine(Folder, "schedule.schema.json")], json).Output;

    private static string Utc(string moment) => DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture).ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

    private static (int Code, string Output) Run(string program, string[] arguments, byte[] input)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        // Both are drained while the input is written, or a full pipe would stop both sides.
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using (var stdin = process.StandardInput.BaseStream) stdin.Write(input);
        process.WaitForExit();
        return (process.ExitCode, output.Result + error.Result);
    }
}
