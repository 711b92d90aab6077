namespace AbstractReview.Web.Api;

internal static class RoutingApi
{
    public static void MapRouting(this RouteGroupBuilder api)
    {
    }
}
