using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using AbstractReview.App.Storage;
using AbstractReview.Web.Tests.Cli;
using Microsoft.Data.Sqlite;

namespace AbstractReview.Benchmarks.Faults;

/// <summary>What breaks around a running server, made for real on this machine: each says what an author and a reader saw meanwhile, and what was there after.</summary>
internal static partial class BrokenWorld
{
    // A mail whose hand-over failed is tried again soon enough for a test.
    private static readonly Dictionary<string, string> Soon = new() { ["Mail__RetrySeconds"] = "1", ["Mail__TimeoutSeconds"] = "5" };

    /// <summary><c>-- faults disk</c>: a small tmpfs fills up while authors submit, and is given room again. Needs root.</summary>
    public static async Task FullDisk()
    {
        var folder = new DataFolder(Directory.CreateTempSubdirectory("abstractreview-disk-").FullName);
        await Shell("mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", folder.Root);
        try
        {
            var (_, author) = await FaultedConference.Lay(folder, 5, 0);
            await using var server = await FaultedServer.Start(folder, Soon);
            var tale = new Tale(server, author);
            await tale.Submit(10);
            var filler = Path.Combine(folder.Root, "filler");
            await Shell("dd", "if=/dev/zero", $"of={filler}", "bs=64k");
            await tale.Submit(60);
            await tale.Read();
            await tale.Form();
            var ready = await tale.Ready();
            File.Delete(filler);
            await tale.Submit(10);
            await Tale.AllSent(folder);
            await tale.End("disk full", folder, ready);
        }
        finally
        {
            await Shell("umount", folder.Root);
            Directory.Delete(folder.Root, recursive: true);
        }
    }

    /// <summary><c>-- faults read-only</c>: the data folder of a running server, which runs as nobody, loses its write permission; then a server is started on it. Needs root.</summary>
    public static async Task ReadOnly()
    {
        var folder = new DataFolder(Directory.CreateTempSubdirectory("abstractreview-readonly-").FullName);
        var (_, author) = await FaultedConference.Lay(folder, 5, 0);
        await Shell("chown", "-R", "nobody", folder.Root);
        await using (var server = await FaultedServer.Start(folder, Soon, "nobody"))
        {
            var tale = new Tale(server, author);
            await tale.Submit(5);
            await Shell("chmod", "-R", "a-w", folder.Root);
            await tale.Submit(5);
            await tale.Attach("figure.pdf");
            await tale.Read();
            await tale.Form();
            var ready = await tale.Ready();
            await Shell("chmod", "-R", "u+w", folder.Root);
            await tale.Attach("figure.pdf");
            await tale.Submit(5);
            await Tale.AllSent(folder);
            await tale.End("read-only while it runs", folder, ready);
        }

        await Shell("chmod", "-R", "a-w", folder.Root);
        try
        {
            await using var server = await FaultedServer.Start(folder, user: "nobody");
            var tale = new Tale(server, author);
            await tale.Submit(1);
            await tale.Read();
            await tale.End("started read-only", folder, await tale.Ready());
        }
        catch (InvalidOperationException ended)
        {
            Console.WriteLine($"started read-only: {ended.Message}");
        }

        await Shell("chmod", "-R", "u+w", folder.Root);
        Directory.Delete(folder.Root, recursive: true);
    }

    /// <summary><c>-- faults locked [SECONDS]</c>: another process holds the database for 30 seconds, then for longer than the server waits.</summary>
    public static async Task Locked(int seconds)
    {
        var folder = new DataFolder(Directory.CreateTempSubdirectory("abstractreview-locked-").FullName);
        var (_, author) = await FaultedConference.Lay(folder, 5, 0);
        await using var server = await FaultedServer.Start(folder);
        foreach (var hold in new[] { seconds, (int)SqliteDialect.Patience.TotalSeconds + 10 })
        {
            var tale = new Tale(server, author) { Prefix = $"{hold}" };
            await using (var other = new SqliteConnection($"Data Source={folder.Database};Pooling=false"))
            {
                await other.OpenAsync();
                await Run(other, "begin immediate");
                var since = Stopwatch.StartNew();
                var posts = Task.WhenAll(Enumerable.Range(0, 8).Select(_ => tale.Submit(1)));
                await tale.Read();
                await Task.Delay(TimeSpan.FromSeconds(hold) - since.Elapsed);
                await Run(other, "commit");
                await posts;
            }

            await tale.Submit(1);
            await tale.End($"locked for {hold} s", folder, await tale.Ready());
        }

        Directory.Delete(folder.Root, recursive: true);
    }

    /// <summary><c>-- faults clock</c>: the machine's clock jumps forth and back while authors submit and mail goes out. Needs faketime's library.</summary>
    public static async Task Clock()
    {
        const string library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";
        if (!File.Exists(library))
        {
            Console.WriteLine("clock: not run; apt-get install faketime");
            return;
        }

        var folder = new DataFolder(Directory.CreateTempSubdirectory("abstractreview-clock-").FullName);
        var mail = Directory.CreateTempSubdirectory("abstractreview-clock-mail-");
        var (_, author) = await FaultedConference.Lay(folder, 5, 0);
        // Without the story's clock the server takes the machine's, and the call is open by it.
        File.Delete(Path.Combine(folder.Root, "story-clock"));
        var (at, offset) = (new DateTimeOffset(2019, 4, 10, 12, 0, 0, TimeSpan.Zero), Path.Combine(mail.FullName, "offset"));
        void Jump(TimeSpan by) => File.WriteAllText(offset, string.Create(CultureInfo.InvariantCulture, $"{(at + by - DateTimeOffset.UtcNow).TotalSeconds:+0;-0}"));
        Jump(TimeSpan.Zero);
        await using var smtp = await HostileServer.Start(mail.FullName, ["--trouble", "0"]);
        await using var server = await FaultedServer.Start(folder, new Dictionary<string, string>
        {
            // Or every wait of the runtime ends at once: the library takes it for one of an older glibc.
            ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
            ["LD_PRELOAD"] = library, ["FAKETIME_TIMESTAMP_FILE"] = offset, ["FAKETIME_NO_CACHE"] = "1", ["DONT_FAKE_MONOTONIC"] = "1", ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
            ["Mail__Host"] = "127.0.0.1", ["Mail__Port"] = smtp.Port.ToString(CultureInfo.InvariantCulture), ["Mail__Tls"] = "None", ["Mail__PerMinute"] = "0",
        });
        var tale = new Tale(server, author);
        foreach (var hours in new[] { 0, 6, -3, 48, -72, 1, 0 })
        {
            Jump(TimeSpan.FromHours(hours));
            await tale.Submit(5);
            await tale.Read();
        }

        await Tale.AllSent(folder);
        await tale.End("clock jumping by +6, -3, +48, -72 h", folder, await tale.Ready());
        Console.WriteLine(Taken(smtp));
        Directory.Delete(folder.Root, recursive: true);
        mail.Delete(recursive: true);
    }

    /// <summary><c>-- faults attachment</c>: a stored file loses its bytes; its author hands it in again.</summary>
    public static async Task Attachment()
    {
        var folder = new DataFolder(Directory.CreateTempSubdirectory("abstractreview-attachment-").FullName);
        var (_, author) = await FaultedConference.Lay(folder, 0, 0);
        await using var server = await FaultedServer.Start(folder);
        var tale = new Tale(server, author);
        await tale.Submit(1);
        await tale.Attach("figure.pdf");
        var sha256 = await FaultedConference.Read<string>(folder, "select Sha256 from Attachment");
        await File.WriteAllTextAsync(Path.Combine(folder.Files, sha256[..2], sha256[2..]), "%PDF-1.4 of something else");
        Console.WriteLine($"corrupt attachment: {await FaultedConference.Check(folder)}");
        await tale.Fetch("/api/v1/submissions/1/attachment");
        await tale.Attach("figure.pdf");
        await tale.Fetch("/api/v1/submissions/1/attachment");
        await tale.End("handed in again", folder, await tale.Ready());
        Directory.Delete(folder.Root, recursive: true);
    }

    /// <summary><c>-- faults smtp</c>: no mail server for the whole run; it comes back at the end.</summary>
    public static async Task NoMailServer()
    {
        var folder = new DataFolder(Directory.CreateTempSubdirectory("abstractreview-smtp-").FullName);
        var mail = Directory.CreateTempSubdirectory("abstractreview-smtp-mail-");
        var (_, author) = await FaultedConference.Lay(folder, 5, 0);
        string port;
        await using (var probe = await HostileServer.Start(mail.FullName, ["--trouble", "0"])) port = probe.Port.ToString(CultureInfo.InvariantCulture);
        await using var server = await FaultedServer.Start(folder, new Dictionary<string, string> { ["Mail__Host"] = "127.0.0.1", ["Mail__Port"] = port, ["Mail__Tls"] = "None", ["Mail__PerMinute"] = "0", ["Mail__RetrySeconds"] = "1" });
        var tale = new Tale(server, author);
        await tale.Submit(40);
        await tale.Read();
        await Task.Delay(TimeSpan.FromSeconds(5));
        Console.WriteLine($"SMTP down: {await FaultedConference.Read<int>(folder, "select count(*) from Outbox where State = 'Waiting'")} mails wait, {await FaultedConference.Read<int>(folder, "select count(*) from Outbox where State = 'Failed'")} given up, attempts counted {await FaultedConference.Read<int>(folder, "select max(Attempts) from Outbox")}; the ledger says “{await FaultedConference.Read<string>(folder, "select max(LastError) from Outbox")}”");
        await using var smtp = await HostileServer.Start(mail.FullName, ["--trouble", "0", "--port", port]);
        await Tale.AllSent(folder);
        await tale.End("SMTP back", folder, await tale.Ready());
        Console.WriteLine(Taken(smtp));
        Directory.Delete(folder.Root, recursive: true);
        mail.Delete(recursive: true);
    }

    private static string Taken(HostileServer smtp)
    {
        var taken = smtp.Log().Where(l => l.What == "accepted").GroupBy(l => l.MessageId!).ToList();
        return $"  mails taken: {taken.Count}, of them twice {taken.Count(t => t.Count() > 1)}";
    }

    private static async Task Run(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task Shell(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    internal static partial Regex Token();
}

/// <summary>What an author and a reader saw, and what they were promised.</summary>
internal sealed partial class Tale(FaultedServer server, string token)
{
    private readonly HttpClient _api = server.Client(token);
    private readonly HttpClient _visitor = server.Client();
    private readonly HashSet<string> _promised = [];
    private readonly SortedDictionary<string, int> _answers = [];
    private readonly HashSet<string> _words = [];
    private int _submissions;

    /// <summary>What titles begin with, so that two tales of one server differ.</summary>
    public string Prefix { get; init; } = "";

    public async Task Submit(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var n = Interlocked.Increment(ref _submissions);
            var title = $"{Prefix} work {n} under trouble".Trim();
            if (await Told("submit", () => _api.PostAsJsonAsync("/api/v1/submissions?submit=true", FaultedConference.Body(title, n))) == HttpStatusCode.Created)
                lock (_promised) _promised.Add(title);
        }
    }

    public async Task Attach(string name)
    {
        using var pdf = new ByteArrayContent("%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\n%%EOF\n"u8.ToArray()) { Headers = { ContentType = new("application/pdf"), ContentDisposition = new("attachment") { FileName = name } } };
        await Told("attach", () => _api.PutAsync("/api/v1/submissions/1/attachment?name=" + name, pdf));
    }

    public async Task Read()
    {
        await Told("read page", () => _visitor.GetAsync("/"));
        await Told("read list", () => _api.GetAsync("/api/v1/submissions?mine=true"));
    }

    public Task Fetch(string path) => Told("fetch", () => _api.GetAsync(path));

    /// <summary>A person who posts a form, which has to be answered by a page.</summary>
    public async Task Form()
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server.Address };
        var form = BrokenWorld.Token().Match(await browser.GetStringAsync("/account/sign-in")).Groups[1].Value;
        using var fields = new FormUrlEncodedContent([new("Email", FaultedConference.Author), new("Password", "a wrong password"), new("__RequestVerificationToken", WebUtility.HtmlDecode(form))]);
        await Told("sign in", () => browser.PostAsync("/account/sign-in", fields));
    }

    public async Task<string> Ready() => await (await _visitor.GetAsync("/health/ready")).Content.ReadAsStringAsync();

    public static async Task AllSent(DataFolder folder)
    {
        for (var i = 0; i < 900 && await FaultedConference.Read<int>(folder, FaultedConference.Unsent) > 0; i++) await Task.Delay(200);
    }

    public async Task End(string fault, DataFolder folder, string ready)
    {
        await Task.Delay(TimeSpan.FromSeconds(2));
        var lost = 0;
        foreach (var title in _promised) lost += await FaultedConference.Read<int>(folder, $"select 1 - count(*) from Submission where Title = '{title}' and State = 'Submitted'");
        Console.WriteLine($"{fault}: {string.Join(", ", _answers.Select(a => $"{a.Key} x{a.Value}"))}");
        foreach (var words in _words) Console.WriteLine($"  said: {words}");
        Console.WriteLine($"  promised {_promised.Count}, lost {lost}; ready meanwhile: {ready}");
        Console.WriteLine($"  mails not sent or not written {await FaultedConference.Read<int>(folder, FaultedConference.Unsent)}; {await FaultedConference.Check(folder)}");
        if (lost > 0) throw new InvalidOperationException("Something acknowledged was lost.");
    }

    private async Task<HttpStatusCode> Told(string what, Func<Task<HttpResponseMessage>> ask)
    {
        using var answer = await ask();
        var text = await answer.Content.ReadAsStringAsync();
        lock (_answers)
        {
            _answers[$"{what} {(int)answer.StatusCode}"] = _answers.GetValueOrDefault($"{what} {(int)answer.StatusCode}") + 1;
            if ((int)answer.StatusCode >= 500) _words.Add(answer.Content.Headers.ContentType?.MediaType == "text/html" ? string.Join(" / ", Words().Matches(text).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value))) : Trace().Replace(text, ""));
        }

        return answer.StatusCode;
    }

    [GeneratedRegex(",\"traceId\":\"[^\"]+\"")]
    private static partial Regex Trace();

    [GeneratedRegex("<(?:h1|p)>([^<]+)</")]
    private static partial Regex Words();
}
