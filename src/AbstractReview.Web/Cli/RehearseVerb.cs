using System.CommandLine;
using AbstractReview.App.Call;
using AbstractReview.App.Jobs;
using AbstractReview.App.Storage;
using AbstractReview.Web.Rehearsals;

namespace AbstractReview.Web.Cli;

/// <summary><c>rehearse</c>: tries every door as every role in a copy with planted names; exit code 1 and a list where a name showed.</summary>
internal static class RehearseVerb
{
    public static Command Create()
    {
        var data = CommandLine.Data();
        var json = new Option<bool>("--json") { Description = "The whole report as JSON on standard output." };
        var verb = new Command("rehearse", "Rehearses anonymity in a copy of the conference with planted names.") { data, json };
        verb.SetAction(async (parsed, ct) =>
        {
            await using var app = await CommandLine.Offline(parsed.Folder(data), ct);
            await using var scope = app.Services.CreateAsyncScope();
            var conference = await scope.ServiceProvider.GetRequiredService<ConferenceReader>().Current(ct);
            RehearsalReport report = null!;
            await Steps.Run(async start =>
            {
                using var step = start("Rehearsing", 100);
                report = await new Rehearsal(conference).Run(new JobProgress((done, total, _) => { step.Set(done, total); return Task.CompletedTask; }, TimeProvider.System), ct);
            });
            Console.WriteLine(parsed.GetValue(json) ? Json.Write(report) : Words(report));
            return report.Passed ? 0 : 1;
        });
        return verb;
    }

    private static string Words(RehearsalReport report) => string.Join(Environment.NewLine,
    [
        $"{(report.Passed ? "Passed" : "Not passed")}: {report.Blind} blind, {report.Doors} doors, {report.Answers} answers, {report.Mails} mails.",
        .. report.Findings.Select(f => $"{f.Phase}: {f.Viewer} saw {f.What} at {f.Door}: … {f.Near} …"),
        .. report.Untried.Select(d => $"Not tried: {d}"),
        .. report.Unseen.Select(w => $"Shown to nobody, so that its hiding proves nothing: {w}"),
    ]);
}
