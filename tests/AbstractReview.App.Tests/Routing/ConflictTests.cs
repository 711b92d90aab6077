using AbstractReview.App.Routing;
using AbstractReview.Domain;
using AbstractReview.Domain.Routing;
using AbstractReview.Domain.Submissions;
using Microsoft.Extensions.DependencyInjection;

namespace AbstractReview.App.Tests.Routing;

public class ConflictTests
{
    private static Author By(string email, string affiliation = "Somewhere else", string given = "Some", string family = "Body") =>
        new() { GivenName = given, FamilyName = family, Email = email, Affiliation = affiliation, Country = "MA" };

    [Test]
    public async Task An_own_submission_under_an_alias_is_never_assigned_to_oneself()
    {
        await using var conf = await RoutingConference.OpenForRouting(reviewsEach: 1);
        var chair = await conf.Person(Role.Chair);
        var reviewer = await conf.Reviewer();
        await conf.Run("update Person set EmailConfirmed = 0 where Id = @id", new { id = reviewer.PersonId });
        await conf.Submitted(await conf.Person(), authors: [By(reviewer.Words.Replace("@", "+abstracts@"))]);

        var applied = await conf.Route(chair);

        Assert.That(applied.Assigned, Is.Zero);
        Assert.That(await conf.All<string>("select Kind from Conflict"), Is.EqualTo(new[] { "Own" }));
    }

    [Test]
    public async Task A_dismissed_conflict_stays_dismissed()
    {
        await using var conf = await RoutingConference.OpenForRouting(reviewsEach: 1);
        var chair = await conf.Person(Role.Chair);
        var reviewer = await conf.Reviewer();
        await conf.Submitted(await conf.Person(), authors: [By("a@lab.example", "Institute 2")]);
        await conf.Propose(chair);
        Assert.That(await conf.All<string>("select Kind from Conflict where DismissedAt is null"), Is.EqualTo(new[] { "Institution" }));

        await conf.Send(new DismissConflict(1, reviewer.PersonId, ConflictKind.Institution, chair));
        await conf.Submitted(1);
        var applied = await conf.Route(chair);

        Assert.That(applied.Assigned, Is.EqualTo(2));
        Assert.That(await conf.One<int>("select count(*) from Conflict where DismissedAt is null"), Is.Zero);
    }

    [Test]
    public async Task What_rests_on_an_address_cannot_be_dismissed()
    {
        await using var conf = await RoutingConference.OpenForRouting();
        var chair = await conf.Person(Role.Chair);
        var reviewer = await conf.Reviewer();
        await conf.Submitted(await conf.Person(), authors: [By(reviewer.Words)]);
        await conf.Propose(chair);

        Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new DismissConflict(1, reviewer.PersonId, ConflictKind.Own, chair)));
    }

    [Test]
    public async Task A_conflict_that_no_longer_holds_goes()
    {
        await using var conf = await RoutingConference.OpenForRouting();
        var reviewer = await conf.Reviewer();
        await conf.Submitted(await conf.Person(), authors: [By("a@lab.example", "Institute 1")]);
        await Refresh(conf);
        Assert.That(await conf.One<int>("select count(*) from Conflict"), Is.EqualTo(1));
        await conf.Run("update Person set Affiliation = 'Another house', Version = Version + 1 where Id = @id", new { id = reviewer.PersonId });

        var changed = await Refresh(conf);

        Assert.That(changed, Is.EqualTo(1));
        Assert.That(await conf.One<int>("select count(*) from Conflict"), Is.Zero);
    }

    private static async Task<int> Refresh(TestConference conf)
    {
        await using var scope = conf.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ConflictFinder>().Refresh(default);
    }
}
