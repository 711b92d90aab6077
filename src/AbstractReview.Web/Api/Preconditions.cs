using System.Text.Json;

namespace AbstractReview.Web.Api;

/// <summary>What review and decision endpoints ask of HTTP beside <see cref="ExpectedVersions"/>.</summary>
internal static class Preconditions
{
    public static void Version(this HttpContext http, int version) => http.Response.Headers.ETag = $"\"{version}\"";

    /// <summary>The body, or null when none was sent.</summary>
    /// <exception cref="BadHttpRequestException">It is no JSON of this shape.</exception>
    public static async Task<T?> Json<T>(this HttpContext http) where T : class
    {
        if (!http.Request.HasJsonContentType()) return null;
        try
        {
            return await http.Request.ReadFromJsonAsync<T>(App.Storage.Json.Options, http.RequestAborted);
        }
        catch (JsonException wrong)
        {
            throw new BadHttpRequestException("The body cannot be read.", wrong);
        }
    }
}
