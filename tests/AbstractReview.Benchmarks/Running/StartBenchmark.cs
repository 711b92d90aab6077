using System.Diagnostics;
using System.Globalization;
using System.Net;
using AbstractReview.App.Storage;
using AbstractReview.Benchmarks.Reviewing;

namespace AbstractReview.Benchmarks.Running;

/// <summary><c>-- start [TIMES]</c>: from starting the process over an existing conference of 2,000 submissions and 6,000 reviews until <c>/health/ready</c> first answers 200; waited, and the processor time of it.</summary>
internal static class StartBenchmark
{
    private const int Port = 5329;

    public static async Task Run(string[] args)
    {
        var times = args is [var text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : 5;
        var folder = new DataFolder(Directory.CreateTempSubdirectory("abstractreview-start-").FullName);
        try
        {
            await ReviewedConference.Lay(folder, 2000, 400);
            for (var i = 0; i < times; i++) await Once(folder);
        }
        finally
        {
            Directory.Delete(folder.Root, recursive: true);
        }
    }

    private static async Task Once(DataFolder folder)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port}") };
        var since = Stopwatch.GetTimestamp();
        var process = BuiltServer.Begin(BuiltServer.Start(folder, Port));
        try
        {
            while (!await Ready(http)) await Task.Delay(10);
            Console.WriteLine(FormattableString.Invariant($"ready after {Stopwatch.GetElapsedTime(since).TotalSeconds:0.00} s, {process.Cpu().TotalSeconds:0.00} s of processor time"));
        }
        finally
        {
            await process.End();
        }
    }

    private static async Task<bool> Ready(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync("/health/ready");
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
