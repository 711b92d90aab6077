namespace AbstractReview.Web.Api;

internal static class BookApi
{
    public static void MapBook(this RouteGroupBuilder api)
    {
    }
}
