using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using AbstractReview.App.Audit;
using AbstractReview.Benchmarks.Submitting;
using AbstractReview.Web;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace AbstractReview.Benchmarks.Running;

/// <summary>
/// <c>-- kill [SECONDS]</c>: a rush during which the server is killed (SIGKILL) every few seconds and started again. Clients repeat what was
/// not answered under its idempotency key. After it: nothing acknowledged is lost, nothing is doubled, numbers are gapless, <c>check</c> passes,
/// each mail was handed over once, and the server ends within 20 seconds of SIGTERM.
/// </summary>
internal static class KillBenchmark
{
    private const int Clients = 16;

    public static async Task Run(string[] args)
    {
        var seconds = args is [var text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : 60;
        await using var server = await RushServer.Start(Clients, 0);
        var acknowledged = new ConcurrentDictionary<string, string>();
        var starts = new List<double>();
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        var clients = Enumerable.Range(0, Clients).Select(c => Task.Run(() => Submit(server, c, acknowledged, end.Token))).ToList();
        while (!end.IsCancellationRequested)
        {
            await Task.Delay(Random.Shared.Next(2000, 5000), CancellationToken.None);
            starts.Add((await server.KillAndStart()).TotalSeconds);
        }

        await Task.WhenAll(clients);
        var accepted = await server.Accepted();
        await Task.Delay(TimeSpan.FromSeconds(10));
        var stopped = await server.Stop();
        Console.WriteLine(FormattableString.Invariant($"{starts.Count} kills, {acknowledged.Count} acknowledged, {accepted.Count} stored; answers again after {starts.Average():0.0} s, at most {starts.Max():0.0} s; stopped within {stopped.TotalSeconds:0.0} s of SIGTERM"));
        var titles = accepted.Select(a => a.Title).ToHashSet();
        Console.WriteLine($"lost {acknowledged.Keys.Count(k => !titles.Contains(k))}, doubled {accepted.Count - titles.Count}, gapless {accepted.Select(a => a.Number).SequenceEqual(Enumerable.Range(1, accepted.Count))}");
        await Check(server);
    }

    private static async Task Submit(RushServer server, int client, ConcurrentDictionary<string, string> acknowledged, CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Tokens[client]);
        for (var i = 0; !ct.IsCancellationRequested; i++)
        {
            var title = $"client {client} work {i}";
            while (!acknowledged.ContainsKey(title))
            {
                try
                {
                    using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/submissions?submit=true");
                    request.Content = new ByteArrayContent(RushBenchmark.Body(title, (client * 10000) + i)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
                    request.Headers.Add("Idempotency-Key", title);
                    using var answer = await http.SendAsync(request, CancellationToken.None);
                    if (answer.StatusCode == HttpStatusCode.Created) acknowledged[title] = answer.Headers.Location!.ToString();
                    else throw new InvalidOperationException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(CancellationToken.None)}");
                }
                catch (Exception down) when (down is HttpRequestException or IOException)
                {
                    await Task.Delay(50, CancellationToken.None);
                }
            }
        }
    }

    private static async Task Check(RushServer server)
    {
        await using var app = Server.Build(server.Folder);
        await using var scope = app.Services.CreateAsyncScope();
        var broken = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new CheckInvariants());
        Console.WriteLine(broken.Count == 0 ? "check: all is well" : $"check: {string.Join("; ", broken.Take(10))}");
        var db = scope.ServiceProvider.GetRequiredService<App.Storage.Db>();
        var sent = await db.One<int>("select count(*) from Outbox where State = 'Sent'", null, default);
        var waiting = await db.One<int>("select count(*) from Outbox where State <> 'Sent'", null, default);
        var repeats = await db.One<int>("select coalesce(sum(Repeats), 0) from Outbox", null, default);
        Console.WriteLine($"mails: {sent} sent, {waiting} wait, {repeats} handed over again under the same Message-ID, {Directory.GetFiles(server.Folder.Mail, "*.eml").Length} files");
    }
}
