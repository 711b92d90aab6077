using AbstractReview.App.Reviews;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Reviews;
using AbstractReview.Domain.Submissions;
using Microsoft.Extensions.DependencyInjection;

namespace AbstractReview.App.Tests.Reviews;

/// <summary>Submissions, reviewers and assignments laid straight into the tables, for tests of what comes after routing.</summary>
internal static class ReviewingConference
{
    /// <summary>A submission of one author, handed in.</summary>
    public static async Task<int> Submission(this TestConference conf, Actor author, string area = "TA1", SubmissionState state = SubmissionState.UnderReview, string title = "On borders and sources")
    {
        await using var scope = conf.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        return await db.Transaction(async () =>
        {
            var number = await db.Next("Submission", default);
            await db.Run("""
                insert into Submission (Number, State, Title, Abstract, AreaCode, Topics, Keywords, Presentation, OwnerId, Revision, ContentHash, DecisionVersion, CreatedAt, UpdatedAt, SubmittedAt, Version)
                values (@number, @state, @title, 'What we did and found.', @area, '[]', '[]', 'either', @PersonId, 1, 'x', 0, @now, @now, @now, 1)
                """, new { number, state = state.ToString(), title, area, author.PersonId, now = conf.Clock.GetUtcNow() }, default);
            await db.Run("""
                insert into Author (SubmissionNumber, Position, GivenName, FamilyName, Email, NormalisedEmail, Affiliation, Country, Presenting, Corresponding)
                select @number, 1, GivenName, FamilyName, Email, NormalisedEmail, Affiliation, Country, 1, 1 from Person where Id = @PersonId
                """, new { number, author.PersonId }, default);
            return number;
        }, default);
    }

    public static async Task<Actor> Reviewer(this TestConference conf) => await conf.AsReviewer(await conf.Person(Role.Reviewer));

    /// <summary>Somebody who is there already gets a reviewer's profile.</summary>
    public static async Task<Actor> AsReviewer(this TestConference conf, Actor person)
    {
        await conf.Run("insert into Reviewer (PersonId, Areas, Topics, Keywords, QuotaMin, QuotaMax, Available, Version) values (@PersonId, '[]', '[]', '[]', 0, 8, 1, 1)", new { person.PersonId });
        return person;
    }

    public static Task Assign(this TestConference conf, int number, params Actor[] reviewers) => conf.Run("""
        insert into Assignment (SubmissionNumber, ReviewerId, State, Pinned, Affinity, AssignedAt, Version)
        values (@number, @PersonId, 'Assigned', 0, 0.5, @now, 1)
        """, reviewers.Select(r => new { number, r.PersonId, now = conf.Clock.GetUtcNow() }));

    public static Task Conflict(this TestConference conf, int number, Actor reviewer) => conf.Run("""
        insert into Conflict (ReviewerId, SubmissionNumber, Kind, Evidence, FoundAt)
        values (@PersonId, @number, 'Institution', 'same house', @now)
        """, new { number, reviewer.PersonId, now = conf.Clock.GetUtcNow() });

    /// <summary>A complete form that scores every criterion alike.</summary>
    public static ReviewForm Form(int score = 4, int confidence = 3, Recommendation recommendation = Recommendation.Oral) => new()
    {
        Scores = new Dictionary<string, int> { ["relevance"] = score, ["quality"] = score, ["originality"] = score, ["clarity"] = score, ["usefulness"] = score },
        Confidence = confidence,
        Recommendation = recommendation,
        CommentsToAuthors = "Well told.",
        CommentsToCommittee = "I would take it.",
    };

    public static Task<SavedReview> HandIn(this TestConference conf, int number, Actor reviewer, int score = 4) => conf.Send(new SubmitReview(number, Form(score), null, reviewer));
}
