using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace AbstractReview.Web.Accounts;

/// <summary>
/// How often somebody may ask, per minute: <c>RateLimits:Account</c> for the forms that take a password or send a mail (by
/// network address), <c>RateLimits:Api</c> for the API (by token's owner, else by network address). 0 lifts a limit. With SQL Server, or
/// where <c>RateLimits:Shared</c> says so, all nodes count together.
/// </summary>
internal static class Limits
{
    public const int AccountDefault = 30;
    public const int ApiDefault = 600;

    private static readonly string[] Guarded = ["/account/sign-in", "/account/sign-in/code", "/account/sign-up", "/account/sign-up/finish", "/account/forgotten", "/account/set-password", "/account/email", "/account/password", "/account/two-factor"];

    public static IServiceCollection AddLimits(this IServiceCollection services, IConfiguration settings)
    {
        return services.AddRateLimiter(o =>
        {
            var account = settings.GetValue("RateLimits:Account", AccountDefault);
            var api = settings.GetValue("RateLimits:Api", ApiDefault);
            var shared = settings.GetValue("RateLimits:Shared", settings["Storage:Engine"] == "SqlServer");
            o.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            o.OnRejected = Refuse;
            o.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => http switch
            {
                _ when http.IsApi() => PerMinute("api/" + Caller(http), api, http, shared),
                _ when HttpMethods.IsPost(http.Request.Method) && Guarded.Contains(http.Request.Path.Value) => PerMinute("account/" + Network(http), account, http, shared),
                _ => RateLimitPartition.GetNoLimiter(""),
            });
        });
    }

    private static RateLimitPartition<string> PerMinute(string who, int permits, HttpContext http, bool shared) => permits <= 0
        ? RateLimitPartition.GetNoLimiter("")
        : shared ? RateLimitPartition.Get(who, w => (RateLimiter)new SharedWindow(w, permits, http.RequestServices.GetRequiredService<IServiceScopeFactory>()))
        : RateLimitPartition.GetFixedWindowLimiter(who, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 });

    private static string Caller(HttpContext http) => http.Actor() is { SignedIn: true } by ? FormattableString.Invariant($"{by.PersonId}") : Network(http);

    private static string Network(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "local";

    private static async ValueTask Refuse(OnRejectedContext context, CancellationToken ct)
    {
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var span) ? span : TimeSpan.FromMinutes(1);
        var http = context.HttpContext;
        http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (http.IsApi()) await Results.Problem(statusCode: 429, title: "Too many requests.", detail: "Wait as long as Retry-After says.").ExecuteAsync(http);
    }
}

/// <summary>What a token or a missing second factor takes away.</summary>
internal static class Scopes
{
    /// <summary>A token whose scope is <c>read</c> changes nothing.</summary>
    public static IApplicationBuilder UseScopes(this IApplicationBuilder app) => app.Use((http, next) =>
        http.User.FindFirst("scopes") is { } scopes && !scopes.Value.Split(' ').Contains("write") && !IsSafe(http.Request.Method)
            ? Results.Problem(statusCode: 403, title: "This token may only read.", detail: "Make a token with the scope “read write”.").ExecuteAsync(http)
            : next(http));

    /// <summary>Where <c>Accounts:RequireTwoFactor</c> is set, chair and secretariat see only their account until their second factor is on.</summary>
    public static IApplicationBuilder UseSecondFactorRule(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        var by = http.Actor();
        var free = !by.RunsConference || http.User.HasClaim(c => c.Type == "scopes") || http.Request.Path.StartsWithSegments("/account") || http.Request.Path.StartsWithSegments("/status");
        if (free || (await http.RequestServices.GetRequiredService<MediatR.IMediator>().Send(new App.Accounts.ReadAccount(by), http.RequestAborted)).TwoFactorEnabled)
            await next(http);
        else if (http.IsApi())
            await Results.Problem(statusCode: 403, title: "Turn on your second factor first.").ExecuteAsync(http);
        else
            http.Response.Redirect("/account/two-factor");
    });

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
}
