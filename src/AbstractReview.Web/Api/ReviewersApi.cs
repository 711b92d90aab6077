namespace AbstractReview.Web.Api;

internal static class ReviewersApi
{
    public static void MapReviewers(this RouteGroupBuilder api)
    {
    }
}
