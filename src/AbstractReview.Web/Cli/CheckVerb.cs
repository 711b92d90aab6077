using System.CommandLine;
using AbstractReview.App.Audit;
using MediatR;

namespace AbstractReview.Web.Cli;

/// <summary><c>check</c>: whether the data holds together; exit code 1 and a list where it does not.</summary>
internal static class CheckVerb
{
    public static Command Create()
    {
        var data = CommandLine.Data();
        var verb = new Command("check", "Checks the data's invariants; exit code 1 and a list where one is broken.") { data };
        verb.SetAction(async (parsed, ct) =>
        {
            await using var app = await CommandLine.Offline(parsed.Folder(data), ct);
            await using var scope = app.Services.CreateAsyncScope();
            var broken = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new CheckInvariants(), ct);
            foreach (var line in broken) await Console.Error.WriteLineAsync(line);
            Console.WriteLine(broken.Count == 0 ? "All is well." : $"{broken.Count} broken.");
            return broken.Count == 0 ? 0 : 1;
        });
        return verb;
    }
}
