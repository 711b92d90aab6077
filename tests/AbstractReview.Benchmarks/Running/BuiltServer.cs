using System.Diagnostics;
using System.Globalization;
using AbstractReview.App.Storage;

namespace AbstractReview.Benchmarks.Running;

/// <summary>The program built with these benchmarks, as a process of its own: what it costs is its own too.</summary>
internal static class BuiltServer
{
    /// <summary>How it is begun, without limits to how often it may be asked.</summary>
    /// <param name="folder">Its data.</param>
    /// <param name="port">Where it listens on loopback.</param>
    /// <param name="program">Its program file, where it is another than the one built with this.</param>
    public static ProcessStartInfo Start(DataFolder folder, int port, string? program = null)
        => new("dotnet", [program ?? Path.Combine(AppContext.BaseDirectory, "AbstractReview.Web.dll"), "serve", "--data", folder.Root, "--port", port.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
            Environment = { ["RateLimits__Api"] = "0", ["RateLimits__Account"] = "0" },
        };

    /// <summary>Begins it; it may not answer yet. What it writes is read and let go.</summary>
    public static Process Begin(ProcessStartInfo start)
    {
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    /// <summary>Processor time it has used, user and system.</summary>
    public static TimeSpan Cpu(this Process server)
    {
        server.Refresh();
        return server.TotalProcessorTime;
    }

    /// <summary>Asks it to end, as a service manager does; answers how long it took.</summary>
    public static async Task<TimeSpan> Stop(this Process server)
    {
        var since = Stopwatch.GetTimestamp();
        using (var term = Process.Start("kill", ["-TERM", server.Id.ToString(CultureInfo.InvariantCulture)])) await term.WaitForExitAsync();
        await server.WaitForExitAsync();
        return Stopwatch.GetElapsedTime(since);
    }

    /// <summary>Ends it as a power cut does.</summary>
    public static async Task End(this Process server)
    {
        if (!server.HasExited) server.Kill();
        await server.WaitForExitAsync();
        server.Dispose();
    }
}
