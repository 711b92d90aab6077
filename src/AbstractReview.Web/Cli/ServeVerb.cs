using System.CommandLine;
using AbstractReview.App.Jobs;
using AbstractReview.App.Storage;
using AbstractReview.Web.Jobs;
using MediatR;

namespace AbstractReview.Web.Cli;

/// <summary><c>serve</c>: pages, API and jobs over a data folder.</summary>
internal static class ServeVerb
{
    public static Command Create()
    {
        var (data, port) = (CommandLine.Data(), Port());
        var verb = new Command("serve", "Serves pages, API and jobs.") { data, port };
        verb.SetAction((parsed, ct) => Serve(parsed.Folder(data), parsed.GetValue(port), ct));
        return verb;
    }

    public static Option<int> Port() => new("--port") { Description = "The port on 127.0.0.1.", DefaultValueFactory = _ => 5080 };

    public static async Task<int> Serve(DataFolder folder, int port, CancellationToken ct)
    {
        NativeMemory.ShareArenas();
        await using var app = Server.Build(folder, port);
        await app.Services.GetRequiredService<Migrations>().Apply(ct);
        await using (var scope = app.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ReleaseDeadClaims(), ct);
        await app.StartAsync(ct);
        app.Services.StartJobs();
        await app.WaitForShutdownAsync(ct);
        return 0;
    }
}
