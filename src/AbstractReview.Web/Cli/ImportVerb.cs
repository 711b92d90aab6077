using System.CommandLine;
using AbstractReview.App.Call;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.Web.Cli;

/// <summary><c>import FILE…</c>: takes a conference file.</summary>
internal static class ImportVerb
{
    public static Command Create()
    {
        var data = CommandLine.Data();
        var files = new Argument<FileInfo[]>("files") { Description = "Conference files (JSON).", Arity = ArgumentArity.OneOrMore };
        var verb = new Command("import", "Imports a conference file.") { files, data };
        verb.SetAction(async (parsed, ct) =>
        {
            await using var app = await CommandLine.Offline(parsed.Folder(data), ct);
            foreach (var file in parsed.GetValue(files)!)
            {
                using var scope = app.Services.CreateScope();
                var conference = await scope.ServiceProvider.GetRequiredService<IMediator>()
                    .Send(new ImportConference(await File.ReadAllTextAsync(file.FullName, ct), Actor.Timetable), ct);
                Console.WriteLine($"{file.Name}: {conference.Title}, {conference.Areas.Count} areas.");
            }

            return 0;
        });
        return verb;
    }
}
