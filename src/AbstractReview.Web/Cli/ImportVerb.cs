using System.CommandLine;
using AbstractReview.App.Call;
using AbstractReview.App.Leaving;
using AbstractReview.App.Reviewers;
using AbstractReview.App.Submissions.Bulk;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.Web.Cli;

/// <summary><c>import FILE…</c>: takes a conference file (JSON), files of reviewers (CSV) and of submissions (CSV, Indico's abstracts.json, HotCRP's paper JSON), or the folder of an export, in the order given. Each is all or nothing.</summary>
internal static class ImportVerb
{
    public static Command Create()
    {
        var data = CommandLine.Data();
        var files = new Argument<FileInfo[]>("files") { Description = "Conference files (JSON), files of reviewers (CSV), files of submissions (CSV, Indico's abstracts.json, HotCRP's paper JSON), or the folder that “export” wrote.", Arity = ArgumentArity.OneOrMore };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what files of submissions would become." };
        var verb = new Command("import", "Imports a conference file, files of reviewers, and files of submissions.") { files, data, dryRun };
        verb.SetAction(async (parsed, ct) =>
        {
            await using var app = await CommandLine.Offline(parsed.Folder(data), ct);
            foreach (var file in parsed.GetValue(files)!)
            {
                if (ImportExported.IsExport(file.FullName))
                {
                    if (await LeavingVerbs.Import(app, file.FullName, ct) != 0) return 1;
                    continue;
                }

                using var scope = app.Services.CreateScope();
                var (mediator, text) = (scope.ServiceProvider.GetRequiredService<IMediator>(), await File.ReadAllTextAsync(file.FullName, ct));
                if (await mediator.Send(new IsSubmissionsFile(text), ct))
                {
                    if (!Tell(file, await mediator.Send(new ImportSubmissions(text, parsed.GetValue(dryRun), Actor.Timetable), ct))) return 1;
                    continue;
                }

                if (parsed.GetValue(dryRun)) throw new RuleBrokenException($"{file.Name}: only files of submissions have a dry run.");
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

    private static bool Tell(FileInfo file, ImportReport report)
    {
        foreach (var error in report.Errors) Console.Error.WriteLine($"{file.Name}: {error}");
        if (report.Errors.Count > 0)
        {
            Console.Error.WriteLine($"{file.Name}: nothing was taken.");
            return false;
        }

        foreach (var row in report.Rows)
        {
            Console.WriteLine($"{file.Name}: {row.Place}: {(row.Number is { } n ? $"AR-{n} " : "")}{row.AreaCode} {row.State.ToString().ToLowerInvariant()}, {row.Owner}: {row.Title}");
            foreach (var warning in row.Warnings) Console.WriteLine($"    {warning}");
        }

        Console.WriteLine($"{file.Name}: {report.Rows.Count} submissions {(report.Done ? "taken" : "would be taken")}.");
        return true;
    }
}
