namespace AbstractReview.Web.Api;

internal static class StandingsApi
{
    public static void MapStandings(this RouteGroupBuilder api)
    {
    }
}
