namespace AbstractReview.Web.Api;

internal static class CallApi
{
    public static void MapCall(this RouteGroupBuilder api)
    {
    }
}
