using System.CommandLine;
using AbstractReview.App.Submissions.Bulk;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.Web.Cli;

/// <summary><c>submissions export FILE</c>: every submission as one file; <c>import</c> takes the same files.</summary>
internal static class SubmissionsVerb
{
    public static Command Create() => new("submissions", "Writes all submissions as a file; “import” takes such files.") { Export() };

    private static Command Export()
    {
        var (data, file) = (CommandLine.Data(), new Argument<FileInfo>("file") { Description = "Written anew: .csv, .xlsx, or .json with --format." });
        var format = new Option<string?>("--format") { Description = "csv, xlsx, indico or hotcrp; without, by the end of the file's name." };
        var verb = new Command("export", "Writes every submission with its authors as CSV, XLSX, Indico's abstracts.json or HotCRP's paper JSON.") { file, format, data };
        verb.SetAction(async (parsed, ct) =>
        {
            var to = parsed.GetValue(file)!;
            var asked = Format(parsed.GetValue(format), to);
            await using var app = await CommandLine.Offline(parsed.Folder(data), ct);
            await using var scope = app.Services.CreateAsyncScope();
            var written = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ExportSubmissions(asked, Actor.Timetable), ct);
            await File.WriteAllBytesAsync(to.FullName, written.Bytes, ct);
            Console.WriteLine($"{to.Name}: {written.Count} submissions.");
            return 0;
        });
        return verb;
    }

    // Both kinds of JSON end alike, so one of them has to be named.
    private static BulkFormat Format(string? asked, FileInfo to) => (asked, to.Extension.ToLowerInvariant()) switch
    {
        ({ } word, _) => Api.BulkApi.FormatOf(word),
        (_, ".csv") => BulkFormat.Csv,
        (_, ".xlsx") => BulkFormat.Xlsx,
        (_, ".json") => throw new RuleBrokenException("format", "Say which JSON: --format indico or --format hotcrp."),
        _ => throw new RuleBrokenException("format", "The file's name ends in neither .csv nor .xlsx; say --format csv, xlsx, indico or hotcrp."),
    };
}
