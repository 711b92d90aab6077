using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AbstractReview.Web.Tests.Fuzzing;

/// <summary>Requests as bytes over a connection of their own, since no client library would send what is sent here.</summary>
internal static class RawHttp
{
    /// <summary>
    /// Sends the bytes and reads until the server closes; a stream that never ends is read for <paramref name="patience"/>. A request that promises
    /// more than it sends says with <paramref name="hangUp"/> that no more comes, which takes any other for a caller who left.
    /// </summary>
    public static async Task<RawAnswer> Send(Uri address, byte[] request, bool hangUp, TimeSpan patience)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, address.Port);
        using var answer = new MemoryStream();
        using var end = new CancellationTokenSource(patience);
        try
        {
            await socket.SendAsync(request, SocketFlags.None, end.Token);
            if (hangUp) socket.Shutdown(SocketShutdown.Send);
            var buffer = new byte[16 * 1024];
            while (await socket.ReceiveAsync(buffer, SocketFlags.None, end.Token) is > 0 and var read) answer.Write(buffer, 0, read);
        }
        catch (Exception cut) when (cut is SocketException or OperationCanceledException)
        {
            // Refused half-way, or a stream: what came is the answer.
        }

        return RawAnswer.Read(answer.ToArray());
    }
}

/// <param name="Status">The status; 0 where the server closed without one.</param>
/// <param name="Headers">The first line and the headers as they came.</param>
/// <param name="Body">The body's bytes as text, one character a byte.</param>
internal sealed record RawAnswer(int Status, string Headers, string Body)
{
    public static RawAnswer Read(byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (!text.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) || end < 0) return new RawAnswer(0, text, "");
        return new RawAnswer(int.Parse(text.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture), text[..end], text[(end + 4)..]);
    }
}
