using AbstractReview.App.Reviewers;
using AbstractReview.App.Routing;
using AbstractReview.Domain;

namespace AbstractReview.App.Tests.Routing;

public class RerouteTests
{
    [Test]
    public async Task A_decline_is_rerouted_and_nothing_else_moves()
    {
        await using var conf = await RoutingConference.OpenForRouting();
        var chair = await conf.Person(Role.Chair);
        await conf.Reviewers(4);
        await conf.Submitted(3);
        await conf.Route(chair);
        var before = await conf.Assigned();
        var decliner = await conf.One<int>("select min(ReviewerId) from Assignment where SubmissionNumber = 2");
        await conf.Decline(2, decliner);

        var done = await conf.Send(new Reroute());

        Assert.That(done, Is.EqualTo(1));
        var after = await conf.Assigned();
        Assert.That(before.Except(after), Is.EqualTo(new[] { $"2-{decliner}" }));
        Assert.That(after.Except(before).Single(), Does.StartWith("2-").And.Not.EqualTo($"2-{decliner}"));
        Assert.That(await conf.Send(new Reroute()), Is.Zero);
    }

    [Test]
    public async Task Nobody_left_to_ask_leaves_the_decline_and_moves_nothing()
    {
        await using var conf = await RoutingConference.OpenForRouting();
        var chair = await conf.Person(Role.Chair);
        var reviewers = await conf.Reviewers(2);
        await conf.Submitted(2);
        await conf.Route(chair);
        await conf.Decline(1, reviewers[0].PersonId);

        var done = await conf.Send(new Reroute());

        Assert.That(done, Is.Zero);
        Assert.That(await conf.Assigned(), Is.EqualTo(new[] { $"1-{reviewers[1].PersonId}", $"2-{reviewers[0].PersonId}", $"2-{reviewers[1].PersonId}" }));
    }

    [Test]
    public async Task A_conflict_declared_on_an_assignment_declines_and_reroutes_it()
    {
        await using var conf = await RoutingConference.OpenForRouting(reviewsEach: 1);
        var chair = await conf.Person(Role.Chair);
        var reviewers = await conf.Reviewers(2);
        await conf.Submitted(1);
        await conf.Route(chair);
        var first = await conf.One<int>("select ReviewerId from Assignment");
        await conf.Send(new DeclareConflicts([new DeclaredConflict { Number = 1, Reason = "We wrote it up together" }], false, reviewers.Single(r => r.PersonId == first)));

        await conf.Send(new Reroute());

        Assert.That(await conf.Assigned(), Is.EqualTo(new[] { $"1-{reviewers.Single(r => r.PersonId != first).PersonId}" }));
    }

    [Test]
    public async Task A_withdrawn_submission_releases_its_reviewers()
    {
        await using var conf = await RoutingConference.OpenForRouting();
        var chair = await conf.Person(Role.Chair);
        await conf.Reviewers(2);
        await conf.Submitted(2);
        await conf.Route(chair);
        await conf.Run("update Submission set State = 'Withdrawn', Version = Version + 1 where Number = 1");

        var done = await conf.Send(new Reroute());

        Assert.That(done, Is.EqualTo(2));
        Assert.That(await conf.All<string>("select State from Assignment where SubmissionNumber = 1"), Is.EqualTo(new[] { "Released", "Released" }));
        Assert.That(await conf.One<int>("select count(*) from Assignment where SubmissionNumber = 2 and State = 'Assigned'"), Is.EqualTo(2));
    }
}
