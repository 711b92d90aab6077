namespace AbstractReview.Web.Api;

internal static class LettersApi
{
    public static void MapLetters(this RouteGroupBuilder api)
    {
    }
}
