using AbstractReview.App.Jobs;
using AbstractReview.App.Storage;
using MediatR;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AbstractReview.Web;

/// <summary>The database answers, and its schema is at least this program's.</summary>
internal sealed class DatabaseHealth(Db db) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var steps = await db.One<int>("select count(*) from SchemaVersion", null, cancellationToken);
            return steps >= Migrations.Known ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The schema is not up to date yet.");
        }
        catch (System.Data.Common.DbException failure)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", failure);
        }
    }
}

/// <summary>The data folder takes files, and its disk has room.</summary>
internal sealed class FolderHealth(DataFolder folder) : IHealthCheck
{
    private const long Least = 50L << 20;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var free = new DriveInfo(folder.Root).AvailableFreeSpace;
            if (free < Least) return HealthCheckResult.Unhealthy($"The disk of the data folder has {free >> 20} MB left.");
            var probe = Path.Combine(folder.Root, $".ready-{Environment.ProcessId}");
            await File.WriteAllBytesAsync(probe, [0], cancellationToken);
            File.Delete(probe);
            return HealthCheckResult.Healthy();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return HealthCheckResult.Unhealthy("The data folder cannot be written.", failure);
        }
    }
}

/// <summary>Mail goes out and jobs get done. A node that cannot mail still serves, so this only degrades.</summary>
internal sealed class WorkHealth(IMediator mediator, TimeProvider clock) : IHealthCheck
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(15);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var backlog = await mediator.Send(new ReadBacklog(), cancellationToken);
            var now = clock.GetUtcNow();
            return now - backlog.OldestMail > Late ? HealthCheckResult.Degraded($"Mails wait ({backlog.MailsWaiting}), the oldest for more than {Late.TotalMinutes} minutes.")
                : now - backlog.OldestJob > Late ? HealthCheckResult.Degraded($"Jobs wait ({backlog.JobsQueued}), the oldest for more than {Late.TotalMinutes} minutes.")
                : HealthCheckResult.Healthy();
        }
        catch (System.Data.Common.DbException failure)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", failure);
        }
    }
}

internal static class HealthRoutes
{
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database").AddCheck<FolderHealth>("folder").AddCheck<WorkHealth>("work");
        return services;
    }

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = Write });
    }

    private static Task Write(HttpContext context, HealthReport report)
        => context.Response.WriteAsJsonAsync(new
        {
            status = report.Status.ToString(),
            parts = report.Entries.ToDictionary(e => e.Key, e => e.Value.Description ?? e.Value.Status.ToString()),
        });
}
