namespace AbstractReview.Web.Api;

internal static class SubmissionsApi
{
    public static void MapSubmissions(this RouteGroupBuilder api)
    {
    }
}
