using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using AbstractReview.App.Accounts;
using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Web.Tests.Api;
using MediatR;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace AbstractReview.Web.Tests.Operation;

/// <summary>The server as a process of its own, told to end by a service manager.</summary>
public sealed class StoppingTests
{
    [Test]
    public async Task It_finishes_what_it_was_asked_lets_watchers_go_and_ends_within_twenty_seconds()
    {
        var folder = new DataFolder(Directory.CreateTempSubdirectory("abstractreview-stop-").FullName);
        try
        {
            var token = await Lay(folder);
            var port = Loopback.FreePort();
            using var server = Start(folder, port);
            var lines = server.StandardOutput.ReadToEndAsync();
            await Loopback.Answers(server, new Uri($"http://127.0.0.1:{port}"));

            // One whole request that waits for the database, one half, and somebody who watches a job that never ends.
            await using var other = new SqliteConnection($"Data Source={folder.Database};Pooling=false");
            await other.OpenAsync();
            await Run(other, "begin immediate");
            var body = Encoding.UTF8.GetBytes(SubmissionsApiTests.Body().ToJsonString());
            using var whole = await Asking.Begin(port, token, body, body.Length);
            using var half = await Asking.Begin(port, token, body, body.Length / 2);
            using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            http.DefaultRequestHeaders.Authorization = new("Bearer", token);
            using var watching = await http.GetAsync("/api/v1/jobs/1/events", HttpCompletionOption.ResponseHeadersRead);
            Assert.That(watching.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            var since = Stopwatch.StartNew();
            using (var term = Process.Start("kill", ["-TERM", server.Id.ToString(CultureInfo.InvariantCulture)])) await term.WaitForExitAsync();
            Assert.That(await half.Answer(), Does.StartWith("HTTP/1.1 503").And.Contain("Retry-After: 60").And.Contain("send it again in a minute"));
            await Task.Delay(TimeSpan.FromSeconds(3));
            await Run(other, "commit");
            Assert.That(await whole.Answer(), Does.StartWith("HTTP/1.1 201"));
            await server.WaitForExitAsync();

            Assert.That((server.ExitCode, since.Elapsed), Is.EqualTo((0, TimeSpan.Zero)).Using<(int, TimeSpan), (int, TimeSpan)>((a, b) => a.Item1 == b.Item1 && a.Item2 < TimeSpan.FromSeconds(20)));
            // Structured: every line is an object that says when, how bad and where.
            foreach (var line in (await lines).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                var entry = JsonDocument.Parse(line).RootElement;
                Assert.That((entry.TryGetProperty("Timestamp", out _), entry.TryGetProperty("LogLevel", out _), entry.TryGetProperty("Category", out _)), Is.EqualTo((true, true, true)), line);
            }

            Assert.That(await lines, Does.Contain("\"Route\":\"/api/v1/submissions").And.Contain("\"Status\":201"));
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder.Root, recursive: true);
        }
    }

    private static async Task<string> Lay(DataFolder folder)
    {
        StoryClock.Begin(folder, new DateTimeOffset(2019, 2, 15, 12, 0, 0, TimeSpan.Zero));
        await using var app = Server.Build(folder);
        await app.Services.GetRequiredService<Migrations>().Apply(default);
        await using var scope = app.Services.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        await mediator.Send(new ImportConference(await File.ReadAllTextAsync(Repository.SampleConference), Actor.Timetable));
        var id = await mediator.Send(new AddAccount { Email = "chair@somewhere.example", GivenName = "Ann", FamilyName = "Chair", Affiliation = "Institute", Country = "FR", Roles = [Role.Chair], Areas = [], Password = null, By = Actor.Timetable });
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        // Claimed by a node elsewhere for a year: it runs as long as anybody looks.
        await db.Run("""
            insert into Job (Id, Kind, Input, State, Done, Total, Message, RequestedById, CreatedAt, Fence, ClaimedBy, ClaimedUntil)
            values (1, 'book', '{}', 'Running', 1, 2, 'Half', @id, @now, 1, 'elsewhere:1', @until)
            """, new { id, now = DateTimeOffset.UtcNow, until = DateTimeOffset.UtcNow.AddYears(1) }, default);
        return await mediator.Send(new IssueToken(id, "test", "read write", null, Actor.Timetable));
    }

    private static Process Start(DataFolder folder, int port) => Process.Start(new ProcessStartInfo(
        "dotnet", [Path.Combine(AppContext.BaseDirectory, "AbstractReview.Web.dll"), "serve", "--data", folder.Root, "--port", port.ToString(CultureInfo.InvariantCulture)])
    {
        RedirectStandardOutput = true,
        Environment = { ["Logging__Json"] = "true", ["Logging__LogLevel__AbstractReview"] = "Debug" },
    })!;

    private static async Task Run(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private sealed class Asking : IDisposable
    {
        private readonly TcpClient _client = new();

        public static async Task<Asking> Begin(int port, string token, byte[] body, int sent)
        {
            var asking = new Asking();
            await asking._client.ConnectAsync(IPAddress.Loopback, port);
            var head = $"POST /api/v1/submissions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n";
            await asking._client.GetStream().WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. body[..sent]]);
            // Until the server has it in hand.
            await Task.Delay(1000);
            return asking;
        }

        public async Task<string> Answer()
        {
            var (text, buffer) = (new StringBuilder(), new byte[4096]);
            while (await _client.GetStream().ReadAsync(buffer) is > 0 and var read) text.Append(Encoding.UTF8.GetString(buffer, 0, read));
            return text.ToString();
        }

        public void Dispose() => _client.Dispose();
    }
}
