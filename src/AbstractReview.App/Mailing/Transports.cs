using AbstractReview.App.Storage;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace AbstractReview.App.Mailing;

/// <summary>Hands a message over. Returns when it was taken; throws when it was not, or when that is not known.</summary>
public interface IMailTransport : IAsyncDisposable
{
    /// <param name="outboxId">The mail's row, by which a folder names its file.</param>
    /// <param name="message">The message.</param>
    /// <param name="ct">Cancels.</param>
    Task Send(int outboxId, MimeMessage message, CancellationToken ct);
}

/// <summary>One SMTP connection, opened when first needed, kept for the run, and opened anew after a failure.</summary>
public sealed class SmtpTransport(MailSettings settings) : IMailTransport
{
    private SmtpClient? _client;

    public async Task Send(int outboxId, MimeMessage message, CancellationToken ct)
    {
        try
        {
            _client ??= await Connect(ct);
            await _client.SendAsync(message, ct);
        }
        catch
        {
            // After any failure the state of the dialogue is in doubt.
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not { } client) return;
        _client = null;
        try
        {
            if (client.IsConnected) await client.DisconnectAsync(quit: true);
        }
        catch (Exception failure) when (failure is IOException or SmtpProtocolException or SmtpCommandException or OperationCanceledException)
        {
            // It was to be closed anyway.
        }
        finally
        {
            client.Dispose();
        }
    }

    private async Task<SmtpClient> Connect(CancellationToken ct)
    {
        var client = new SmtpClient { Timeout = settings.TimeoutSeconds * 1000 };
        try
        {
            await client.ConnectAsync(settings.Host, settings.Port, settings.Tls switch
            {
                "StartTls" => SecureSocketOptions.StartTls,
                "Implicit" => SecureSocketOptions.SslOnConnect,
                "None" => SecureSocketOptions.None,
                _ => throw new InvalidOperationException($"Mail:Tls is StartTls, Implicit or None, not {settings.Tls}."),
            }, ct);
            if (settings.User != "") await client.AuthenticateAsync(settings.User, settings.Password, ct);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }
}

/// <summary>A folder of .eml files, one per mail however often it is handed over.</summary>
public sealed class FolderTransport(DataFolder folder) : IMailTransport
{
    public async Task Send(int outboxId, MimeMessage message, CancellationToken ct)
    {
        Directory.CreateDirectory(folder.Mail);
        var path = Path.Combine(folder.Mail, FormattableString.Invariant($"{outboxId:D6}.eml"));
        await using (var stream = new FileStream(path + ".part", FileMode.Create))
        {
            await message.WriteToAsync(stream, ct);
            stream.Flush(flushToDisk: true);
        }

        File.Move(path + ".part", path, overwrite: true);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
