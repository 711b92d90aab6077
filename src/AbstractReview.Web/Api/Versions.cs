using System.Globalization;
using AbstractReview.Domain;

namespace AbstractReview.Web.Api;

/// <summary>A row's version as HTTP says it: <c>ETag: "3"</c> on answers, <c>If-Match: "3"</c> on changes.</summary>
internal static class Versions
{
    /// <summary>The version a change is made to; null when the request does not say, or says any (<c>*</c>).</summary>
    /// <exception cref="RuleBrokenException">The header is no version of ours.</exception>
    public static int? IfMatch(this HttpContext http)
    {
        var header = http.Request.Headers.IfMatch.ToString().Trim();
        if (header is "" or "*") return null;
        return int.TryParse(header.Replace("W/", "", StringComparison.Ordinal).Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : throw new RuleBrokenException("If-Match", "If-Match takes the ETag of the last answer, such as \"3\".");
    }

    public static T Versioned<T>(this HttpContext http, T answer, int version)
    {
        http.Response.Headers.ETag = $"\"{version}\"";
        return answer;
    }
}
