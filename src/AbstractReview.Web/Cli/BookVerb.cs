using System.CommandLine;
using AbstractReview.App.Book;
using AbstractReview.App.Jobs;
using AbstractReview.Domain;
using AbstractReview.Domain.Decisions;
using MediatR;

namespace AbstractReview.Web.Cli;

/// <summary><c>book</c>: builds an edition of the book of abstracts now, in all its formats.</summary>
internal static class BookVerb
{
    private static readonly Option<string[]> Areas = new("--area") { Description = "Only these areas; may be repeated." };
    private static readonly Option<DecisionKind[]> Kinds = new("--kind") { Description = "Only Oral, Poster or Panel; may be repeated." };
    private static readonly Option<bool> Confirmed = new("--confirmed-only") { Description = "Leaves out what its authors have not confirmed." };
    private static readonly Option<BookOrder> Order = new("--order") { Description = "Programme or Number.", DefaultValueFactory = _ => BookOrder.Programme };
    private static readonly Option<BookPiece[]> Without = new("--without") { Description = $"Leaves a piece out; may be repeated: {string.Join(", ", Enum.GetNames<BookPiece>())}." };
    private static readonly Option<string> Paper = new("--page-size") { Description = "A4 or Letter.", DefaultValueFactory = _ => "A4" };
    private static readonly Option<int> Columns = new("--columns") { Description = "1 or 2.", DefaultValueFactory = _ => 1 };
    private static readonly Option<bool> Bleed = new("--bleed") { Description = "For a printer: 3 mm of bleed on every side, and where to trim." };
    private static readonly Option<bool> Draft = new("--draft") { Description = "Prints DRAFT across every page." };
    private static readonly Option<string> DoiPrefix = new("--doi-prefix") { Description = "Such as 10.12345: gives every abstract a DOI and makes a deposit for Crossref.", DefaultValueFactory = _ => "" };
    private static readonly Option<string> Isbn = new("--isbn") { Description = "ISBN-13 of the book.", DefaultValueFactory = _ => "" };

    public static Command Create()
    {
        var data = CommandLine.Data();
        var verb = new Command("book", "Builds an edition of the book of abstracts as PDF, EPUB, HTML, BibTeX and JATS.") { Areas, Kinds, Confirmed, Order, Without, Paper, Columns, Draft, Bleed, DoiPrefix, Isbn, data };
        verb.SetAction(async (parsed, ct) =>
        {
            await using var app = await CommandLine.Offline(parsed.Folder(data), ct);
            var job = await Send(app, new BuildEdition(Options(parsed), Actor.Timetable), ct);
            await Steps.Run(start => Watch(app, job, start, ct));
            var ended = await Send(app, new ReadJob(job, Actor.Timetable), ct);
            Console.WriteLine(ended.State == "Done" ? ended.Result?.GetRawText() : ended.Message);
            return ended.State == "Done" ? 0 : 1;
        });
        return verb;
    }

    private static BookOptions Options(ParseResult parsed) => new()
    {
        Areas = parsed.GetValue(Areas) ?? [], Kinds = parsed.GetValue(Kinds) ?? [], ConfirmedOnly = parsed.GetValue(Confirmed), Order = parsed.GetValue(Order), Without = parsed.GetValue(Without) ?? [],
        PageSize = parsed.GetValue(Paper)!, Columns = parsed.GetValue(Columns), Draft = parsed.GetValue(Draft), Bleed = parsed.GetValue(Bleed), DoiPrefix = parsed.GetValue(DoiPrefix)!, Isbn = parsed.GetValue(Isbn)!,
    };

    private static async Task Watch(WebApplication app, int job, Func<string, int, Steps.Step> start, CancellationToken ct)
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
    }

    private static async Task<T> Send<T>(WebApplication app, IRequest<T> request, CancellationToken ct)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, ct);
    }
}
