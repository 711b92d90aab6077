using AbstractReview.App.Storage;
using AbstractReview.Domain;
using Microsoft.Extensions.DependencyInjection;

namespace AbstractReview.Web.Tests.Reviews;

/// <summary>A submission under review and its reviewers, laid straight into the tables.</summary>
internal static class ReviewingSite
{
    public static async Task<int> UnderReview(this Site site, Actor author, string area, params Actor[] reviewers)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        return await db.Transaction(async () =>
        {
            var number = await db.Next("Submission", default);
            await db.Run("""
                insert into Submission (Number, State, Title, Abstract, AreaCode, Topics, Keywords, Presentation, OwnerId, Revision, ContentHash, DecisionVersion, CreatedAt, UpdatedAt, SubmittedAt, Version)
                values (@number, 'UnderReview', 'On borders and sources', 'What we did and found.', @area, '[]', '[]', 'either', @PersonId, 1, 'x', 0, @now, @now, @now, 1)
                """, new { number, area, author.PersonId, now = site.Clock.GetUtcNow() }, default);
            await db.Run("""
                insert into Author (SubmissionNumber, Position, GivenName, FamilyName, Email, NormalisedEmail, Affiliation, Country, Presenting, Corresponding)
                select @number, 1, GivenName, FamilyName, Email, NormalisedEmail, Affiliation, Country, 1, 1 from Person where Id = @PersonId
                """, new { number, author.PersonId }, default);
            foreach (var reviewer in reviewers)
            {
                if (await db.One<int>("select count(*) from Reviewer where PersonId = @PersonId", new { reviewer.PersonId }, default) == 0)
                    await db.Run("insert into Reviewer (PersonId, Areas, Topics, Keywords, QuotaMin, QuotaMax, Available, Version) values (@PersonId, '[]', '[]', '[]', 0, 8, 1, 1)", new { reviewer.PersonId }, default);
                await db.Run("""
                    insert into Assignment (SubmissionNumber, ReviewerId, State, Pinned, Affinity, AssignedAt, Version)
                    values (@number, @PersonId, 'Assigned', 0, 0.5, @now, 1)
                    """, new { number, reviewer.PersonId, now = site.Clock.GetUtcNow() }, default);
            }

            return number;
        }, default);
    }
}
