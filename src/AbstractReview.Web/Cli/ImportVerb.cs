using System.CommandLine;
using AbstractReview.App.Call;
using AbstractReview.App.Reviewers;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.Web.Cli;

/// <summary><c>import FILE…</c>: takes a conference file (JSON) and files of reviewers (CSV), in the order given.</summary>
internal static class ImportVerb
{
    public static Command Create()
    {
        var data = CommandLine.Data();
        var files = new Argument<FileInfo[]>("files") { Description = "Conference files (JSON) and files of reviewers (CSV).", Arity = ArgumentArity.OneOrMore };
        var verb = new Command("import", "Imports a conference file, and files of reviewers.") { files, data };
        verb.SetAction(async (parsed, ct) =>
        {
            await using var app = await CommandLine.Offline(parsed.Folder(data), ct);
            foreach (var file in parsed.GetValue(files)!)
            {
                using var scope = app.Services.CreateScope();
                var (mediator, text) = (scope.ServiceProvider.GetRequiredService<IMediator>(), await File.ReadAllTextAsync(file.FullName, ct));
                if (file.Extension.Equals(".csv", StringComparison.OrdinalIgnoreCase))
                {
                    var imported = await mediator.Send(new ImportReviewers(text, Actor.Timetable), ct);
                    Console.WriteLine($"{file.Name}: {imported.Added} reviewers added, {imported.Changed} changed.");
                    continue;
                }

                var conference = await mediator.Send(new ImportConference(text, Actor.Timetable), ct);
                Console.WriteLine($"{file.Name}: {conference.Title}, {conference.Areas.Count} areas.");
            }

            return 0;
        });
        return verb;
    }
}
