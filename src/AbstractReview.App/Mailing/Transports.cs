using AbstractReview.App.Storage;
using MimeKit;

namespace AbstractReview.App.Mailing;

/// <summary>Hands a message over. Returns when it was taken; throws when it was not, or when that is not known.</summary>
public interface IMailTransport : IAsyncDisposable
{
    /// <param name="outboxId">The mail's row, by which a folder names its file.</param>
    /// <param name="message">The message.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="MailServerAwayException">No server was there to offer it to.</exception>
    /// <exception cref="AnswerLostException">It was offered, and the connection broke before the answer.</exception>
    Task Send(int outboxId, MimeMessage message, CancellationToken ct);
}

/// <summary>The server cannot be reached, or refuses this sender as a whole: no mail's fault, and no mail's attempt.</summary>
public sealed class MailServerAwayException(string message, Exception cause) : Exception(message, cause);

/// <summary>The message was on its way when the connection broke: the server may have taken it.</summary>
public sealed class AnswerLostException(string message, Exception cause) : Exception(message, cause);

/// <summary>A folder of .eml files, one per mail however often it is handed over.</summary>
public sealed class FolderTransport(DataFolder folder) : IMailTransport
{
    /// <summary>Where a mail's file lies, if it was written.</summary>
    internal static string PathOf(DataFolder folder, int outboxId) => Path.Combine(folder.Mail, FormattableString.Invariant($"{outboxId:D6}.eml"));

    public async Task Send(int outboxId, MimeMessage message, CancellationToken ct)
    {
        Directory.CreateDirectory(folder.Mail);
        var path = PathOf(folder, outboxId);
        await using (var stream = new FileStream(path + ".part", FileMode.Create))
        {
            await message.WriteToAsync(stream, ct);
            stream.Flush(flushToDisk: true);
        }

        File.Move(path + ".part", path, overwrite: true);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
