using System.Diagnostics;

namespace AbstractReview.Web;

/// <summary>
/// A line per request, by its route rather than its address: addresses carry links' secrets and what people searched for. Those that broke or took
/// more than a second are warnings, all others are told at <c>Debug</c> of the category <c>AbstractReview.Web.Requests</c>.
/// </summary>
internal static partial class RequestLog
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    /// <summary>The framework's own lines have the whole address, at any level of the settings.</summary>
    public static void AddRequestLog(this ILoggingBuilder logging)
    {
        foreach (var category in new[] { "Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.Mvc.Infrastructure.RedirectResultExecutor", "Microsoft.AspNetCore.Http.Result.RedirectResult" })
            logging.AddFilter(category, LogLevel.Warning);
    }

    public static IApplicationBuilder UseRequestLog(this IApplicationBuilder app)
    {
        var log = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger("AbstractReview.Web.Requests");
        return app.Use(async (http, next) =>
        {
            var since = Stopwatch.GetTimestamp();
            int? broke = null;
            try
            {
                await next(http);
            }
            catch (Exception failure) when (Broke(failure, http, out broke))
            {
                throw;
            }
            finally
            {
                var (status, taken) = (broke ?? http.Response.StatusCode, Stopwatch.GetElapsedTime(since));
                var level = status >= 500 || (taken > Slow && !IsStream(http)) ? LogLevel.Warning : LogLevel.Debug;
                if (log.IsEnabled(level)) Answered(log, level, http.Request.Method, (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "no route", status, taken.TotalMilliseconds, http.Actor().PersonId);
            }
        });
    }

    // Never catches: it only looks at what passes.
    private static bool Broke(Exception failure, HttpContext http, out int? status)
    {
        status = failure is OperationCanceledException && http.RequestAborted.IsCancellationRequested ? 499 : Problems.StatusOf(failure) ?? 500;
        return false;
    }

    private static bool IsStream(HttpContext http) => http.Response.ContentType?.StartsWith("text/event-stream", StringComparison.Ordinal) == true;

    [LoggerMessage("{Method} {Route} answered {Status} in {Milliseconds:0} ms to person {PersonId}")]
    private static partial void Answered(ILogger log, LogLevel level, string method, string route, int status, double milliseconds, int personId);
}
