using System.Net;
using System.Net.Http.Headers;
using AbstractReview.App.Accounts;
using AbstractReview.App.Call;
using AbstractReview.App.Jobs;
using AbstractReview.App.Storage;
using AbstractReview.App.Tests;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Web.Jobs;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace AbstractReview.Web.Tests;

/// <summary>The real server in this process, over a real SQLite file, with a clock in hand. Jobs run when a test says so.</summary>
public sealed class Site : IAsyncDisposable
{
    private readonly WebApplication _app;
    private IReadOnlyDictionary<string, string>? _settings;
    private TestEngine? _engine;
    private readonly Dictionary<HttpClient, Func<string>> _browsers = [];
    private int _people;

    private Site(WebApplication app, DataFolder folder, FakeTimeProvider clock) => (_app, Folder, Clock) = (app, folder, clock);

    public DataFolder Folder { get; }
    public FakeTimeProvider Clock { get; }
    public IServiceProvider Services => _app.Services;

    /// <summary>The sample conference, its call open since a month. <paramref name="onFile"/> asks for SQLite whichever engine is tested, for tests that copy the file.</summary>
    /// <param name="adjust">Changes the call.</param>
    /// <param name="settings">Come before files and environment.</param>
    /// <param name="onFile">Asks for SQLite.</param>
    /// <param name="jobs">Jobs run by themselves when rung for, as in service.</param>
    /// <param name="listen">Stands between the server and its parts; only with <paramref name="onFile"/>.</param>
    public static async Task<Site> Open(Func<Conference, Conference>? adjust = null, IReadOnlyDictionary<string, string>? settings = null, bool onFile = false, bool jobs = false, Action<WebApplicationBuilder, DataFolder>? listen = null)
    {
        var folder = new DataFolder(Directory.CreateTempSubdirectory("abstractreview-").FullName);
        var clock = new FakeTimeProvider(new DateTimeOffset(2019, 2, 15, 12, 0, 0, TimeSpan.Zero));
        var engine = onFile ? null : await TestEngine.Open();
        if (engine is not null)
            settings = new Dictionary<string, string>(settings ?? new Dictionary<string, string>()) { ["Storage:Engine"] = "SqlServer", ["ConnectionStrings:Default"] = engine.ConnectionString };
        var app = Build(folder, clock, settings, jobs, adjust: listen is null ? null : builder => listen(builder, folder));
        await app.Services.GetRequiredService<Migrations>().Apply(default);
        var file = await File.ReadAllTextAsync(Repository.SampleConference);
        if (adjust is not null) file = ConferenceFile.Write(adjust(ConferenceFile.Read(file)));
        var site = new Site(app, folder, clock) { _settings = settings, _engine = engine };
        await site.Send(new ImportConference(file, Actor.Timetable));
        await app.StartAsync();
        if (jobs) app.Services.StartJobs();
        return site;
    }

    /// <summary>A second server over the same data, as another node is; its own process apart.</summary>
    public async Task<WebApplication> AnotherNode()
    {
        var node = Build(Folder, Clock, _settings);
        await node.StartAsync();
        return node;
    }

    /// <summary>A node over the same data that listens on a port of this machine, for what only a real connection can bring.</summary>
    public async Task<WebApplication> Listen(Action<WebApplicationBuilder>? adjust = null)
    {
        var node = Build(Folder, Clock, _settings, listen: true, adjust: adjust);
        await node.StartAsync();
        return node;
    }

    private static WebApplication Build(DataFolder folder, FakeTimeProvider clock, IReadOnlyDictionary<string, string>? settings, bool jobs = false, bool listen = false, Action<WebApplicationBuilder>? adjust = null) => Server.Build(folder, listen ? 0 : null, builder =>
    {
        if (!listen) builder.WebHost.UseTestServer();
        adjust?.Invoke(builder);
        builder.Services.AddSingleton<TimeProvider>(clock);
        if (jobs) return;
        builder.Services.Replace(ServiceDescriptor.Singleton<IAlarm, SilentAlarm>());
        // No Hangfire server: a job runs when the test sends its request.
        foreach (var hosted in builder.Services.Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationFactory?.Method.DeclaringType?.FullName?.Contains("Hangfire", StringComparison.Ordinal) == true).ToList())
            builder.Services.Remove(hosted);
    }, settings: settings?.ToDictionary(s => s.Key, s => (string?)s.Value));

    public async Task<T> Send<T>(IRequest<T> request)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    public async Task<T?> One<T>(string sql, object? args = null)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Db>().One<T>(sql, args, default);
    }

    public async Task Run(string sql, object args)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Db>().Run(sql, args, default);
    }

    /// <summary>Somebody new with these roles; sign in with <see cref="Password"/>.</summary>
    public async Task<Actor> Person(Role[] roles, params string[] areas)
    {
        var n = Interlocked.Increment(ref _people);
        var email = $"person{n}@somewhere{n}.example";
        var id = await Send(new AddAccount
        {
            Email = email, GivenName = $"Given{n}", FamilyName = $"Family{n}", Affiliation = $"Institute {n}", Country = "FR", Roles = roles, Areas = areas, Password = Password, By = Actor.Timetable,
        });
        return Actor.Person(id, email, roles.Append(Role.Author), areas);
    }

    public const string Password = "correct horse battery";

    /// <summary>A client of the API with the person's token; a visitor's without.</summary>
    public async Task<HttpClient> Api(Actor? person = null)
    {
        var client = _app.GetTestClient();
        if (person is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await Send(new IssueToken(person.PersonId, "test", "read write", null, Actor.Timetable)));
        return client;
    }

    /// <summary>A client that keeps cookies, as a browser without JavaScript does; it does not follow redirects.</summary>
    public HttpClient Browser()
    {
        var cookies = new Cookies(_app.GetTestServer().CreateHandler());
        var browser = new HttpClient(cookies) { BaseAddress = new Uri("http://localhost") };
        _browsers[browser] = () => cookies.Header;
        return browser;
    }

    /// <summary>A client that goes on with a browser's cookies and never changes them, whatever the server says: signing out does not end it.</summary>
    internal HttpClient Session(HttpClient browser)
    {
        var client = _app.GetTestClient();
        client.DefaultRequestHeaders.Add("Cookie", _browsers[browser]());
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_engine is not null) await _engine.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(Folder.Root, recursive: true);
    }

    private sealed class Cookies(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private readonly CookieContainer _jar = new();

        public string Header => _jar.GetCookieHeader(new Uri("http://localhost"));

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (_jar.GetCookieHeader(request.RequestUri!) is { Length: > 0 } header) request.Headers.Add("Cookie", header);
            var response = await base.SendAsync(request, cancellationToken);
            if (response.Headers.TryGetValues("Set-Cookie", out var set))
                foreach (var cookie in set) _jar.SetCookies(request.RequestUri!, cookie);
            return response;
        }
    }
}
