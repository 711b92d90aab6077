using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AbstractReview.App.Tests.Programme;

/// <summary>A strict reader of iCalendar (RFC 5545), written apart from the library that writes: CRLF, folding at 75 octets, balanced components, offsets from the VTIMEZONE alone.</summary>
internal sealed partial class StrictCalendar
{
    public sealed record Event(IReadOnlyDictionary<string, string> Values, DateTimeOffset Start, DateTimeOffset End)
    {
        public string Uid => Values["UID"];
    }

    public IReadOnlyList<Event> Events { get; }

    public StrictCalendar(byte[] bytes)
    {
        var text = new UTF8Encoding(false, true).GetString(bytes);
        Assert.That(text.Replace("\r\n", "", StringComparison.Ordinal), Does.Not.Contain("\n").And.Not.Contain("\r"), "every line ends in CRLF");
        Assert.That(text.Split("\r\n").Where(l => Encoding.UTF8.GetByteCount(l) > 75), Is.Empty, "no line above 75 octets");
        var lines = text.Replace("\r\n ", "", StringComparison.Ordinal).Replace("\r\n\t", "", StringComparison.Ordinal).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var open = new Stack<string>();
        var rules = new List<(DateTime From, TimeSpan Before, TimeSpan After)>();
        var pending = new List<Dictionary<string, (string Parameters, string Value)>>();
        var values = new Stack<Dictionary<string, (string, string)>>();
        foreach (var line in lines)
        {
            var match = Line().Match(line);
            Assert.That(match.Success, Is.True, line);
            var (name, value) = (match.Groups[1].Value, match.Groups[3].Value);
            if (name == "BEGIN") { open.Push(value); values.Push([]); continue; }
            if (name != "END") { values.Peek().Add(name, (match.Groups[2].Value, value)); continue; }
            Assert.That(open.Pop(), Is.EqualTo(value), "components nest");
            var done = values.Pop();
            if (value == "VEVENT") pending.Add(done);
            if (value is "STANDARD" or "DAYLIGHT") rules.Add((Local(done["DTSTART"].Item2), Offset(done["TZOFFSETFROM"].Item2), Offset(done["TZOFFSETTO"].Item2)));
            if (value == "VCALENDAR") Assert.That((done["VERSION"].Item2, done.ContainsKey("PRODID")), Is.EqualTo(("2.0", true)));
        }

        Assert.That(open, Is.Empty);
        Events = pending.Select(p => new Event(p.ToDictionary(x => x.Key, x => Unescape(x.Value.Value)), Instant(p["DTSTART"], rules), Instant(p["DTEND"], rules))).ToList();
        Assert.That(Events.Select(e => e.Uid), Is.Unique);
        foreach (var e in Events) Assert.That(e.Values.Keys, Is.SupersetOf(new[] { "UID", "DTSTAMP", "SUMMARY", "SEQUENCE", "LOCATION" }));
    }

    // The offset of a local time is that of the last rule that began at or before it.
    private static DateTimeOffset Instant((string Parameters, string Value) at, List<(DateTime From, TimeSpan Before, TimeSpan After)> rules)
    {
        Assert.That(at.Parameters, Does.Contain("TZID="));
        var local = Local(at.Value);
        return new DateTimeOffset(local, rules.Where(r => r.From <= local).OrderBy(r => r.From).Last().After);
    }

    private static DateTime Local(string value) => DateTime.ParseExact(value, "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);

    private static TimeSpan Offset(string value) => TimeSpan.ParseExact(value[1..], value.Length == 5 ? "hhmm" : "hhmmss", CultureInfo.InvariantCulture) * (value[0] == '-' ? -1 : 1);

    private static string Unescape(string value) => Escaped().Replace(value, m => m.Groups[1].Value is "n" or "N" ? "\n" : m.Groups[1].Value);

    [GeneratedRegex(@"^([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:""[^""]*""|[^;:""]*))*):(.*)$", RegexOptions.Singleline)]
    private static partial Regex Line();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escaped();
}
