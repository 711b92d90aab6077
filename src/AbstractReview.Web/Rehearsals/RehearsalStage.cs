using AbstractReview.App.Accounts;
using AbstractReview.App.Call;
using AbstractReview.App.Jobs;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using MediatR;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AbstractReview.Web.Rehearsals;

/// <summary>The copy the rehearsal plays in: the call as it stands, a database and a folder of its own, a clock that stands, and the whole server on a loopback port.</summary>
internal sealed class RehearsalStage : IAsyncDisposable
{
    /// <summary>Everybody's in the copy, which is gone when the rehearsal ends.</summary>
    public const string Password = "four walls and a curtain";

    private readonly Dictionary<string, int> _people = [];
    private readonly WebApplication _app;

    private RehearsalStage(WebApplication app, DataFolder folder, StoryClock clock, Conference conference, RehearsalCast cast)
        => (_app, Folder, Clock, Conference, Cast) = (app, folder, clock, conference, cast);

    public DataFolder Folder { get; }
    public StoryClock Clock { get; }
    public Conference Conference { get; }
    public RehearsalCast Cast { get; }
    public IServiceProvider Services => _app.Services;
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <param name="conference">The call that is rehearsed.</param>
    /// <param name="cast">Who plays.</param>
    /// <param name="adjust">Adds to the copy what is added to the server it copies.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<RehearsalStage> Open(Conference conference, RehearsalCast cast, Action<WebApplication>? adjust, CancellationToken ct)
    {
        var folder = new DataFolder(Directory.CreateTempSubdirectory("rehearsal-").FullName);
        var clock = StoryClock.Begin(folder, conference.At(conference.Dates.CallOpens).AddDays(1));
        var app = Server.Build(folder, adjust: builder =>
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
            builder.Logging.ClearProviders();
        }, settings: Settings);
        adjust?.Invoke(app);
        var stage = new RehearsalStage(app, folder, clock, conference, cast);
        await app.Services.GetRequiredService<Migrations>().Apply(ct);
        await stage.Send(new ImportConference(ConferenceFile.Write(conference), Actor.Timetable), ct);
        foreach (var player in cast.Players) await stage.Enter(player, ct);
        await app.StartAsync(ct);
        return stage;
    }

    /// <summary>What the player is to the conference now.</summary>
    public async Task<Actor> As(string key, CancellationToken ct)
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ActorReader>().Of(_people[key], ct);
    }

    public async Task<T> Send<T>(IRequest<T> request, CancellationToken ct)
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, ct);
    }

    public async Task<IReadOnlyList<T>> All<T>(string sql, CancellationToken ct)
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Db>().All<T>(sql, null, ct);
    }

    /// <summary>Every job of the timetable, until none finds anything to do.</summary>
    public async Task Jobs(CancellationToken ct)
    {
        int done;
        do
        {
            done = 0;
            foreach (var job in Timetable.Jobs.Values.OrderBy(j => j.Job, StringComparer.Ordinal)) done += await Send(job.Create(), ct);
        }
        while (done > 0);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(Folder.Root, recursive: true);
    }

    private async Task Enter(Player player, CancellationToken ct)
        => _people[player.Key] = await Send(new AddAccount
        {
            Email = player.Email, GivenName = player.GivenName, FamilyName = player.FamilyName, Affiliation = player.Affiliation, Country = player.Country,
            Password = Password, Roles = [player.Role], Areas = player.Area == "" ? [] : [player.Area], By = Actor.Timetable,
        }, ct);

    // Whatever the real one is set to: nothing of the copy may reach a mail server, another database or the real queue.
    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["Storage:Engine"] = "Sqlite", ["Jobs:Storage"] = "None", ["Mail:Host"] = "", ["Site:Address"] = "http://rehearsal.example",
        ["RateLimits:Account"] = "0", ["RateLimits:Api"] = "0", ["Accounts:RequireTwoFactor"] = "false", ["urls"] = "http://127.0.0.1:0",
    };
}
