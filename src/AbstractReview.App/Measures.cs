using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AbstractReview.App;

/// <summary>What the application tells of itself to whoever listens (OpenTelemetry): a span per use case, and how long its writing took. Never what was in it.</summary>
public static class Measures
{
    public const string Name = "AbstractReview";

    internal static readonly ActivitySource Spans = new(Name);
    private static readonly Meter Meter = new(Name);

    internal static readonly Histogram<double> Transactions = Meter.CreateHistogram<double>("abstractreview.transaction.duration", "ms", "From asking to write until it is on disk.");
    internal static readonly Counter<long> MailsSent = Meter.CreateCounter<long>("abstractreview.mails.sent", description: "Mails handed over.");
    internal static readonly Counter<long> MailsFailed = Meter.CreateCounter<long>("abstractreview.mails.failed", description: "Hand-overs that failed, those tried again among them.");
    internal static readonly Counter<long> JobsDone = Meter.CreateCounter<long>("abstractreview.jobs.done", description: "Long jobs that ended, well or ill.");
}
