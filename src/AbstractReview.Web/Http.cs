using AbstractReview.App.Accounts;
using AbstractReview.App.Jobs;
using AbstractReview.Domain;
using Microsoft.Net.Http.Headers;

namespace AbstractReview.Web;

/// <summary>What every door asks of a request.</summary>
public static class Http
{
    private static readonly object ActorKey = new();

    public static bool IsApi(this HttpContext context) => context.Request.Path.StartsWithSegments("/api") || context.Request.Path.StartsWithSegments("/openapi");

    /// <summary>Who asks, read once per request.</summary>
    public static Actor Actor(this HttpContext context) => (Actor)(context.Items[ActorKey] ?? Domain.Actor.Visitor);

    internal static IApplicationBuilder UseActor(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (context.User.Identity?.IsAuthenticated == true
            && int.TryParse(context.User.FindFirst(System.Security.Claims.ClaimTypes.NameIdentifier)?.Value, out var id) && id > 0)
            context.Items[ActorKey] = await context.RequestServices.GetRequiredService<ActorReader>().Of(id, context.RequestAborted);
        await next(context);
    });

    /// <summary>Counts who waits for an answer. One that has begun is no longer waited for: the lines of a stream come for hours.</summary>
    internal static IApplicationBuilder UseRequestsInHand(this IApplicationBuilder app)
    {
        var requests = app.ApplicationServices.GetRequiredService<RequestsInHand>();
        return app.Use(async (context, next) =>
        {
            var answered = false;
            requests.Came();
            context.Response.OnStarting(() => { Answered(); return Task.CompletedTask; });
            try
            {
                await next(context);
            }
            finally
            {
                Answered();
            }

            void Answered()
            {
                if (!Interlocked.Exchange(ref answered, true)) requests.Answered();
            }
        });
    }

    /// <summary>A body in an encoding that is not read here is refused before anything reads it: UTF-7 would break its reader, and so would one that nobody knows.</summary>
    internal static IApplicationBuilder UseKnownEncodings(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Request.ContentType is not { } contentType || !contentType.Contains("charset", StringComparison.OrdinalIgnoreCase)) return next(context);
        // A type that cannot be parsed is refused, or read without its charset, by whoever reads the body.
        var isParsed = MediaTypeHeaderValue.TryParse(contentType, out var type) && type.Charset.HasValue;
        if (isParsed)
        {
            // Quotes are allowed there, but not every reader takes them off.
            type!.Charset = HeaderUtilities.RemoveQuotes(type.Charset);
            context.Request.ContentType = type.ToString();
        }

        if (isParsed ? IsKnown(type!) : !contentType.Contains("utf-7", StringComparison.OrdinalIgnoreCase)) return next(context);
        context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        return Task.CompletedTask;
    });

    private static bool IsKnown(MediaTypeHeaderValue type)
    {
        try
        {
            return type.Encoding is not null;
        }
        catch (NotSupportedException)
        {
            // UTF-7, by whichever of its names.
            return false;
        }
    }

    /// <summary>A page of ours may show this answer in a frame: a PDF, in whose viewer nothing of ours runs.</summary>
    internal static void MayBeFramed(this HttpContext context)
    {
        context.Response.Headers.ContentSecurityPolicy = "frame-ancestors 'self'";
        context.Response.Headers.XFrameOptions = "SAMEORIGIN";
    }

    /// <summary>Nothing inline, nothing from elsewhere, never framed; only a PDF of ours stands in a page of ours.</summary>
    internal static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'; worker-src 'self'";
        headers.XFrameOptions = "DENY";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (context.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        return next(context);
    });
}
