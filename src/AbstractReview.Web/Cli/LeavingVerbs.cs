using System.CommandLine;
using AbstractReview.App.Audit;
using AbstractReview.App.Leaving;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.Web.Cli;

/// <summary><c>backup</c>, <c>restore</c> and <c>export</c>: the data folder in one archive and back, and the conference as open files. <c>import DIR</c> reads those again.</summary>
internal static class LeavingVerbs
{
    public static Command Backup()
    {
        var (data, file) = (CommandLine.Data(), new Argument<FileInfo>("file") { Description = "The archive to write, a ZIP file." });
        var verb = new Command("backup", "Writes database, files and keys into one archive while the server runs, and verifies it.") { file, data };
        verb.SetAction(async (parsed, ct) =>
        {
            var parts = await App.Leaving.Backup.Make(parsed.Folder(data), parsed.GetValue(file)!.FullName, ct);
            Console.WriteLine($"{parsed.GetValue(file)}: {parts} parts, verified.");
            return 0;
        });
        return verb;
    }

    public static Command Restore()
    {
        var (data, file) = (CommandLine.Data(), new Argument<FileInfo>("file") { Description = "An archive that “backup” wrote." });
        var verb = new Command("restore", "Unpacks a backup into a folder without a database and checks the data.") { file, data };
        verb.SetAction(async (parsed, ct) =>
        {
            var folder = parsed.Folder(data);
            var parts = await App.Leaving.Backup.Restore(parsed.GetValue(file)!.FullName, folder, ct);
            await using var app = await CommandLine.Offline(folder, ct);
            Console.WriteLine($"{folder.Root}: {parts} parts restored.");
            return await Check(app, ct);
        });
        return verb;
    }

    public static Command Export()
    {
        var (data, into) = (CommandLine.Data(), new Argument<DirectoryInfo>("folder") { Description = "A new or empty folder." });
        var verb = new Command("export", "Writes the whole conference as open files: JSON lines, CSV, PDFs. It holds hashes of passwords: keep it as you keep the database.") { into, data };
        verb.SetAction(async (parsed, ct) =>
        {
            await using var app = await CommandLine.Offline(parsed.Folder(data), ct);
            await using var scope = app.Services.CreateAsyncScope();
            var manifest = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ExportConference(parsed.GetValue(into)!.FullName, Actor.Timetable), ct);
            Console.WriteLine($"{parsed.GetValue(into)}: {manifest.Rows.Values.Sum()} rows of {manifest.Rows.Count} tables, {manifest.Files} files.");
            return 0;
        });
        return verb;
    }

    /// <summary>Reads an export into an empty installation and checks what it became.</summary>
    public static async Task<int> Import(WebApplication app, string folder, CancellationToken ct)
    {
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var manifest = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ImportExported(folder, Actor.Timetable), ct);
            Console.WriteLine($"{folder}: {manifest.Rows.Values.Sum()} rows, {manifest.Files} files.");
        }

        return await Check(app, ct);
    }

    private static async Task<int> Check(WebApplication app, CancellationToken ct)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var broken = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new CheckInvariants(), ct);
        foreach (var line in broken) await Console.Error.WriteLineAsync(line);
        Console.WriteLine(broken.Count == 0 ? "All is well." : $"{broken.Count} broken.");
        return broken.Count == 0 ? 0 : 1;
    }
}
