namespace AbstractReview.Web.Api;

internal static class ReviewsApi
{
    public static void MapReviews(this RouteGroupBuilder api)
    {
    }
}
