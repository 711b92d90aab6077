using AbstractReview.App.Jobs;
using AbstractReview.App.Reviewers;
using AbstractReview.App.Routing;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Reviewers;
using AbstractReview.Domain.Submissions;
using Microsoft.Extensions.DependencyInjection;

namespace AbstractReview.App.Tests.Routing;

/// <summary>Reviewers and submitted abstracts for routing tests, and the way from proposal to assignment.</summary>
internal static class RoutingConference
{
    public static Task<TestConference> OpenForRouting(int reviewsEach = 2, Func<RoutingRules, RoutingRules>? rules = null)
        => TestConference.Open(c => c with
        {
            Review = c.Review with { ReviewsPerSubmission = reviewsEach },
            Routing = (rules ?? (r => r))(c.Routing with { SameCountryConflict = false }),
        });

    public static async Task<Actor> Reviewer(this TestConference conf, string area = "TA1", int quota = 8, string words = "legislation treaty regulator")
    {
        var person = await conf.Person(Role.Reviewer);
        await conf.Send(new SaveReviewer(null, new ReviewerProfile
        {
            Areas = [area], QuotaMax = quota, Publications = [new PastAbstract($"On {words}", $"A study of {words} in practice.")],
        }, null, person));
        return person;
    }

    public static async Task<IReadOnlyList<Actor>> Reviewers(this TestConference conf, int count, int quota = 8)
    {
        var reviewers = new List<Actor>();
        for (var i = 0; i < count; i++) reviewers.Add(await conf.Reviewer(quota: quota));
        return reviewers;
    }

    /// <summary>A submission as if it had been handed in: its rows, without the use cases of another feature.</summary>
    public static async Task<int> Submitted(this TestConference conf, Actor owner, string area = "TA1", string title = "A regulator drafts legislation", params Author[] authors)
    {
        await using var scope = conf.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        return await db.Transaction(async () =>
        {
            var number = await db.Next("Submission", default);
            await db.Run(InsertSubmission, new { number, title, area, owner = owner.PersonId, now = conf.Clock.GetUtcNow() }, default);
            var all = authors.Length > 0 ? authors : [new Author { GivenName = "Ann", FamilyName = $"Author{number}", Email = $"author{number}@lab{number}.example", Affiliation = $"Laboratory {number}", Country = "MA" }];
            foreach (var (i, a) in all.Index())
                await db.Run(InsertAuthor, new { number, i = i + 1, a.GivenName, a.FamilyName, a.Email, Normalised = MailAddress.Normalise(a.Email), a.Affiliation, a.Country, a.Orcid }, default);
            return number;
        }, default);
    }

    public static async Task<IReadOnlyList<int>> Submitted(this TestConference conf, int count)
    {
        var owner = await conf.Person();
        var numbers = new List<int>();
        for (var i = 0; i < count; i++) numbers.Add(await conf.Submitted(owner));
        return numbers;
    }

    public static async Task<int> Propose(this TestConference conf, Actor chair, bool fresh = false, int? basedOn = null)
    {
        var job = await conf.Send(new ProposeRouting(fresh, basedOn, chair));
        await conf.Send(new RunLongWork());
        var status = await conf.Send(new ReadJob(job, chair));
        Assert.That(status.State, Is.EqualTo("Done"), status.Message);
        return status.Result!.Value.GetProperty("proposalId").GetInt32();
    }

    public static async Task<AppliedRouting> Route(this TestConference conf, Actor chair, bool fresh = false)
        => await conf.Send(new ApplyRouting(await conf.Propose(chair, fresh), chair));

    /// <summary>Assigned pairs as "submission-reviewer".</summary>
    public static Task<IReadOnlyList<string>> Assigned(this TestConference conf)
        => conf.All<string>("select concat(SubmissionNumber, '-', ReviewerId) from Assignment where State = 'Assigned' order by SubmissionNumber, ReviewerId");

    public static Task Decline(this TestConference conf, int number, int reviewer)
        => conf.Run("update Assignment set State = 'Declined', DeclineReason = 'Time' where SubmissionNumber = @number and ReviewerId = @reviewer", new { number, reviewer });

    private const string InsertSubmission = """
        insert into Submission (Number, State, Title, Abstract, AreaCode, Topics, Keywords, Presentation, OwnerId, Revision, ContentHash, DecisionVersion, CreatedAt, UpdatedAt, SubmittedAt, Version)
        values (@number, 'Submitted', @title, 'How a regulator drafts legislation and a treaty is ratified in practice.', @area, '[]', '[]', 'either', @owner, 1, '', 0, @now, @now, @now, 1)
        """;

    private const string InsertAuthor = """
        insert into Author (SubmissionNumber, Position, GivenName, FamilyName, Email, NormalisedEmail, Affiliation, Country, Orcid, Presenting, Corresponding)
        values (@number, @i, @GivenName, @FamilyName, @Email, @Normalised, @Affiliation, @Country, @Orcid, 0, 0)
        """;
}
