namespace AbstractReview.App.Mailing;

/// <summary>The <c>Mail</c> section of the settings. Without a host, mail is written to the data folder as .eml files.</summary>
public sealed class MailSettings
{
    public string Host { get; set; } = "";
    public int Port { get; set; } = 587;
    public string User { get; set; } = "";
    public string Password { get; set; } = "";

    /// <summary><c>StartTls</c>, <c>Implicit</c> (TLS from the first byte) or <c>None</c> (for a server on this machine).</summary>
    public string Tls { get; set; } = "StartTls";

    /// <summary>At most so many mails a minute; 0 for as fast as the server takes them.</summary>
    public int PerMinute { get; set; } = 120;

    /// <summary>Seconds until a silent server counts as lost.</summary>
    public int TimeoutSeconds { get; set; } = 30;

    /// <summary>Seconds after a mail's first failure until it is tried again; each further failure doubles them, up to six hours.</summary>
    public double RetrySeconds { get; set; } = 60;

    /// <summary>Mails handed over on one connection before it is opened anew; many servers end it after some hundred.</summary>
    public int PerConnection { get; set; } = 100;
}
