using System.Diagnostics;
using System.Globalization;
using AbstractReview.App.Call;
using AbstractReview.App.Letters;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Web;
using AbstractReview.Web.Tests.Cli;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace AbstractReview.Benchmarks.Letters;

/// <summary>Letters the whole way of the product: ordered, filled, typeset, stored, their mail written. CPU seconds of this process.</summary>
internal static class LettersBenchmark
{
    public static async Task Run(string[] sizes)
    {
        var size = sizes.Length == 0 ? 1000 : int.Parse(sizes[0], CultureInfo.InvariantCulture);
        var folder = new DataFolder(Directory.CreateTempSubdirectory("abstractreview-letters-").FullName);
        try
        {
            await using var app = Server.Build(folder);
            await app.Services.GetRequiredService<Migrations>().Apply(default);
            await Send(app, new ImportConference(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "samples", "regulators-2019", "conference.json")), Actor.Timetable));
            foreach (var (round, name) in new[] { "cold", "warm 1", "warm 2" }.Index()) await Measure(app, $"{size:#,0} letters, {name}", round, size);
            await Send(app, new SetLetterLook(new LetterLookSetting { Languages = ["en", "fr", "ar"] }, null, Actor.Timetable));
            await Measure(app, $"{size:#,0} letters of three languages", 3, size);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder.Root, recursive: true);
        }
    }

    /// <summary>The sender killed again and again, the server as bad as servers are: see <see cref="MailTorture"/>.</summary>
    /// <param name="arguments">Led by "serve" to kill the whole server with its jobs instead of the sender alone; then how many letters.</param>
    public static async Task Torture(string[] arguments)
    {
        var serve = arguments is ["serve", ..];
        var size = arguments.Length > (serve ? 1 : 0) ? int.Parse(arguments[^1], CultureInfo.InvariantCulture) : 1000;
        Console.WriteLine(await new MailTorture(size, kills: 40, seed: 1, serve).Run(TimeSpan.FromMinutes(30)));
    }

    private static async Task Measure(WebApplication app, string name, int round, int size)
    {
        await Order(app, round, size);
        GC.Collect();
        var (cpu, watch) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        var written = await Send(app, new TypesetLetters());
        cpu = Environment.CpuUsage.TotalTime - cpu;
        Console.WriteLine($"{name,-34} {cpu.TotalSeconds,7:0.00} s CPU {watch.Elapsed.TotalSeconds,7:0.00} s wall   {written:#,0} written   working set peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB");
    }

    private static async Task Order(WebApplication app, int round, int size)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var queue = scope.ServiceProvider.GetRequiredService<LetterQueue>();
        await scope.ServiceProvider.GetRequiredService<Db>().Transaction(async () =>
        {
            for (var i = 1; i <= size; i++)
                await queue.Order(new LetterOrder
                {
                    Kind = "Oral", SubmissionNumber = (round * size) + i, DecisionVersion = 1, ToEmail = $"person{i}@somewhere.example", ToName = Names[i % Names.Length],
                    Fields = new Dictionary<string, string>
                    {
                        ["number"] = $"{i}", ["title"] = $"Lessons from exercise {i} at a border crossing", ["areaCode"] = "TA3", ["areaTitle"] = "Transport", ["decision"] = "accepted as oral presentation",
                        ["reason"] = i % 3 == 0 ? "Please shorten the introduction." : "", ["authors"] = Names[i % Names.Length],
                    },
                }, default);
        }, default);
    }

    private static async Task<T> Send<T>(WebApplication app, IRequest<T> request)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    private static readonly string[] Names = ["Ada Example", "ليلى العلوي", "Анна Иванова", "王小明", "Νίκος Παπαδόπουλος", "José Ñúñez", "山田花子", "김민준", "Ngũgĩ wa Thiong’o", "आरती शर्मा"];
}
