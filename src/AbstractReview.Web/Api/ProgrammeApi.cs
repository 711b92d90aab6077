namespace AbstractReview.Web.Api;

internal static class ProgrammeApi
{
    public static void MapProgramme(this RouteGroupBuilder api)
    {
    }
}
