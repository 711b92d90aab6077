using System.CommandLine;
using AbstractReview.App.Accounts;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.Web.Cli;

/// <summary><c>account add</c> and <c>account token</c>: the first chair and secretariat of an installation.</summary>
internal static class AccountVerb
{
    public static Command Create() => new("account", "Adds accounts and makes API tokens.") { Add(), Token() };

    private static Command Add()
    {
        var data = CommandLine.Data();
        var email = new Argument<string>("email");
        var given = new Option<string>("--given-name") { Required = true };
        var family = new Option<string>("--family-name") { Required = true };
        var roles = new Option<Role[]>("--role") { Description = "Author, Reviewer, AreaChair, Chair or Secretariat; may be repeated." };
        var areas = new Option<string[]>("--area") { Description = "The areas of an area chair." };
        var verb = new Command("add", "Adds an account, or roles to one. The password is read from standard input when it is piped in.") { email, given, family, roles, areas, data };
        verb.SetAction(async (parsed, ct) =>
        {
            await using var app = await CommandLine.Offline(parsed.Folder(data), ct);
            using var scope = app.Services.CreateScope();
            var password = Console.IsInputRedirected ? (await Console.In.ReadToEndAsync(ct)).Trim() : "";
            var id = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new AddAccount
            {
                Email = parsed.GetValue(email)!,
                GivenName = parsed.GetValue(given)!,
                FamilyName = parsed.GetValue(family)!,
                Roles = parsed.GetValue(roles) ?? [],
                Areas = parsed.GetValue(areas) ?? [],
                Password = password == "" ? null : password,
                By = Actor.Timetable,
            }, ct);
            Console.WriteLine($"Person {id}: {parsed.GetValue(email)}");
            return 0;
        });
        return verb;
    }

    private static Command Token()
    {
        var data = CommandLine.Data();
        var email = new Argument<string>("email");
        var name = new Option<string>("--name") { DefaultValueFactory = _ => "command line" };
        var verb = new Command("token", "Makes an API token for an account and prints it.") { email, name, data };
        verb.SetAction(async (parsed, ct) =>
        {
            await using var app = await CommandLine.Offline(parsed.Folder(data), ct);
            using var scope = app.Services.CreateScope();
            var person = await scope.ServiceProvider.GetRequiredService<PersonStore>().FindByEmailAsync(MailAddress.Normalise(parsed.GetValue(email)!), ct)
                ?? throw new NotFoundException($"There is no account {parsed.GetValue(email)}.");
            Console.WriteLine(await scope.ServiceProvider.GetRequiredService<IMediator>()
                .Send(new IssueToken(person.Id, parsed.GetValue(name)!, "read write", null, Actor.Timetable), ct));
            return 0;
        });
        return verb;
    }
}
