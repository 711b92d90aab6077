namespace AbstractReview.Web.Api;

internal static class DecisionsApi
{
    public static void MapDecisions(this RouteGroupBuilder api)
    {
    }
}
