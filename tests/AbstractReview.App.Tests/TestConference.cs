using AbstractReview.App.Accounts;
using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace AbstractReview.App.Tests;

/// <summary>A conference of its own for one test: a real SQLite file, the real use cases, a clock in hand.</summary>
public sealed class TestConference : IAsyncDisposable
{
    private static readonly Lazy<string> SampleFile = new(() => File.ReadAllText(Repository.SampleConference));
    private readonly ServiceProvider _services;
    private readonly TestEngine? _engine;
    private int _people;

    private TestConference(ServiceProvider services, DataFolder folder, FakeTimeProvider clock, TestEngine? engine)
    {
        (_services, Folder, Clock, _engine) = (services, folder, clock, engine);
    }

    public DataFolder Folder { get; }
    public FakeTimeProvider Clock { get; }
    public IServiceProvider Services => _services;

    /// <summary>The sample conference, its call open since a month; <paramref name="services"/> may bring parts of a test's own.</summary>
    public static async Task<TestConference> Open(Func<Conference, Conference>? adjust = null, Action<IServiceCollection>? services = null)
    {
        var folder = new DataFolder(Directory.CreateTempSubdirectory("abstractreview-").FullName);
        var clock = new FakeTimeProvider(new DateTimeOffset(2019, 2, 15, 12, 0, 0, TimeSpan.Zero));
        var parts = new ServiceCollection();
        parts.AddLogging();
        parts.AddSingleton<TimeProvider>(clock);
        parts.AddSingleton(folder);
        var engine = await TestEngine.Open();
        parts.AddSingleton<Dialect>(_ => engine is null ? new SqliteDialect(folder.Database) : new SqlServerDialect(engine.ConnectionString));
        parts.AddSingleton<IPasswordHasher<Person>, PasswordHasher<Person>>();
        parts.AddAbstractReview();
        services?.Invoke(parts);
        var conference = new TestConference(parts.BuildServiceProvider(validateScopes: true), folder, clock, engine);
        await conference.Services.GetRequiredService<Migrations>().Apply(default);
        var file = SampleFile.Value;
        if (adjust is not null) file = ConferenceFile.Write(adjust(ConferenceFile.Read(file)));
        await conference.Send(new ImportConference(file, Actor.Timetable));
        return conference;
    }

    /// <summary>Sends one command or query, in a scope of its own as a request has.</summary>
    public async Task<T> Send<T>(IRequest<T> request, CancellationToken ct = default)
    {
        await using var scope = _services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, ct);
    }

    public async Task<int> Run(string sql, object? args = null)
    {
        await using var scope = _services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Db>().Run(sql, args, default);
    }

    public async Task<IReadOnlyList<T>> All<T>(string sql, object? args = null)
    {
        await using var scope = _services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Db>().All<T>(sql, args, default);
    }

    public async Task<T?> One<T>(string sql, object? args = null)
    {
        await using var scope = _services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Db>().One<T>(sql, args, default);
    }

    /// <summary>Somebody new with these roles, as an actor.</summary>
    public Task<Actor> Person(params Role[] roles) => Person([], roles);

    public async Task<Actor> Person(string[] areas, params Role[] roles)
    {
        var n = Interlocked.Increment(ref _people);
        var email = $"person{n}@somewhere{n}.example";
        var id = await Send(new AddAccount
        {
            Email = email, GivenName = $"Given{n}", FamilyName = $"Family{n}", Affiliation = $"Institute {n}", Country = "FR", Roles = roles, Areas = areas, By = Actor.Timetable,
        });
        return Actor.Person(id, email, roles.Append(Role.Author), areas);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_engine is not null) await _engine.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(Folder.Root, recursive: true);
    }
}
