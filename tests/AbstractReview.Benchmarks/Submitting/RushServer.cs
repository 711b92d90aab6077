using System.Diagnostics;
using AbstractReview.App.Accounts;
using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.Benchmarks.Running;
using AbstractReview.Domain;
using AbstractReview.Web;
using MediatR;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace AbstractReview.Benchmarks.Submitting;

/// <summary>The built server as a process of its own over a fresh data folder: the sample conference with its call open, and accounts to rush it.</summary>
internal sealed class RushServer : IAsyncDisposable
{
    public const string Password = "correct horse battery";

    private readonly DataFolder _folder;
    private readonly string? _program;
    private readonly TimeProvider _clock;
    private Process _process;

    private RushServer(string? program, DataFolder folder, int port, IReadOnlyList<string> tokens)
    {
        (_program, _folder, _clock, Address, Tokens) = (program, folder, StoryClock.Of(folder), new Uri($"http://127.0.0.1:{port}"), tokens);
        _process = Launch();
    }

    public DataFolder Folder => _folder;

    public Uri Address { get; }
    /// <summary>One person's token each.</summary>
    public IReadOnlyList<string> Tokens { get; }

    /// <param name="programs">How many people with a token.</param>
    /// <param name="people">How many with a password: <see cref="Email"/>.</param>
    /// <param name="program">The server's program file; the one built with this benchmark where absent.</param>
    public static async Task<RushServer> Start(int programs, int people, string? program = null)
    {
        var folder = new DataFolder(Directory.CreateTempSubdirectory("abstractreview-rush-").FullName);
        StoryClock.Begin(folder, new DateTimeOffset(2019, 5, 3, 20, 0, 0, TimeSpan.Zero));
        var tokens = await Prepare(folder, programs, people);
        var server = new RushServer(program, folder, Loopback.FreePort(), tokens);
        await Loopback.Answers(server._process, server.Address);
        return server;
    }

    /// <summary>Ends the server as a power cut does and starts it again; answers how long until it answered.</summary>
    public async Task<TimeSpan> KillAndStart()
    {
        await _process.End();
        // As in FaultedServer: the story goes on from now rather than anew.
        StoryClock.Begin(_folder, _clock.GetUtcNow());
        var since = Stopwatch.GetTimestamp();
        _process = Launch();
        await Loopback.Answers(_process, Address, "/");
        return Stopwatch.GetElapsedTime(since);
    }

    /// <summary>Asks the server to end, as a service manager does; answers how long it took.</summary>
    public Task<TimeSpan> Stop() => _process.Stop();

    /// <summary>Bytes of memory the server holds.</summary>
    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    private Process Launch() => BuiltServer.Begin(BuiltServer.Start(_folder, Address.Port, _program));

    public static string Email(int person) => $"person{person}@institute.example";

    /// <summary>Processor time the server has used, user and system.</summary>
    public TimeSpan Cpu => _process.Cpu();

    /// <summary>Waits until the jobs have done what the rush left them and the server uses less than a twentieth of a processor, at most ten minutes. Answers how many receipts, mails and comparisons are then not done.</summary>
    public async Task<long> Rest()
    {
        for (var tries = 0; tries < 300; tries++)
        {
            var cpu = Cpu;
            await Task.Delay(TimeSpan.FromSeconds(2));
            if (Cpu - cpu < TimeSpan.FromSeconds(0.1) && await Count(Undone) == 0) return 0;
        }

        return await Count(Undone);
    }

    private const string Undone = """
        select (select count(*) from Revision) - (select count(*) from Receipt) + (select count(*) from Outbox where State in ('Held', 'Waiting', 'Sending'))
             + (select count(*) from Submission where Revision > 0) - (select count(*) from Likeness)
        """;

    private async Task<long> Count(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={_folder.Database};Mode=ReadOnly;Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A constant of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The numbers handed out, in the order in which their revisions were accepted.</summary>
    public async Task<IReadOnlyList<(int Number, string Title)>> Accepted()
    {
        await using var connection = new SqliteConnection($"Data Source={_folder.Database};Mode=ReadOnly;Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "select Number, Title from Submission order by rowid";
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<(int, string)>();
        while (await reader.ReadAsync()) rows.Add((reader.GetInt32(0), reader.GetString(1)));
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.End();
        Directory.Delete(_folder.Root, recursive: true);
    }

    private static async Task<IReadOnlyList<string>> Prepare(DataFolder folder, int programs, int people)
    {
        await using var app = Server.Build(folder);
        await app.Services.GetRequiredService<Migrations>().Apply(default);
        await using var scope = app.Services.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        await mediator.Send(new ImportConference(await File.ReadAllTextAsync(Repository.SampleConference), Actor.Timetable));
        var tokens = new List<string>();
        for (var i = 0; i < programs + people; i++)
        {
            var id = await mediator.Send(new AddAccount
            {
                Email = Email(i - programs), GivenName = $"Given{i}", FamilyName = $"Family{i}", Affiliation = "Institute", Country = "FR",
                Roles = [], Areas = [], Password = i < programs ? null : Password, By = Actor.Timetable,
            });
            if (i < programs) tokens.Add(await mediator.Send(new IssueToken(id, "rush", "read write", null, Actor.Timetable)));
        }

        return tokens;
    }
}
