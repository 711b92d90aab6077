using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AbstractReview.Tests;

/// <summary>Servers as processes of their own on this machine.</summary>
internal static class Loopback
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>A port that nobody listened on just now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until the server answers a path with 200.</summary>
    /// <exception cref="InvalidOperationException">It ended, or did not answer within two minutes.</exception>
    public static async Task Answers(Process server, Uri address, string path = "/health/live")
    {
        using var client = new HttpClient { BaseAddress = address };
        for (var since = Stopwatch.StartNew(); since.Elapsed < Patience; await Task.Delay(20))
        {
            if (server.HasExited) throw new InvalidOperationException($"The server ended with {server.ExitCode} before it answered.");
            try
            {
                if ((await client.GetAsync(path)).StatusCode == HttpStatusCode.OK) return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }

        throw new InvalidOperationException($"The server did not answer within {Patience.TotalMinutes:0} minutes.");
    }
}
