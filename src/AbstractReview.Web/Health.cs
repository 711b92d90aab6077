using AbstractReview.App.Storage;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AbstractReview.Web;

/// <summary>Ready when the database answers.</summary>
internal sealed class Health(Db db) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await db.One<int>("select count(*) from SchemaVersion", null, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (System.Data.Common.DbException failure)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", failure);
        }
    }
}

internal static class HealthRoutes
{
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
