using System.CommandLine;
using AbstractReview.App.Jobs;
using AbstractReview.App.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AbstractReview.Web.Cli.Demo;

/// <summary>
/// <c>demo</c>: tells the sample conference from its call to its printed programme through the real commands and jobs, then
/// serves it. A demo that was killed goes on where it stopped; one that was told to its end is just served.
/// </summary>
internal static class DemoVerb
{
    public static Command Create()
    {
        var (data, port) = (CommandLine.Data(), ServeVerb.Port());
        var exit = new Option<bool>("--exit") { Description = "End when the story is told instead of serving it." };
        var submissions = new Option<int>("--submissions") { Description = "How many submissions; past the written ones they are recombined.", DefaultValueFactory = _ => DemoCast.Written };
        var reviewers = new Option<int>("--reviewers") { Description = "How many reviewers; past the written ones they are recombined.", DefaultValueFactory = _ => DemoCast.WrittenReviewers };
        var seed = new Option<int>("--seed") { Description = "The same seed tells the same story, to the byte.", DefaultValueFactory = _ => 2019 };
        var verb = new Command("demo", "Runs the sample conference from its call to its printed programme, then serves it.") { data, port, exit, submissions, reviewers, seed };
        verb.SetAction(async (parsed, ct) =>
        {
            var folder = parsed.Folder(data);
            var cast = DemoCast.Read(parsed.GetValue(submissions), parsed.GetValue(reviewers), parsed.GetValue(seed));
            await Tell(folder, cast, ct);
            if (parsed.GetValue(exit)) return 0;
            Console.WriteLine($"The conference is at http://127.0.0.1:{parsed.GetValue(port)}/ and its accounts in {Path.Combine(folder.Root, "demo-accounts.json")}.");
            return await ServeVerb.Serve(folder, parsed.GetValue(port), ct);
        });
        return verb;
    }

    private static async Task Tell(DataFolder folder, DemoCast cast, CancellationToken ct)
    {
        var clock = StoryClock.Begin(folder, cast.Conference.At(cast.Conference.Dates.CallOpens));
        await using var app = await CommandLine.Offline(folder, ct, builder =>
        {
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
            // The story sends the jobs' requests itself, in order, so that it is the same story every time.
            builder.Services.Replace(ServiceDescriptor.Singleton<IAlarm>(new SilentAlarm()));
            builder.Logging.SetMinimumLevel(LogLevel.Error);
        });
        await Steps.Run(step => new DemoStory(app.Services, clock, cast, folder, step, ct).Tell());
    }
}
