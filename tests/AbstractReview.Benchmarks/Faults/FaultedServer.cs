using System.Diagnostics;
using System.Net.Http.Headers;
using AbstractReview.App.Storage;
using AbstractReview.Benchmarks.Running;

namespace AbstractReview.Benchmarks.Faults;

/// <summary>The built server as a process of its own over a data folder, killed and started as a test likes.</summary>
internal sealed class FaultedServer : IAsyncDisposable
{
    private readonly DataFolder _folder;
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly string? _user;
    private readonly List<string> _log = [];
    private readonly TimeProvider _clock;
    private Process _process = null!;

    private FaultedServer(DataFolder folder, IReadOnlyDictionary<string, string> settings, string? user, int port)
        => (_folder, _settings, _user, _clock, Address) = (folder, settings, user, StoryClock.Of(folder), new Uri($"http://127.0.0.1:{port}"));

    public Uri Address { get; }

    /// <param name="folder">Its data.</param>
    /// <param name="settings">Its environment.</param>
    /// <param name="user">Whom it runs as, for which this program has to be root; null for whoever runs this.</param>
    public static async Task<FaultedServer> Start(DataFolder folder, IReadOnlyDictionary<string, string>? settings = null, string? user = null)
    {
        var server = new FaultedServer(folder, settings ?? new Dictionary<string, string>(), user, Loopback.FreePort());
        server.Launch();
        await server.Answers();
        return server;
    }

    /// <summary>A client of somebody with a token; it does not follow redirects.</summary>
    public HttpClient Client(string? token = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(3) };
        if (token is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Ends it as a power cut does.</summary>
    public Task Kill() => _process.End();

    public async Task StartAgain()
    {
        // Time has gone on meanwhile; from where the story was told, what is to be tried again in a second would never be due.
        StoryClock.Begin(_folder, _clock.GetUtcNow());
        Launch();
        await Answers();
    }

    /// <summary>Asks it to end, as a service manager does; answers how long it took.</summary>
    public Task<TimeSpan> Stop() => _process.Stop();

    /// <summary>The lines it wrote so far.</summary>
    public IReadOnlyList<string> Log()
    {
        lock (_log) return [.. _log];
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _process.End();
        }
        catch (InvalidOperationException)
        {
            // Killed before.
        }
    }

    private void Launch()
    {
        var start = BuiltServer.Start(_folder, Address.Port);
        if (_user is not null)
        {
            string[] words = [$"--reuid={_user}", "--clear-groups", start.FileName, .. start.ArgumentList];
            start.FileName = "setpriv";
            start.ArgumentList.Clear();
            foreach (var word in words) start.ArgumentList.Add(word);
        }

        start.RedirectStandardError = true;
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        foreach (var (name, value) in _settings) start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not { } text) return;
        lock (_log) _log.Add(text);
    }

    private async Task Answers()
    {
        try
        {
            await Loopback.Answers(_process, Address);
        }
        catch (InvalidOperationException problem)
        {
            throw new InvalidOperationException($"{problem.Message} Its last words: {string.Join('\n', Log().TakeLast(20))}", problem);
        }
    }
}
