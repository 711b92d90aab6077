namespace AbstractReview.Web.Api;

internal static class AccountsApi
{
    public static void MapAccounts(this RouteGroupBuilder api)
    {
    }
}
