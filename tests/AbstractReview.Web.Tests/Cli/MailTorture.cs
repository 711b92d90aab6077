using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AbstractReview.App.Call;
using AbstractReview.App.Letters;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace AbstractReview.Web.Tests.Cli;

/// <summary>
/// The real sender, as a process of its own, against a server that refuses, delays and drops, while the sender is killed with SIGKILL again
/// and again in the middle of its work. What is counted at the end is the server's own log against the ledger.
/// </summary>
/// <param name="letters">How many are ordered.</param>
/// <param name="kills">How often the sender is killed.</param>
/// <param name="seed">Of the server's moods and the killer's.</param>
/// <param name="serve">The sender is <c>serve</c> with all its jobs, which also typeset the letters; else <c>mail send</c>.</param>
public sealed class MailTorture(int letters, int kills, int seed, bool serve = false)
{
    private static readonly string Program_ = Path.Combine(AppContext.BaseDirectory, "AbstractReview.Web.dll");

    /// <summary>Runs it to its end: until every letter was taken.</summary>
    /// <exception cref="TimeoutException">It did not come to an end within <paramref name="limit"/>.</exception>
    public async Task<TortureOutcome> Run(TimeSpan limit)
    {
        var folder = new DataFolder(Directory.CreateTempSubdirectory("abstractreview-torture-").FullName);
        var watch = Stopwatch.StartNew();
        try
        {
            await Prepare(folder);
            await using var server = await HostileServer.Start(folder.Root, ["--seed", seed.ToString(CultureInfo.InvariantCulture)]);
            var (killed, retried) = (await KillAgainAndAgain(folder, server, watch, limit), 0);
            // The chair looks, and presses “try again” at what the server refused for good.
            while (serve ? await Serve(folder, server, watch, limit) > 0 : await Send(folder, server, watch, limit) != 0) retried += await RetryFailed(folder);
            return await Count(folder, server.Log(), killed, retried, watch.Elapsed);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder.Root, recursive: true);
        }
    }

    private async Task Prepare(DataFolder folder)
    {
        await using var app = Server.Build(folder);
        await app.Services.GetRequiredService<Migrations>().Apply(default);
        await using var scope = app.Services.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        await mediator.Send(new ImportConference(await File.ReadAllTextAsync(Repository.SampleConference), Actor.Timetable));
        var queue = scope.ServiceProvider.GetRequiredService<LetterQueue>();
        await scope.ServiceProvider.GetRequiredService<Db>().Transaction(async () =>
        {
            for (var i = 1; i <= letters; i++)
                await queue.Order(new LetterOrder
                {
                    Kind = "Thanks", ToEmail = $"person{i}@somewhere.example", ToName = $"Person {i} ليلى Müller",
                    Fields = new Dictionary<string, string> { ["reviews"] = "3", ["familyName"] = "Müller" },
                }, default);
        }, default);
        if (!serve) await mediator.Send(new TypesetLetters());
    }

    // Each time after the server has had some more to say, wherever the sender is just then.
    private async Task<int> KillAgainAndAgain(DataFolder folder, HostileServer server, Stopwatch watch, TimeSpan limit)
    {
        var (dice, killed) = (new Random(seed), 0);
        while (killed < kills)
        {
            using var sender = StartSender(folder, server);
            var until = server.Lines + dice.Next(2, Math.Max(3, 2 * letters / kills));
            // A served outbox whose rest waits for its next turn has nothing more to say for a minute.
            var patience = Stopwatch.StartNew();
            while (server.Lines < until && !sender.HasExited && !(serve && patience.Elapsed > TimeSpan.FromSeconds(30)))
            {
                if (watch.Elapsed > limit) throw new TimeoutException($"The sender was killed {killed} times of {kills} within {limit}.");
                await Task.Delay(dice.Next(2, 25));
            }

            if (sender.HasExited) break;
            sender.Kill(entireProcessTree: true);
            await sender.WaitForExitAsync();
            killed++;
        }

        return killed;
    }

    // Served until all is done, or nothing moves: what then waits for its next turn, or for a person, is found again at the next start. Answers how many mails are left.
    private async Task<int> Serve(DataFolder folder, HostileServer server, Stopwatch watch, TimeSpan limit)
    {
        using var sender = StartSender(folder, server);
        var (left, quiet, lines) = (letters, Stopwatch.StartNew(), server.Lines);
        while ((left = await Left(folder)) > 0 && quiet.Elapsed < TimeSpan.FromSeconds(15))
        {
            if (watch.Elapsed > limit) throw new TimeoutException($"{left} mails were left after {limit}.");
            if (sender.HasExited) throw new InvalidOperationException($"serve ended by itself with {sender.ExitCode}.");
            await Task.Delay(200);
            if (server.Lines == lines) continue;
            (lines, quiet) = (server.Lines, Stopwatch.StartNew());
        }

        sender.Kill(entireProcessTree: true);
        await sender.WaitForExitAsync();
        return left;
    }

    private static async Task<int> Left(DataFolder folder)
    {
        await using var database = new SqliteConnection($"Data Source={folder.Database};Pooling=False;Default Timeout=30");
        await database.OpenAsync();
        await using var count = database.CreateCommand();
        count.CommandText = "select count(*) from Outbox where State <> 'Sent'";
        return Convert.ToInt32(await count.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private async Task<int> Send(DataFolder folder, HostileServer server, Stopwatch watch, TimeSpan limit)
    {
        using var sender = StartSender(folder, server);
        using var late = new CancellationTokenSource(limit > watch.Elapsed ? limit - watch.Elapsed : TimeSpan.FromMilliseconds(1));
        try
        {
            await sender.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            sender.Kill(entireProcessTree: true);
            throw new TimeoutException($"The sender did not come to an end within {limit}.");
        }

        return sender.ExitCode;
    }

    private Process StartSender(DataFolder folder, HostileServer server)
    {
        string[] verb = serve ? ["serve", "--port", Loopback.FreePort().ToString(CultureInfo.InvariantCulture)] : ["mail", "send", "--until-empty"];
        var start = new ProcessStartInfo("dotnet", [Program_, .. verb, "--data", folder.Root])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
            Environment =
            {
                ["Mail__Host"] = "127.0.0.1", ["Mail__Port"] = server.Port.ToString(CultureInfo.InvariantCulture), ["Mail__Tls"] = "None",
                ["Mail__PerMinute"] = "0", ["Mail__RetrySeconds"] = "0.05", ["Mail__TimeoutSeconds"] = "5", ["DOTNET_TieredPGO"] = "0",
            },
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task<int> RetryFailed(DataFolder folder)
    {
        await using var app = Server.Build(folder);
        await using var scope = app.Services.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        var failed = (await mediator.Send(new ListLetters("trouble", null, 500, Actor.Timetable))).Items;
        foreach (var letter in failed) await mediator.Send(new RetryLetter(letter.Id, Actor.Timetable));
        return failed.Count;
    }

    private static async Task<TortureOutcome> Count(DataFolder folder, IReadOnlyList<ServerLine> log, int killed, int retried, TimeSpan time)
    {
        await using var app = Server.Build(folder);
        await using var scope = app.Services.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        var ledger = new List<LetterEntry>();
        for (string? cursor = null; ;)
        {
            var page = await mediator.Send(new ListLetters(null, cursor, 500, Actor.Timetable));
            ledger.AddRange(page.Items);
            if ((cursor = page.Next) is null) break;
        }

        var accepted = log.Where(l => l.What == "accepted").GroupBy(l => l.MessageId!).ToDictionary(g => g.Key, g => g.ToList());
        return new TortureOutcome
        {
            Letters = ledger.Count, Killed = killed, Retried = retried, Time = time,
            Refusals = log.Where(l => l.What == "refused").GroupBy(l => l.Answer![..3]).ToDictionary(g => g.Key, g => g.Count()),
            Dropped = log.Count(l => l.What == "dropped"),
            AnswersWithheld = log.Count(l => l is { What: "accepted", Answered: false }),
            Accepted = accepted.Values.Sum(a => a.Count),
            Doubled = accepted.Values.Count(a => a.Count > 1),
            Repeats = ledger.Sum(l => l.Repeats),
            NotSent = [.. ledger.Where(l => l.Outcome != "Sent").Select(l => l.Id)],
            NeverAccepted = [.. ledger.Where(l => !accepted.ContainsKey(l.MessageId)).Select(l => l.Id)],
            StrangeMessages = [.. accepted.Keys.Except(ledger.Select(l => l.MessageId))],
            WrongRecipients = [.. ledger.Where(l => accepted.GetValueOrDefault(l.MessageId)?.Any(a => a.To is not [var to] || to != l.ToEmail) == true).Select(l => l.Id)],
            DoubledUntold = [.. ledger.Where(l => accepted.GetValueOrDefault(l.MessageId)?.Count > 1 + l.Repeats).Select(l => l.Id)],
        };
    }
}

/// <summary>The server's log against the ledger.</summary>
public sealed record TortureOutcome
{
    public required int Letters { get; init; }
    public required int Killed { get; init; }

    /// <summary>How often a person pressed “try again” after a 5xx.</summary>
    public required int Retried { get; init; }

    public required TimeSpan Time { get; init; }

    /// <summary>By the server's code.</summary>
    public required IReadOnlyDictionary<string, int> Refusals { get; init; }

    /// <summary>Connections ended after DATA, the message not taken.</summary>
    public required int Dropped { get; init; }

    /// <summary>Messages taken, the connection ended before the answer.</summary>
    public required int AnswersWithheld { get; init; }

    public required int Accepted { get; init; }

    /// <summary>Messages the server took more than once.</summary>
    public required int Doubled { get; init; }

    /// <summary>What the ledger counts as offered again after a lost answer.</summary>
    public required int Repeats { get; init; }

    public required IReadOnlyList<int> NotSent { get; init; }
    public required IReadOnlyList<int> NeverAccepted { get; init; }
    public required IReadOnlyList<string> StrangeMessages { get; init; }
    public required IReadOnlyList<int> WrongRecipients { get; init; }

    /// <summary>Letters the server took more often than the ledger says it may have.</summary>
    public required IReadOnlyList<int> DoubledUntold { get; init; }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Letters:#,0} letters, sender killed {Killed} times, {Time.TotalSeconds:0} s: refusals {string.Join(", ", Refusals.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => $"{r.Value} x {r.Key}"))}; {Dropped} dropped after DATA, {AnswersWithheld} taken without an answer; accepted {Accepted:#,0}, of them {Doubled} twice or more under one Message-ID; the ledger counts {Repeats} repeats; {Retried} tried again by hand after 5xx; not sent {NotSent.Count}, never accepted {NeverAccepted.Count}, strange {StrangeMessages.Count}, doubled untold {DoubledUntold.Count}");
}

/// <summary>A line of the server's log.</summary>
public sealed record ServerLine
{
    public required string What { get; init; }
    public string? MessageId { get; init; }
    public string? Answer { get; init; }
    public string? Stage { get; init; }
    public bool? Answered { get; init; }
    public bool? Utf8 { get; init; }
    public string? Mechanism { get; init; }
    public IReadOnlyList<string> To { get; init; } = [];
}

/// <summary>aiosmtpd on loopback, behaving as <c>tests/hostile-smtp.py</c> says.</summary>
public sealed class HostileServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _log;

    private HostileServer(Process process, string log, int port) => (_process, _log, Port) = (process, log, port);

    public int Port { get; }

    /// <summary>Lines in the log so far.</summary>
    public int Lines => Log().Count;

    public static async Task<HostileServer> Start(string folder, IEnumerable<string> arguments)
    {
        var log = Path.Combine(folder, "server-log.jsonl");
        var script = Path.Combine(Repository.Root, "tests", "hostile-smtp.py");
        var process = Process.Start(new ProcessStartInfo("/usr/bin/python3", [script, log, .. arguments]) { RedirectStandardOutput = true })!;
        var ready = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The mail server for tests did not start; it needs python3-aiosmtpd.");
        return new HostileServer(process, log, int.Parse(ready.Split(' ')[1], CultureInfo.InvariantCulture));
    }

    public IReadOnlyList<ServerLine> Log()
    {
        if (!File.Exists(_log)) return [];
        using var stream = new FileStream(_log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        // A last line without its end is still being written.
        var text = reader.ReadToEnd();
        return [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonSerializer.Deserialize<ServerLine>(l, JsonSerializerOptions.Web)!)];
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
