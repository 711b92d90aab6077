using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace AbstractReview.Benchmarks.Reviewing;

/// <summary>
/// <c>-- queue [SUBMISSIONSxREVIEWERS …]</c>: what a reviewer's queue, a review and the reviewer's other pages cost, as the conference grows. The server is its own
/// process; processor time is the server's, so that the client and whoever else is on the machine do not count; waiting time is what the client saw.
/// Asked one after another, a server also pays for its threads' watch between two requests; asked by sixteen at once, as the peers were measured, it does not.
/// </summary>
internal static partial class QueueBenchmark
{
    private const int AtOnce = 16;

    public static async Task Run(string[] sizes)
    {
        if (sizes.Length == 0) sizes = ["67x20", "667x200", "6667x2000", "1000x300", "3000x300", "2000x600"];
        foreach (var size in sizes)
        {
            var parts = size.Split('x');
            await Measure(int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
        }
    }

    private static async Task Measure(int submissions, int reviewers)
    {
        await using var server = await ReviewingServer.Start(submissions, reviewers);
        Console.WriteLine(FormattableString.Invariant($"{submissions} submissions, {reviewers} reviewers, {submissions * 3} assignments"));
        using var reviewer = await SignedIn(server, ReviewingServer.Reviewer(0));
        var first = Number().Match(await reviewer.GetStringAsync("/reviews")).Groups[1].Value;
        await Page(server, reviewer, "queue page", "/reviews", 2000, 3000);
        await Page(server, reviewer, "review page", $"/reviews/{first}", 1000, 3000);
        await Page(server, reviewer, "queue by API", "/api/v1/reviews/queue", 2000, 3000);
        var done = Done().Match(await reviewer.GetStringAsync("/api/v1/reviews/queue")).Groups[1].Value;
        foreach (var (name, path) in new[] { ("bids", "/reviews/bids"), ("conflicts", "/reviews/conflicts"), ("profile", "/reviews/profile"), ("offline", "/reviews/offline"), ("history", $"/reviews/{done}/history"), ("discussion", $"/submissions/{done}/discussion") })
            await Page(server, reviewer, name, path, 100, 100);
    }

    private static async Task Page(ReviewingServer server, HttpClient client, string name, string path, int count, int before)
    {
        // Until the runtime has compiled what is hot and the jobs have done what they found at the start: that is nobody's request.
        for (var i = 0; i < before; i++) await Get(client, path);
        await server.Rest();
        var (cpu, taken) = (server.Cpu, new List<double>(count));
        for (var i = 0; i < count; i++)
        {
            var since = Stopwatch.GetTimestamp();
            await Get(client, path);
            taken.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
        }

        var each = (server.Cpu - cpu).TotalMilliseconds / count;
        (cpu, var watch) = (server.Cpu, Stopwatch.StartNew());
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(c => Task.Run(async () =>
        {
            for (var i = c; i < count; i += AtOnce) await Get(client, path);
        })));
        var (rate, together) = (count / watch.Elapsed.TotalSeconds, (server.Cpu - cpu).TotalMilliseconds / count);
        taken.Sort();
        Console.WriteLine(FormattableString.Invariant($"  {name,-18} server CPU {each,7:0.00} ms each, waited p50 {taken[count / 2],7:0.0} ms, p95 {taken[count * 95 / 100],7:0.0} ms; by {AtOnce} at once {together,7:0.00} ms each, {rate,6:0} a second"));
    }

    private static async Task Get(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        if (answer.StatusCode != HttpStatusCode.OK) throw new InvalidOperationException($"{path} answered {(int)answer.StatusCode}.");
        await answer.Content.ReadAsByteArrayAsync();
    }

    private static async Task<HttpClient> SignedIn(ReviewingServer server, string email)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server.Address };
        var token = WebUtility.HtmlDecode(Token().Match(await client.GetStringAsync("/account/sign-in")).Groups[1].Value);
        using var form = new FormUrlEncodedContent([new("Email", email), new("Password", ReviewingServer.Password), new("__RequestVerificationToken", token)]);
        using var answer = await client.PostAsync("/account/sign-in", form);
        return answer.StatusCode == HttpStatusCode.Found ? client : throw new InvalidOperationException($"Signing in answered {(int)answer.StatusCode}.");
    }

    [GeneratedRegex("href=\"/reviews/(\\d+)\"")]
    private static partial Regex Number();

    [GeneratedRegex("\"number\":(\\d+)[^}]*\"state\":\"Done\"")]
    private static partial Regex Done();

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
