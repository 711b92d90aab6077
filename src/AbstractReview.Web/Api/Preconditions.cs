using AbstractReview.Domain;

namespace AbstractReview.Web.Api;

/// <summary>Versions as HTTP writes them: <c>ETag</c> out, <c>If-Match</c> in.</summary>
internal static class Preconditions
{
    /// <summary>The version the request was made on; null when it does not say or says <c>*</c>.</summary>
    public static int? IfMatch(this HttpContext http)
    {
        var text = http.Request.Headers.IfMatch.ToString();
        if (text is "" or "*") return null;
        return int.TryParse(text.Trim('"'), out var version) ? version : throw new StaleException("If-Match does not name a version of this.", 0);
    }

    public static void Version(this HttpContext http, int version) => http.Response.Headers.ETag = $"\"{version}\"";
}
