using Microsoft.Net.Http.Headers;

namespace AbstractReview.Web.Api;

internal static class ExpectedVersions
{
    /// <summary>The version in <c>If-Match: "7"</c>; null when there is none, or <c>*</c>.</summary>
    /// <exception cref="BadHttpRequestException">It is no version.</exception>
    public static int? ExpectedVersion(this HttpContext http)
    {
        var header = http.Request.Headers[HeaderNames.IfMatch].ToString();
        if (header is "" or "*") return null;
        return int.TryParse(header.Trim('"'), out var version) ? version : throw new BadHttpRequestException("Send If-Match as the ETag you read, such as \"7\".");
    }
}
