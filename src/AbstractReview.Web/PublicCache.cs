using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace AbstractReview.Web;

/// <summary>Pages that are the same for every anonymous reader: kept by the reader, and asked for again only when the minute or the call has changed.</summary>
internal static class PublicCache
{
    /// <summary>Marks the answer; true when the reader already has it, so that 304 is all there is to say.</summary>
    /// <param name="http">The request.</param>
    /// <param name="stamp">What the page was made from.</param>
    /// <param name="now">The page counts down in minutes.</param>
    public static bool IsKnown(HttpContext http, string stamp, DateTimeOffset now)
    {
        // A cookie may carry a session or a message of the page before.
        if (http.Request.Cookies.Count > 0) return false;
        // The build is part of it, so that an upgrade shows.
        var tag = new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{stamp}-{now.ToUnixTimeSeconds() / 60}-{typeof(PublicCache).Assembly.ManifestModule.ModuleVersionId:n}\""));
        http.Response.Headers.ETag = tag.ToString();
        http.Response.Headers.CacheControl = "public, no-cache";
        http.Response.Headers.Vary = "Cookie";
        return http.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false));
    }
}
