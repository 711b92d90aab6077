using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AbstractReview.Benchmarks.Submitting;

/// <summary>
/// <c>-- rush [SUBMISSIONS [PROGRAM]]</c>: the last hour before the deadline. 64 clients hand in submissions of 250 words with four authors
/// through the API, every tenth twice under the same idempotency key, then 64 people through the form, and one alone to tell what each of
/// its pages and posts costs. Both rushes come twice: upon a server that has just been started, which spends some two seconds of processor time on
/// compiling what is asked of it, and upon the same as it is from then on. The third time the form's two posts come alone, as a load generator
/// sends them that does not open the pages. The server is its own process with SQLite on <c>synchronous = full</c>;
/// the clients share its processors. A PROGRAM that was published compiled ahead shows what that saves.
/// </summary>
internal static partial class RushBenchmark
{
    private const int Programs = 64;
    private const int People = 64;
    private const int Alone = 400;

    public static async Task Run(string[] args)
    {
        var count = args is [var text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : 5000;
        var program = args is [_, var file] ? Path.GetFullPath(file) : null;
        var all = 5 * count;
        await using var server = await RushServer.Start(Programs, People, program);
        await Rush(server, "API new", count, Programs, ByApi);
        await Rush(server, "API", count, Programs, ByApi);
        // Signing in costs as much as thirty submissions, on purpose; who hands in has long done it.
        var browsers = await SignedIn(server);
        Task ByForm(RushServer at, int client, string door, IReadOnlyList<int> numbers, Taken taken)
            => Forms((path, fields) => Send(browsers[client].Http, path, fields, taken.Requests), door, numbers, taken);
        Task ByPosts(RushServer at, int client, string door, IReadOnlyList<int> numbers, Taken taken)
            => Forms((path, fields) => Timed(() => PostForm(browsers[client].Http, path, browsers[client].Token, fields), taken.Requests), door, numbers, taken);
        await Rush(server, "form new", count, People, ByForm);
        await Rush(server, "form", count, People, ByForm);
        await Rush(server, "posts", count, People, ByPosts);
        var rest = server.Cpu;
        var undone = await server.Rest();
        Console.WriteLine(FormattableString.Invariant($"  receipts, mails and comparisons left by the rush: server CPU {(server.Cpu - rest).TotalMilliseconds / all,5:0.00} ms for each of {all} submissions; {undone} still to do"));
        await Step(server, browsers[0].Http);
        foreach (var browser in browsers) browser.Http.Dispose();
        Check(await server.Accepted(), all + Alone);
    }

    private static async Task Rush(RushServer server, string door, int count, int clients, Func<RushServer, int, string, IReadOnlyList<int>, Taken, Task> work)
    {
        using var own = Process.GetCurrentProcess();
        var (cpu, watch, clientCpu) = (server.Cpu, Stopwatch.StartNew(), own.TotalProcessorTime);
        var taken = Enumerable.Range(0, clients).Select(_ => new Taken([], [])).ToList();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(c =>
            Task.Run(() => work(server, c, door, [.. Enumerable.Range(0, count).Where(i => i % clients == c)], taken[c]))));
        var seconds = watch.Elapsed.TotalSeconds;
        var (whole, requests) = (taken.SelectMany(t => t.Whole).Order().ToList(), taken.SelectMany(t => t.Requests).Order().ToList());
        Console.WriteLine(FormattableString.Invariant(
            $"{door,-8} {count,6} submissions by {clients} clients: {count / seconds,6:0} a second, {Waited(whole)}, server CPU {(server.Cpu - cpu).TotalMilliseconds / count,5:0.00} ms each, clients' {(Now(own) - clientCpu).TotalMilliseconds / count,5:0.00} ms")
            + (requests.Count > whole.Count ? FormattableString.Invariant($"; {requests.Count / seconds,6:0} requests a second, {Waited(requests)}") : ""));
    }

    private static string Waited(List<double> sorted) => FormattableString.Invariant($"p50 {sorted[sorted.Count / 2],6:0.0} ms, p99 {sorted[sorted.Count * 99 / 100],6:0.0} ms");

    private static TimeSpan Now(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime;
    }

    private static async Task ByApi(RushServer server, int client, string door, IReadOnlyList<int> numbers, Taken taken)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Tokens[client]);
        foreach (var i in numbers)
        {
            var (body, since) = (Body($"{door} {i}", i), Stopwatch.GetTimestamp());
            var first = await Post(http, $"{door}-{i}", body);
            taken.Whole.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
            if (i % 10 == 0 && await Post(http, $"{door}-{i}", body) != first)
                throw new InvalidOperationException($"The repeated request {i} was answered differently.");
        }
    }

    private static async Task<string> Post(HttpClient http, string key, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/submissions?submit=true");
        request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await http.SendAsync(request);
        return answer.StatusCode == HttpStatusCode.Created ? answer.Headers.Location!.ToString()
            : throw new InvalidOperationException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    // From sending the form until the receipt's address is known: what a person waits for where each post opens its page before it, two posts and two pages.
    private static async Task Forms(Func<string, IEnumerable<(string, string)>, Task<string>> post, string door, IReadOnlyList<int> numbers, Taken taken)
    {
        foreach (var i in numbers)
        {
            var since = Stopwatch.GetTimestamp();
            await post(await post("/submissions/new", Fields($"{door} {i}", i)), []);
            taken.Whole.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
        }
    }

    /// <param name="Whole">How long each submission took, in milliseconds.</param>
    /// <param name="Requests">How long each request of it did, where it takes several.</param>
    private sealed record Taken(List<double> Whole, List<double> Requests);

    /// <param name="Http">Signed in.</param>
    /// <param name="Token">What its posts carry against forgery, taken from a page before the rush.</param>
    private sealed record Browser(HttpClient Http, string Token);

    private static async Task<IReadOnlyList<Browser>> SignedIn(RushServer server)
    {
        var browsers = new List<Browser>();
        for (var person = 0; person < People; person++)
        {
            var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server.Address };
            await Send(http, "/account/sign-in", [("Email", RushServer.Email(person)), ("Password", RushServer.Password)], []);
            browsers.Add(new Browser(http, TokenOf(await http.GetStringAsync("/submissions/new"))));
        }

        return browsers;
    }

    // Each page and post by itself, many times over, so that its processor time can be told. Jobs go on beside: a submit's mails are handed over meanwhile.
    private static async Task Step(RushServer server, HttpClient http)
    {
        var token = "";
        var (checks, receipts) = (new List<string>(), new List<string>());
        await Cost(server, "page of the form", async _ => token = TokenOf(await http.GetStringAsync("/submissions/new")));
        await Cost(server, "post of the form", async i => checks.Add(await PostForm(http, "/submissions/new", token, Fields($"alone {i}", 100_000 + i))));
        await Cost(server, "page to check it", async i => token = TokenOf(await http.GetStringAsync(checks[i])));
        await Cost(server, "post to submit", async i => receipts.Add(await PostForm(http, checks[i], token, [])));
        await server.Rest();
        await Cost(server, "receipt page", i => http.GetStringAsync(receipts[i]));
    }

    private static async Task Cost(RushServer server, string words, Func<int, Task> ask)
    {
        var cpu = server.Cpu;
        for (var i = 0; i < Alone; i++) await ask(i);
        Console.WriteLine(FormattableString.Invariant($"  {words,-18} server CPU {(server.Cpu - cpu).TotalMilliseconds / Alone,5:0.00} ms"));
    }

    private static async Task<string> Send(HttpClient http, string path, IEnumerable<(string, string)> fields, List<double> taken)
    {
        var token = TokenOf(await Timed(() => http.GetStringAsync(path), taken));
        return await Timed(() => PostForm(http, path, token, fields), taken);
    }

    private static async Task<string> Timed(Func<Task<string>> ask, List<double> taken)
    {
        var since = Stopwatch.GetTimestamp();
        var answer = await ask();
        taken.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
        return answer;
    }

    private static string TokenOf(string page) => WebUtility.HtmlDecode(Token().Match(page).Groups[1].Value);

    private static async Task<string> PostForm(HttpClient http, string path, string token, IEnumerable<(string, string)> fields)
    {
        using var content = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        using var answer = await http.PostAsync(path, content);
        return answer.StatusCode == HttpStatusCode.Found ? answer.Headers.Location!.ToString()
            : throw new InvalidOperationException($"{path} answered {(int)answer.StatusCode}.");
    }

    private static void Check(IReadOnlyList<(int Number, string Title)> accepted, int expected)
    {
        var gapless = accepted.Select(a => a.Number).SequenceEqual(Enumerable.Range(1, accepted.Count));
        Console.WriteLine($"lost {expected - accepted.Select(a => a.Title).Distinct().Count()}, doubled {accepted.Count - accepted.Select(a => a.Title).Distinct().Count()}, numbers {(gapless ? "gapless" : "WITH GAPS")}");
        if (!gapless || accepted.Count != expected) throw new InvalidOperationException("The rush lost or doubled something.");
    }

    private static string Text(int seed) => string.Join(' ', Enumerable.Range(0, 250).Select(i => $"word{(seed * 7919 + i * i) % 4001}"));

    internal static byte[] Body(string title, int i) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
    {
        title,
        @abstract = Text(i),
        areaCode = "TA1",
        topics = new[] { Topic },
        keywords = new[] { "independence", "law" },
        presentation = "oral",
        authors = Enumerable.Range(0, 4).Select(a => new
        {
            givenName = $"Given{a}", familyName = $"Family{i}", email = $"author{i}.{a}@institute{i % 50}.example", affiliation = $"Institute {i % 50}", country = "FR", presenting = a == 0, corresponding = a == 0,
        }),
    }));

    private static IEnumerable<(string, string)> Fields(string title, int i) =>
    [
        ("Form.Title", title), ("Form.Abstract", Text(i)), ("Form.AreaCode", "TA1"), ("Form.Topics", Topic), ("Form.Keywords", "independence, law"), ("Form.Presentation", "oral"),
        .. Enumerable.Range(0, 4).SelectMany(a => new (string, string)[]
        {
            ($"Form.Authors[{a}].GivenName", $"Given{a}"), ($"Form.Authors[{a}].FamilyName", $"Family{i}"), ($"Form.Authors[{a}].Email", $"form{i}.{a}@institute{i % 50}.example"),
            ($"Form.Authors[{a}].Affiliation", $"Institute {i % 50}"), ($"Form.Authors[{a}].Country", "FR"),
            ($"Form.Authors[{a}].Presenting", a == 0 ? "true" : "false"), ($"Form.Authors[{a}].Corresponding", a == 0 ? "true" : "false"),
        }),
    ];

    private const string Topic = "Strong, sustainable and independent regulatory body";

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
