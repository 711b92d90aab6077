using System.CommandLine;
using AbstractReview.App.Accounts;
using AbstractReview.App.Call;
using AbstractReview.App.Reviews;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.Web.Cli;

/// <summary><c>reviews export|import</c>: a reviewer's queue as a form to fill in without a network, and back.</summary>
internal static class ReviewsVerb
{
    public static Command Create() => new("reviews", "Writes a reviewer's queue as an offline form, and takes it back.") { Export(), Import() };

    private static Command Export()
    {
        var (data, file, reviewer) = (CommandLine.Data(), new Argument<FileInfo>("file") { Description = "Ends in .csv or .xlsx." }, Reviewer());
        var verb = new Command("export", "Writes the reviewer's queue: a row per submission, with room for the review.") { file, reviewer, data };
        verb.SetAction(async (parsed, ct) =>
        {
            await using var app = await CommandLine.Offline(parsed.Folder(data), ct);
            await using var scope = app.Services.CreateAsyncScope();
            var to = parsed.GetValue(file)!;
            var format = to.Extension.ToLowerInvariant() switch
            {
                ".csv" => OfflineFormat.Csv,
                ".xlsx" => OfflineFormat.Xlsx,
                _ => throw new RuleBrokenException("The file's name ends in neither .csv nor .xlsx."),
            };
            var form = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ExportReviews(format, await Find(scope.ServiceProvider, parsed.GetValue(reviewer)!, ct)), ct);
            await File.WriteAllBytesAsync(to.FullName, form.Bytes, ct);
            return 0;
        });
        return verb;
    }

    private static Command Import()
    {
        var (data, file, reviewer) = (CommandLine.Data(), new Argument<FileInfo>("file"), Reviewer());
        var apply = new Option<bool>("--apply") { Description = "Takes the form; without, what would change is only told." };
        var verb = new Command("import", "Tells what a filled-in form changes; with --apply, changes it: all or nothing.") { file, reviewer, apply, data };
        verb.SetAction(async (parsed, ct) =>
        {
            await using var app = await CommandLine.Offline(parsed.Folder(data), ct);
            await using var scope = app.Services.CreateAsyncScope();
            var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
            var by = await Find(scope.ServiceProvider, parsed.GetValue(reviewer)!, ct);
            var rules = (await scope.ServiceProvider.GetRequiredService<ConferenceReader>().Current(ct)).Review;
            var form = OfflineForms.Read(await File.ReadAllBytesAsync(parsed.GetValue(file)!.FullName, ct), rules);
            var import = await mediator.Send(new ImportReviews(form, parsed.GetValue(apply), by), ct);
            return Tell(import);
        });
        return verb;
    }

    private static int Tell(ReviewImport import)
    {
        foreach (var item in import.Items.Where(i => i.Action != ImportAction.Nothing))
            Console.WriteLine($"{item.Number}  {item.Title}: {(item.Action == ImportAction.HandIn ? "handed in" : "kept as a draft")}{(item.Changes.Count == 0 ? "" : ", changes " + string.Join(", ", item.Changes.Select(c => c.Field)))}");
        foreach (var error in import.Errors) Console.Error.WriteLine(error.Message);
        if (import.Errors.Count > 0) return 1;
        Console.WriteLine(import.Applied ? $"{import.Changes} taken." : $"{import.Changes} would change. Add --apply to take them.");
        return 0;
    }

    private static Option<string> Reviewer() => new("--reviewer") { Description = "The reviewer's address.", Required = true };

    private static async Task<Actor> Find(IServiceProvider services, string email, CancellationToken ct)
    {
        var person = await services.GetRequiredService<PersonStore>().FindByEmailAsync(MailAddress.Normalise(email), ct) ?? throw new NotFoundException($"There is no account {email}.");
        return await services.GetRequiredService<ActorReader>().Of(person.Id, ct);
    }
}
