using System.CommandLine;
using AbstractReview.App.Accounts;
using AbstractReview.App.Leaving;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.Web.Cli;

/// <summary><c>person export</c> and <c>person erase</c>: what the law gives everybody over what is kept of them.</summary>
internal static class PersonVerb
{
    public static Command Create() => new("person", "Exports or erases what is kept of one person.") { Export(), Erase() };

    private static Command Export()
    {
        var (data, email) = (CommandLine.Data(), new Argument<string>("email"));
        var verb = new Command("export", "Prints everything that is kept of a person, as JSON.") { email, data };
        verb.SetAction((parsed, ct) => With(parsed.Folder(data), parsed.GetValue(email)!, async (id, mediator) =>
            Console.WriteLine(await mediator.Send(new ExportPerson(id, Actor.Timetable), ct)), ct));
        return verb;
    }

    private static Command Erase()
    {
        var (data, email) = (CommandLine.Data(), new Argument<string>("email"));
        var verb = new Command("erase", "Takes a person out. What was printed keeps its author's name; ledgers and audit stay whole.") { email, data };
        verb.SetAction((parsed, ct) => With(parsed.Folder(data), parsed.GetValue(email)!, async (id, mediator) =>
        {
            var erased = await mediator.Send(new ErasePerson(id, Actor.Timetable), ct);
            Console.WriteLine($"{erased.Name}. {(erased.Printed.Count == 0 ? "Nothing of theirs is in print." : $"In print: {string.Join(", ", erased.Printed.Select(n => $"AR-{n}"))}.")} {(erased.TextsLeft ? "Somebody else has the same name: texts that mention it were left as they are. " : "")}Backups and exports made before still hold the person.");
        }, ct));
        return verb;
    }

    private static async Task<int> With(App.Storage.DataFolder folder, string email, Func<int, IMediator, Task> work, CancellationToken ct)
    {
        await using var app = await CommandLine.Offline(folder, ct);
        await using var scope = app.Services.CreateAsyncScope();
        var person = await scope.ServiceProvider.GetRequiredService<PersonStore>().FindByEmailAsync(MailAddress.Normalise(email), ct) ?? throw new NotFoundException($"There is no account {email}.");
        await work(person.Id, scope.ServiceProvider.GetRequiredService<IMediator>());
        return 0;
    }
}
