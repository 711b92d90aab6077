using MailKit.Net.Smtp;

namespace AbstractReview.App.Mailing;

/// <summary>What to do about a failed hand-over: 4xx answers and broken connections pass (RFC 5321, 4.2.1), 5xx stand.</summary>
internal static class Retry
{
    /// <summary>With the pauses of the settings this goes on for four days, as RFC 5321 (4.5.4.1) advises.</summary>
    public const int MostAttempts = 24;

    private const double LongestSeconds = 6 * 3600;

    /// <summary>Longer than any pause, its jitter included.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(LongestSeconds * 1.5);

    /// <summary>True when trying again is worth it, false when it is not, null when the failure is none of mail's.</summary>
    public static bool? Worth(Exception failure) => failure switch
    {
        OperationCanceledException => null,
        SmtpCommandException command => (int)command.StatusCode is >= 400 and < 500,
        AnswerLostException or MailServerAwayException => true,
        SmtpProtocolException or IOException or TimeoutException or System.Net.Sockets.SocketException => true,
        MailKit.ServiceNotConnectedException or MailKit.ServiceNotAuthenticatedException => true,
        // NotSupportedException: a server without SMTPUTF8 and an address outside ASCII.
        MimeKit.ParseException or FormatException or ArgumentException or InvalidDataException or NotSupportedException => false,
        _ => null,
    };

    /// <summary>
    /// <paramref name="first"/> seconds doubled for each attempt, at most six hours, and up to a quarter more, told from the mail's id and
    /// the attempt, so that what failed together does not come back together.
    /// </summary>
    public static TimeSpan Pause(double first, int attempts, int id)
    {
        var seconds = Math.Min(LongestSeconds, first * Math.Pow(2, Math.Min(attempts - 1, 30)));
        var jitter = (uint)HashCode(id, attempts) % 1024 / 4096.0;
        return TimeSpan.FromSeconds(seconds * (1 + jitter));
    }

    public static string Words(Exception failure)
    {
        var words = failure switch
        {
            AnswerLostException or MailServerAwayException => failure.Message,
            SmtpCommandException command => $"{(int)command.StatusCode}: {command.Message}",
            NotSupportedException => "The mail server takes no addresses with letters outside a to z (no SMTPUTF8).",
            MimeKit.ParseException => $"This is no e-mail address: {failure.Message}",
            _ => $"{failure.GetType().Name}: {failure.Message}",
        };
        return words.Length <= 500 ? words : words[..500];
    }

    // System.HashCode differs between processes; this does not (Knuth's multiplicative hash).
    private static int HashCode(int id, int attempts) => (int)(((uint)id * 2654435761u ^ (uint)attempts * 2246822519u) >> 8);
}
