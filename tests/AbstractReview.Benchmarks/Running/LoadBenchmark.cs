using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using AbstractReview.Benchmarks.Submitting;

namespace AbstractReview.Benchmarks.Running;

/// <summary><c>-- load [SECONDS]</c>: 200 readers, each with pages and answers of their own every second, and 20 writers, each a submission every two seconds. Tells errors, p99 and memory at minute one and at the end.</summary>
internal static class LoadBenchmark
{
    private const int Readers = 200;
    private const int Writers = 20;

    private static readonly string[] Pages = ["/", "/api/v1/call", "/api/v1/submissions?mine=true&take=20", "/submissions"];

    public static async Task Run(string[] args)
    {
        var seconds = args is [var text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : 300;
        await using var server = await RushServer.Start(Readers + Writers, 0);
        var (reads, writes, errors) = (new ConcurrentBag<double>(), new ConcurrentBag<double>(), new ConcurrentBag<string>());
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        var work = Enumerable.Range(0, Readers).Select(r => Task.Run(() => Repeat(server, r, 1000, (http, i) => http.GetAsync(Pages[(r + i) % Pages.Length]), reads, errors, end.Token)))
            .Concat(Enumerable.Range(0, Writers).Select(w => Task.Run(() => Repeat(server, Readers + w, 2000, (http, i) => Write(http, w, i), writes, errors, end.Token)))).ToList();
        var cpu = server.Cpu;
        await Task.Delay(TimeSpan.FromSeconds(Math.Min(60, seconds / 2)));
        var minuteOne = server.Memory;
        await Task.WhenAll(work);
        Console.WriteLine(FormattableString.Invariant($"{reads.Count} reads, p99 {P99(reads):0} ms; {writes.Count} writes, p99 {P99(writes):0} ms; {errors.Count} errors; memory {minuteOne >> 20} MB at minute one, {server.Memory >> 20} MB at the end; server CPU {(server.Cpu - cpu).TotalSeconds:0} s in {seconds} s"));
        foreach (var error in errors.Distinct().Take(5)) Console.WriteLine(error);
    }

    private static async Task Repeat(RushServer server, int who, int pause, Func<HttpClient, int, Task<HttpResponseMessage>> ask, ConcurrentBag<double> taken, ConcurrentBag<string> errors, CancellationToken ct)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Tokens[who]);
        await Task.Delay(Random.Shared.Next(pause), CancellationToken.None);
        for (var i = 0; !ct.IsCancellationRequested; i++)
        {
            var since = Stopwatch.GetTimestamp();
            try
            {
                using var answer = await ask(http, i);
                await answer.Content.ReadAsByteArrayAsync(CancellationToken.None);
                if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.Found)) errors.Add($"{(int)answer.StatusCode} {answer.RequestMessage?.RequestUri}");
            }
            catch (HttpRequestException failure)
            {
                errors.Add(failure.Message);
            }

            taken.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
            await Task.Delay(pause, CancellationToken.None);
        }
    }

    private static Task<HttpResponseMessage> Write(HttpClient http, int writer, int i)
        => http.PostAsync("/api/v1/submissions?submit=true", new ByteArrayContent(RushBenchmark.Body($"writer {writer} work {i}", (writer * 1000) + i)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } });

    private static double P99(IEnumerable<double> taken) => taken.Order().ToList() is { Count: > 0 } sorted ? sorted[sorted.Count * 99 / 100] : 0;
}
