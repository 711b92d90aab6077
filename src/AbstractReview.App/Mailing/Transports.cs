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
    /// <summary>Takes the files of mails away, and what a sender that was killed half-way left of them; one that is not there is no matter.</summary>
    internal static void Forget(DataFolder folder, IEnumerable<int> outboxIds)
    {
        foreach (var path in outboxIds.Select(id => PathOf(folder, id)).SelectMany(path => new[] { path, Half(path) }).Where(File.Exists)) File.Delete(path);
    }

    public async Task Send(int outboxId, MimeMessage message, CancellationToken ct)
    {
        Directory.CreateDirectory(folder.Mail);
        var path = PathOf(folder, outboxId);
        await using (var stream = new FileStream(Half(path), FileMode.Create))
        {
            await message.WriteToAsync(stream, ct);
            stream.Flush(flushToDisk: true);
        }

        File.Move(Half(path), path, overwrite: true);
    }

    private static string PathOf(DataFolder folder, int outboxId) => Path.Combine(folder.Mail, FormattableString.Invariant($"{outboxId:D6}.eml"));

    private static string Half(string path) => path + ".part";

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
