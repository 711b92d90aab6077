using System.CommandLine;
using AbstractReview.App.Book;
using AbstractReview.App.Jobs;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.Web.Cli;

/// <summary><c>book</c>: builds an edition of the book of abstracts now.</summary>
internal static class BookVerb
{
    public static Command Create()
    {
        var data = CommandLine.Data();
        var areas = new Option<string[]>("--area") { Description = "Only these areas; may be repeated." };
        var paper = new Option<string>("--page-size") { Description = "A4 or Letter.", DefaultValueFactory = _ => "A4" };
        var columns = new Option<int>("--columns") { Description = "1 or 2.", DefaultValueFactory = _ => 1 };
        var draft = new Option<bool>("--draft") { Description = "Prints DRAFT across every page." };
        var verb = new Command("book", "Builds an edition of the book of abstracts.") { areas, paper, columns, draft, data };
        verb.SetAction(async (parsed, ct) =>
        {
            var options = new BookOptions
            {
                Areas = parsed.GetValue(areas) ?? [], PageSize = parsed.GetValue(paper)!, Columns = parsed.GetValue(columns), Draft = parsed.GetValue(draft),
            };
            await using var app = await CommandLine.Offline(parsed.Folder(data), ct);
            var job = await Send(app, new BuildEdition(options, Actor.Timetable), ct);
            await Steps.Run(async start =>
            {
                using var step = start("Building the book of abstracts", 0);
                var work = Send(app, new RunLongWork(), ct);
                while (!work.IsCompleted)
                {
                    var status = await Send(app, new ReadJob(job, Actor.Timetable), ct);
                    step.Set(status.Done, status.Total);
                    await Task.WhenAny(work, Task.Delay(200, ct));
                }

                await work;
            });
            var ended = await Send(app, new ReadJob(job, Actor.Timetable), ct);
            Console.WriteLine(ended.State == "Done" ? ended.Result?.GetRawText() : ended.Message);
            return ended.State == "Done" ? 0 : 1;
        });
        return verb;
    }

    private static async Task<T> Send<T>(WebApplication app, IRequest<T> request, CancellationToken ct)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, ct);
    }
}
