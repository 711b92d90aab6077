using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace AbstractReview.Web;

/// <summary>
/// The public programme, smaller for phones with a bad network. Only for visitors: a page that holds somebody's token beside what a
/// request may choose is never compressed (BREACH, 2013).
/// </summary>
internal static class VisitorCompression
{
    public static void AddVisitorCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(o =>
        {
            o.EnableForHttps = true;
            o.MimeTypes = ["text/html", "text/calendar", "text/csv", "application/json", "application/xml"];
        });
        services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
    }

    public static void UseVisitorCompression(this WebApplication app) => app.UseWhen(ForAVisitor, visitors => visitors.UseResponseCompression());

    private static bool ForAVisitor(HttpContext http)
        => (http.Request.Path.StartsWithSegments("/programme") || http.Request.Path.StartsWithSegments("/api/v1/programme"))
           && HttpMethods.IsGet(http.Request.Method) && http.Request.Headers.Authorization.Count == 0 && !http.Request.Cookies.Keys.Any(k => k.StartsWith("abstractreview", StringComparison.Ordinal));
}
