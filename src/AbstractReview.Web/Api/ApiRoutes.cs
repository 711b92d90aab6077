namespace AbstractReview.Web.Api;

/// <summary>Every route of <c>/api/v1</c>, a group per feature.</summary>
internal static class ApiRoutes
{
    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1");
        api.MapCall();
        api.MapJobs();

        var signedIn = api.MapGroup("").RequireAuthorization();
        signedIn.MapAccounts();
        signedIn.MapSubmissions();
        signedIn.MapAttachments();
        signedIn.MapBulk();
        signedIn.MapReviewers();
        signedIn.MapRouting();
        signedIn.MapReviews();
        signedIn.MapOfflineReviews();
        signedIn.MapDiscussion();
        signedIn.MapStandings();
        signedIn.MapDecisions();
        signedIn.MapAudit();
        signedIn.MapLetters();
        signedIn.MapRehearsals();

        // The newest book and programme are public once released; their handlers decide.
        api.MapBook();
        api.MapProgramme();
    }
}
