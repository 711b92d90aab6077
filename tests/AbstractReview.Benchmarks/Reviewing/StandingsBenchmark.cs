using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using AbstractReview.App.Reviews;
using AbstractReview.App.Storage;
using AbstractReview.Benchmarks.Running;
using AbstractReview.Web;
using MediatR;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace AbstractReview.Benchmarks.Reviewing;

/// <summary>
/// <c>-- standings [REVIEWS …]</c>: what the committee's pages cost at 200, 2,000, 6,000 and 20,000 reviews, three for each submission. The
/// server is its own process with SQLite; one chair asks for page after page, then for the same while every answer is made anew, as when reviews
/// come in. Time is what the client waits for; CPU is the server's, for a request.
/// </summary>
internal static partial class StandingsBenchmark
{
    private const int Requests = 100;

    private static readonly (string Words, string Path)[] Doors =
    [
        ("standings page", "/committee/standings"), ("standings, one area, near", "/committee/standings?Area=TA3&Show=near"), ("overview page", "/committee/overview"),
        ("decisions page", "/committee/decisions"), ("plots page", "/committee/plots"), ("a submission", "/committee/submissions/7"),
        ("reviewing page", "/committee/reviewing"), ("a submission's discussion", "/submissions/7/discussion"), ("routing page", "/committee/routing"), ("bulk decisions", "/committee/decisions/batch"),
        ("API, 50 rows", "/api/v1/standings"), ("API, all as CSV", "/api/v1/standings.csv"),
    ];

    public static async Task Run(string[] sizes)
    {
        foreach (var reviews in sizes.Length > 0 ? sizes.Select(s => int.Parse(s, CultureInfo.InvariantCulture)) : [200, 2000, 6000, 20_000])
        {
            var folder = new DataFolder(Directory.CreateTempSubdirectory("abstractreview-standings-").FullName);
            try
            {
                var submissions = Math.Max(7, reviews / 3);
                var token = await ReviewedConference.Lay(folder, submissions, Math.Max(8, submissions / 5));
                Console.WriteLine(FormattableString.Invariant($"\n{submissions * 3} reviews of {submissions} submissions"));
                await Collecting(folder);
                await Measure(folder, token);
            }
            finally
            {
                Directory.Delete(folder.Root, recursive: true);
            }
        }
    }

    // What one more review costs the job, in this process.
    private static async Task Collecting(DataFolder folder)
    {
        await using var app = Server.Build(folder);
        for (var i = 0; i < 4; i++)
        {
            await using var scope = app.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<Db>().Run("update Standing set Due = 1, Version = Version + 1 where SubmissionNumber = 7; update Review set Overall = 6 - Overall where SubmissionNumber = 7", null, default);
            using var own = Process.GetCurrentProcess();
            var cpu = own.TotalProcessorTime;
            await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new CollectScores());
            own.Refresh();
            if (i > 0) Console.WriteLine(FormattableString.Invariant($"collecting one more review      CPU {(own.TotalProcessorTime - cpu).TotalMilliseconds,6:0} ms"));
        }
    }

    private static async Task Measure(DataFolder folder, string token)
    {
        var port = Loopback.FreePort();
        var process = BuiltServer.Begin(BuiltServer.Start(folder, port));
        try
        {
            using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
            using var http = new HttpClient(handler) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            await SignIn(http);
            foreach (var (words, path) in Doors) await Ask(http, token, words, path, process, () => { });
            await using var stamps = new SqliteConnection($"Data Source={folder.Database};Pooling=false");
            await stamps.OpenAsync();
            foreach (var (words, path) in Doors.Take(5)) await Ask(http, token, $"{words}, anew", path, process, () => Stamp(stamps));
        }
        finally
        {
            await process.End();
        }
    }

    private static async Task Ask(HttpClient http, string token, string words, string path, Process process, Action before)
    {
        for (var i = 0; i < 100; i++) await Get(http, token, path);
        var (cpu, taken, bytes) = (process.Cpu(), new List<double>(), 0);
        for (var i = 0; i < Requests; i++)
        {
            before();
            var since = Stopwatch.GetTimestamp();
            bytes = await Get(http, token, path);
            taken.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
        }

        var used = process.Cpu() - cpu;
        taken.Sort();
        Console.WriteLine(FormattableString.Invariant($"{words,-31} CPU {used.TotalMilliseconds / Requests,6:0.0} ms  p50 {taken[Requests / 2],6:0.0} ms  p95 {taken[Requests * 95 / 100],6:0.0} ms  {bytes / 1024,5} KB"));
    }

    // As a command leaves it that has changed what standings are made from.
    private static void Stamp(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "update DataStamp set Stamp = lower(hex(randomblob(16)))";
        command.ExecuteNonQuery();
    }

    private static async Task<int> Get(HttpClient http, string token, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (path.StartsWith("/api/", StringComparison.Ordinal)) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request);
        var body = await answer.Content.ReadAsByteArrayAsync();
        return answer.StatusCode == HttpStatusCode.OK ? body.Length : throw new InvalidOperationException($"{path} answered {(int)answer.StatusCode}.");
    }

    private static async Task SignIn(HttpClient http)
    {
        var page = "";
        for (var tries = 0; page.Length == 0; tries++)
        {
            try
            {
                page = await http.GetStringAsync("/account/sign-in");
            }
            catch (HttpRequestException) when (tries < 300)
            {
                await Task.Delay(200);
            }
        }

        var token = WebUtility.HtmlDecode(Token().Match(page).Groups[1].Value);
        using var content = new FormUrlEncodedContent([new("Email", ReviewedConference.Chair), new("Password", ReviewedConference.Password), new("__RequestVerificationToken", token)]);
        using var answer = await http.PostAsync("/account/sign-in", content);
        if (answer.StatusCode != HttpStatusCode.Found) throw new InvalidOperationException($"Sign-in answered {(int)answer.StatusCode}.");
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
