namespace AbstractReview.Web.Api;

/// <summary>A row's version as HTTP says it: <c>ETag: "3"</c>.</summary>
internal static class Versions
{
    public static T Versioned<T>(this HttpContext http, T answer, int version)
    {
        http.Response.Headers.ETag = $"\"{version}\"";
        return answer;
    }
}
