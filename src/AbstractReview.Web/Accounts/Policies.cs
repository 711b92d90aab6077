using AbstractReview.Domain;
using Microsoft.AspNetCore.Authorization;

namespace AbstractReview.Web.Accounts;

/// <summary>Which pages a person may open at all; what they see there is judged by <see cref="Access"/> in each use case.</summary>
internal static class Policies
{
    public const string Secretariat = "secretariat";
    public const string RunsConference = "runs the conference";
    public const string Committee = "committee";

    public static void Add(AuthorizationBuilder builder) => builder
        .AddPolicy(Secretariat, p => p.RequireAssertion(c => Asks(c).IsSecretariat))
        .AddPolicy(RunsConference, p => p.RequireAssertion(c => Asks(c).RunsConference))
        .AddPolicy(Committee, p => p.RequireAssertion(c => Asks(c).OnCommittee || Asks(c).IsSecretariat));

    /// <summary>Where somebody's work is: sign-in leads there.</summary>
    public static string HomeOf(Actor person)
        => person.OnCommittee ? "/committee/overview"
            : person.IsSecretariat ? "/secretariat/people"
            : person.Is(Role.Reviewer) ? "/reviews"
            : "/submissions";

    private static Actor Asks(AuthorizationHandlerContext context) => (context.Resource as HttpContext)?.Actor() ?? Actor.Visitor;
}
