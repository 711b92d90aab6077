using System.Diagnostics.Metrics;
using AbstractReview.App;
using AbstractReview.App.Jobs;
using MediatR;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace AbstractReview.Web;

/// <summary>
/// Logs, traces and metrics for whoever runs an installation. <c>Logging:Json</c> writes a JSON object a line. Where <c>Telemetry:Otlp</c> names a
/// collector, such as <c>http://127.0.0.1:4318</c> (<c>Telemetry:Protocol</c> <c>grpc</c> for 4317), requests, use cases, transactions, mail, jobs and queues are told it.
/// </summary>
internal static class Telemetry
{
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration;
        builder.Logging.AddRequestLog();
        if (settings.GetValue<bool>("Logging:Json"))
            builder.Logging.ClearProviders().AddJsonConsole(o => { o.IncludeScopes = true; o.UseUtcTimestamp = true; o.TimestampFormat = "O"; });
        if (settings["Telemetry:Otlp"] is not { Length: > 0 } collector) return;
        builder.Services.AddSingleton<QueueGauges>();
        builder.Services.AddHostedService(p => p.GetRequiredService<QueueGauges>());
        builder.Services.AddOpenTelemetry()
            .WithTracing(t => t.AddSource(Measures.Name).AddAspNetCoreInstrumentation())
            .WithMetrics(m => m.AddMeter(Measures.Name, QueueGauges.Name).AddAspNetCoreInstrumentation().AddRuntimeInstrumentation())
            .UseOtlpExporter(settings["Telemetry:Protocol"] == "grpc" ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf, new Uri(collector));
    }
}

/// <summary>How deep the queues are, read every quarter of a minute.</summary>
internal sealed class QueueGauges : BackgroundService
{
    public const string Name = "AbstractReview.Queues";

    private readonly IServiceScopeFactory _scopes;
    private readonly Meter _meter = new(Name);
    private volatile Backlog? _backlog;

    public QueueGauges(IServiceScopeFactory scopes)
    {
        _scopes = scopes;
        Gauge("abstractreview.queue.mails", "Mails that wait or are being sent.", b => b.MailsWaiting);
        Gauge("abstractreview.queue.mails_failed", "Mails given up.", b => b.MailsFailed);
        Gauge("abstractreview.queue.jobs", "Long jobs that wait or run.", b => b.JobsQueued);
        Gauge("abstractreview.queue.letters", "Letters that wait for typesetting.", b => b.LettersWaiting);
    }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(15));
        do
        {
            try
            {
                await using var scope = _scopes.CreateAsyncScope();
                _backlog = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ReadBacklog(), stoppingToken);
            }
            catch (System.Data.Common.DbException)
            {
                // Without a database there is no depth to tell; readiness says so.
                _backlog = null;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Gauge(string name, string words, Func<Backlog, int> depth)
        => _meter.CreateObservableGauge(name, () => _backlog is { } b ? [new Measurement<int>(depth(b))] : Array.Empty<Measurement<int>>(), description: words);
}
