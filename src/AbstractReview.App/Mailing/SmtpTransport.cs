using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace AbstractReview.App.Mailing;

/// <summary>
/// One SMTP connection, opened when first needed and kept for whatever comes next: the next mail, or the next run of the job within
/// half a minute. It is opened anew after a failure, after so many mails, and when it lay idle. One mail at a time.
/// </summary>
public sealed class SmtpTransport(MailSettings settings, TimeProvider clock) : IMailTransport, IDisposable
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private SmtpClient? _client;
    private long _lastUse;
    private int _sent;

    public async Task Send(int outboxId, MimeMessage message, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            if (_client is not null && (_sent >= settings.PerConnection || clock.GetElapsedTime(_lastUse) > Idle)) await Close();
            var reused = _client is not null;
            if (await TryOffer(message, mayHaveGoneStale: reused, ct)) return;
            await TryOffer(message, mayHaveGoneStale: false, ct);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Close();
        _gate.Dispose();
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>False when a kept connection turned out to be gone before the message was offered: a fresh one is worth trying at once.</summary>
    private async Task<bool> TryOffer(MimeMessage message, bool mayHaveGoneStale, CancellationToken ct)
    {
        _client ??= await Connect(ct);
        var offered = new Offered();
        try
        {
            await _client.SendAsync(FormatOf(message, _client), message, ct, offered);
            (_lastUse, _sent) = (clock.GetTimestamp(), _sent + 1);
            return true;
        }
        catch (Exception failure)
        {
            // After any failure the state of the dialogue is in doubt; after a plain refusal it is not.
            if (failure is not SmtpCommandException { StatusCode: not SmtpStatusCode.ServiceNotAvailable } || !_client.IsConnected) await Close();
            if (!IsBroken(failure)) throw;
            if (offered.Begun) throw new AnswerLostException($"The connection broke after the message was offered: {failure.Message}", failure);
            if (mayHaveGoneStale) return false;
            throw;
        }
    }

    // An address outside ASCII wants a server that says SMTPUTF8, and is offered in that form (RFC 6531). MailKit would try it on any.
    private static FormatOptions FormatOf(MimeMessage message, SmtpClient client)
    {
        if (message.To.Mailboxes.All(m => m.Address[..m.Address.LastIndexOf('@')].All(char.IsAscii))) return FormatOptions.Default;
        if (!client.Capabilities.HasFlag(SmtpCapabilities.UTF8)) throw new NotSupportedException("The server does not say SMTPUTF8.");
        var format = FormatOptions.Default.Clone();
        format.International = true;
        return format;
    }

    private async Task<SmtpClient> Connect(CancellationToken ct)
    {
        var tls = settings.Tls switch
        {
            "StartTls" => SecureSocketOptions.StartTls,
            "Implicit" => SecureSocketOptions.SslOnConnect,
            "None" => SecureSocketOptions.None,
            _ => throw new InvalidOperationException($"Mail:Tls is StartTls, Implicit or None, not {settings.Tls}."),
        };
        var client = new SmtpClient { Timeout = settings.TimeoutSeconds * 1000 };
        try
        {
            await client.ConnectAsync(settings.Host, settings.Port, tls, ct);
            if (settings.User != "") await client.AuthenticateAsync(settings.User, settings.Password, ct);
            _sent = 0;
            return client;
        }
        catch (Exception failure) when (failure is SmtpCommandException or AuthenticationException or SslHandshakeException or NotSupportedException || IsBroken(failure))
        {
            client.Dispose();
            throw new MailServerAwayException($"The mail server {settings.Host}:{settings.Port} cannot be used: {failure.Message}", failure);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private async Task Close()
    {
        if (_client is not { } client) return;
        _client = null;
        try
        {
            if (client.IsConnected) await client.DisconnectAsync(quit: true);
        }
        catch (Exception failure) when (failure is SmtpCommandException or OperationCanceledException || IsBroken(failure))
        {
            // It was to be closed anyway.
        }
        finally
        {
            client.Dispose();
        }
    }

    private static bool IsBroken(Exception failure)
        => failure is IOException or SmtpProtocolException or TimeoutException or SocketException or ServiceNotConnectedException or ServiceNotAuthenticatedException;

    /// <summary>Whether any of the message left for the server.</summary>
    private sealed class Offered : ITransferProgress
    {
        public bool Begun { get; private set; }

        public void Report(long bytesTransferred, long totalSize) => Begun = true;

        public void Report(long bytesTransferred) => Begun = true;
    }
}
