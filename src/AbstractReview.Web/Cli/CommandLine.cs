using System.CommandLine;
using AbstractReview.App.Storage;
using AbstractReview.Domain;

namespace AbstractReview.Web.Cli;

/// <summary>The command line: one verb per file, each a thin way to the same use cases as the pages.</summary>
internal static class CommandLine
{
    public static Option<DirectoryInfo> Data() => new("--data")
    {
        Description = "The folder that holds the installation's data.",
        DefaultValueFactory = _ => new DirectoryInfo("var"),
    };

    public static async Task<int> Run(string[] args)
    {
        var root = new RootCommand("AbstractReview takes a scientific conference from its call for abstracts to its printed programme.")
        {
            Demo.DemoVerb.Create(),
            ServeVerb.Create(),
            MigrateVerb.Create(),
            ImportVerb.Create(),
            AccountVerb.Create(),
            CheckVerb.Create(),
            RehearseVerb.Create(),
            RouteVerb.Create(),
            SubmissionsVerb.Create(),
            ReviewsVerb.Create(),
            LettersVerb.Create(),
            MailVerb.Create(),
            BookVerb.Create(),
            MatchVerb.Create(),
            MatchVerb.CreateAffinity(),
            LeavingVerbs.Backup(),
            LeavingVerbs.Restore(),
            LeavingVerbs.Export(),
            PersonVerb.Create(),
        };
        try
        {
            return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception refusal) when (refusal is RuleBrokenException or NotFoundException or NotAllowedException or StaleException or FileNotFoundException or DirectoryNotFoundException)
        {
            foreach (var line in refusal is RuleBrokenException rule ? rule.Errors.Select(e => e.Message) : [refusal.Message])
                await Console.Error.WriteLineAsync(line);
            return 1;
        }
        catch (Exception trouble) when (StorageTrouble.Words(trouble) is not null)
        {
            await Console.Error.WriteLineAsync($"{StorageTrouble.Words(trouble)} ({trouble.Message})");
            return 1;
        }
    }

    public static DataFolder Folder(this ParseResult parsed, Option<DirectoryInfo> data)
    {
        var folder = new DataFolder(parsed.GetValue(data)!.FullName);
        Directory.CreateDirectory(folder.Root);
        return folder;
    }

    /// <summary>A server that is built and migrated but does not listen: what verbs other than serve work with.</summary>
    public static async Task<WebApplication> Offline(DataFolder folder, CancellationToken ct, Action<WebApplicationBuilder>? adjust = null)
    {
        var app = Server.Build(folder, port: null, adjust);
        await app.Services.GetRequiredService<Migrations>().Apply(ct);
        return app;
    }
}
