using System.CommandLine;
using AbstractReview.App.Storage;

namespace AbstractReview.Web.Cli;

/// <summary><c>migrate</c>: brings the schema up to date and ends. <c>serve</c> does the same at its start.</summary>
internal static class MigrateVerb
{
    public static Command Create()
    {
        var data = CommandLine.Data();
        var verb = new Command("migrate", "Brings the database's schema up to date.") { data };
        verb.SetAction(async (parsed, ct) =>
        {
            await using var app = Server.Build(parsed.Folder(data));
            var steps = await app.Services.GetRequiredService<Migrations>().Apply(ct);
            Console.WriteLine($"{steps} steps applied.");
            return 0;
        });
        return verb;
    }
}
