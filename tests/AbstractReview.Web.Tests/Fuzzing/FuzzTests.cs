using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using AbstractReview.Web.Tests.Access;
using AbstractReview.Web.Tests.Storage;
using Microsoft.Extensions.Logging;

namespace AbstractReview.Web.Tests.Fuzzing;

/// <summary>
/// Requests that no program of ours would send, over a real connection, to every door the application lists. <c>ABSTRACTREVIEW_FUZZ</c> says
/// how many (1,500 unless told), <c>ABSTRACTREVIEW_FUZZ_SEED</c> which; the same seed makes the same requests.
/// </summary>
public sealed partial class FuzzTests
{
    private static readonly int Count = Setting("ABSTRACTREVIEW_FUZZ", 1_500);
    private static readonly int Seed = Setting("ABSTRACTREVIEW_FUZZ_SEED", 2019);

    private static readonly string[] Reading = ["AuditEntry", "Counter", "IdentityReading"];

    [Test]
    public async Task Whatever_is_sent_nothing_breaks_nothing_is_told_and_nothing_is_changed_without_right()
    {
        await using var matrix = await MatrixSite.Open();
        var broken = new ConcurrentQueue<string>();
        var sent = new SentTexts();
        await using var node = await matrix.Site.Listen(builder =>
        {
            sent.Listen(builder, matrix.Site.Folder);
            builder.Logging.ClearProviders().AddProvider(new Broken(broken));
        });
        var address = new Uri(node.Urls.Single());
        var doors = await Door.All(matrix.Site.Services);
        using var http = new HttpClient { BaseAddress = address };
        var shapes = await Shapes.Of(matrix.Site.Services, await http.GetStringAsync("/openapi/v1.json"));
        using var contents = new TableContents(matrix.Site.Folder.Database);
        var (before, version, faults, statuses) = (contents.Hashes(), contents.Version, new List<string>(), new SortedDictionary<int, int>());
        for (var i = 0; i < Count; i++)
        {
            var request = FuzzRequest.Make(new Random(unchecked((Seed * 1_000_003) + i)), doors, shapes, matrix);
            var answer = await RawHttp.Send(address, request.Bytes, request.HangsUp, TimeSpan.FromSeconds(request.Words.Contains("/events", StringComparison.Ordinal) ? 1 : 60));
            statuses[answer.Status] = statuses.GetValueOrDefault(answer.Status) + 1;
            var changed = contents.Version != version ? Changed(before, contents.Hashes()) : [];
            if (Fault(request, answer, changed, matrix.Site.Folder.Root) is { } fault) faults.Add($"{i}: {Short(request.Words)}: {fault} {Short(broken.LastOrDefault() ?? "")}");
            broken.Clear();
            if (contents.Version == version) continue;
            matrix.PutBack();
            version = contents.Version;
        }

        TestContext.Out.WriteLine($"seed {Seed}, {doors.Count} doors: {string.Join(", ", statuses.Select(s => $"{s.Key}: {s.Value}"))}");
        Assert.That(faults, Is.Empty, $"{faults.Count} of {Count}");
        Assert.That(statuses.Keys.Where(s => s is >= 200 and < 300).Sum(s => statuses[s]), Is.GreaterThan(Count / 20), "some get through");
        Assert.That(sent.Texts, Has.Count.GreaterThan(Count >= 1_000 ? 100 : 20));
        Assert.That(sent.Faults(), Is.Empty, "whatever was composed for a filter or an order, SQL Server takes it");
    }

    private static string? Fault(FuzzRequest request, RawAnswer answer, List<string> changed, string folder)
        => answer.Status >= 500 ? $"answered {answer.Status}"
            : Telling().Match(answer.Headers + answer.Body) is { Success: true } told ? $"tells “{told.Value}”"
            : answer.Body.Contains(folder, StringComparison.Ordinal) || answer.Body.Contains(AppContext.BaseDirectory, StringComparison.Ordinal) ? "tells where it lies"
            : changed.Count > 0 && !request.MayChange && !(request.MayRead && changed.TrueForAll(Reading.Contains)) ? $"changed {string.Join(", ", changed)} with {answer.Status}"
            : null;

    private static List<string> Changed(Dictionary<string, string> before, Dictionary<string, string> now) => [.. before.Where(t => now[t.Key] != t.Value).Select(t => t.Key)];

    private static string Short(string text) => string.Concat((text.Length > 700 ? text[..700] + "…" : text).Select(c => char.IsControl(c) && c != '\n' ? '·' : char.IsSurrogate(c) ? '◇' : c));

    private static int Setting(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    // Frames of a stack, names of exceptions, words of the engines, statements.
    [GeneratedRegex(@"\n\s+at [A-Z]\w+\.|\w+Exception\b|SQLite|Microsoft\.Data|Dapper|System\.\w+\.\w+|\.cs:line|select [A-Za-z.]+, .{0,200} from |insert into \w+ \(|update \w+ set ")]
    private static partial Regex Telling();

    // What the log says when a request breaks the server, so that a failure here tells its cause.
    private sealed class Broken(ConcurrentQueue<string> into) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Error) into.Enqueue($"{formatter(state, exception)} {exception}");
        }

        public void Dispose() { }
    }
}
