namespace AbstractReview.Web.Api;

/// <summary>Every route of <c>/api/v1</c>, a group per feature.</summary>
internal static class ApiRoutes
{
    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1");
        api.MapGroup("").WithTags("Call").MapCall();
        api.MapGroup("").WithTags("Jobs").MapJobs();

        var signedIn = api.MapGroup("").RequireAuthorization();
        signedIn.MapGroup("").WithTags("Accounts").MapAccounts();
        signedIn.MapGroup("").WithTags("Submissions").MapSubmissions();
        signedIn.MapGroup("").WithTags("Submissions").MapAttachments();
        signedIn.MapGroup("").WithTags("Submissions").MapBulk();
        signedIn.MapGroup("").WithTags("Reviewers").MapReviewers();
        signedIn.MapGroup("").WithTags("Routing").MapRouting();
        signedIn.MapGroup("").WithTags("Reviews").MapReviews();
        signedIn.MapGroup("").WithTags("Reviews").MapOfflineReviews();
        signedIn.MapGroup("").WithTags("Reviews").MapDiscussion();
        signedIn.MapGroup("").WithTags("Standings").MapStandings();
        signedIn.MapGroup("").WithTags("Decisions").MapDecisions();
        signedIn.MapGroup("").WithTags("Audit").MapAudit();
        signedIn.MapGroup("").WithTags("Letters").MapLetters();
        signedIn.MapGroup("").WithTags("Rehearsals").MapRehearsals();

        // The newest book and programme are public once released; their handlers decide.
        api.MapGroup("").WithTags("Book").MapBook();
        api.MapGroup("").WithTags("Programme").MapProgramme();
    }
}
