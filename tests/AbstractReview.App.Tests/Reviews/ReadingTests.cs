using AbstractReview.App.Decisions;
using AbstractReview.App.Reviews;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Decisions;

namespace AbstractReview.App.Tests.Reviews;

public class ReadingTests
{
    [Test]
    public async Task Authors_see_comments_to_them_and_nothing_else_once_the_decision_is_published()
    {
        await using var conf = await TestConference.Open();
        var author = await conf.Person();
        var number = await conf.Submission(author);
        var reviewer = await conf.Reviewer();
        var chair = await conf.Person(Role.Chair);
        await conf.Assign(number, reviewer);
        await conf.HandIn(number, reviewer);
        Assert.ThrowsAsync<NotFoundException>(() => conf.Send(new ReadReviews(number, author)));
        await conf.Send(new Decide(number, DecisionKind.Oral, "Good", chair));
        Assert.ThrowsAsync<NotFoundException>(() => conf.Send(new ReadReviews(number, author)));

        await conf.Send(new PublishDecisions(chair));

        var seen = await conf.Send(new ReadReviews(number, author));
        Assert.That(seen[0].Reviewer, Is.InRange(1, 3), "one of the numbers of the three reviews wanted");
        Assert.That(seen, Is.EqualTo(new[] { new ReviewView { Reviewer = seen[0].Reviewer, Mine = false, CommentsToAuthors = "Well told." } }));
    }

    [Test]
    public async Task Another_reviewer_sees_reviews_once_their_own_is_in_with_names_as_the_call_says([Values] Blindness blind)
    {
        await using var conf = await TestConference.Open(c => c with { Review = c.Review with { Blind = blind } });
        var number = await conf.Submission(await conf.Person());
        var (ann, bea) = (await conf.Reviewer(), await conf.Reviewer());
        await conf.Assign(number, ann, bea);
        await conf.HandIn(number, ann);
        Assert.ThrowsAsync<NotFoundException>(() => conf.Send(new ReadReviews(number, bea)));

        await conf.HandIn(number, bea);

        var other = (await conf.Send(new ReadReviews(number, bea))).Single(r => !r.Mine);
        Assert.That((other.Overall, other.CommentsToCommittee), Is.EqualTo(((double?)4, (string?)null)));
        Assert.That(other.ReviewerName, blind == Blindness.Double ? Is.Null : Is.EqualTo("Given2 Family2"));
    }

    [Test]
    public async Task The_committee_sees_all_but_a_chair_nothing_of_their_own_submission()
    {
        await using var conf = await TestConference.Open();
        var (chair, author) = (await conf.Person(Role.Chair), await conf.Person(Role.Chair));
        var number = await conf.Submission(author);
        var reviewer = await conf.Reviewer();
        await conf.Assign(number, reviewer);
        await conf.HandIn(number, reviewer);
        await conf.Send(new CollectScores());

        var seen = (await conf.Send(new ReadReviews(number, chair)))[0];
        Assert.That((seen.ReviewerName, seen.CommentsToCommittee, seen.Overall), Is.EqualTo(("Given3 Family3", "I would take it.", (double?)4)));
        Assert.That((await conf.Send(new ReadStandings(new(), chair))).Items.Select(s => s.Number), Is.EqualTo(new[] { number }));

        Assert.ThrowsAsync<NotFoundException>(() => conf.Send(new ReadReviews(number, author)));
        Assert.ThrowsAsync<NotFoundException>(() => conf.Send(new ReadStanding(number, author)));
        Assert.That((await conf.Send(new ReadStandings(new(), author))).Items, Is.Empty);
        Assert.ThrowsAsync<NotAllowedException>(() => conf.Send(new Decide(number, DecisionKind.Oral, "", author)));
    }

    [Test]
    public async Task An_area_chair_sees_and_decides_their_areas_only()
    {
        await using var conf = await TestConference.Open();
        var author = await conf.Person();
        var (here, there) = (await conf.Submission(author, "TA1"), await conf.Submission(author, "TA2"));
        var chair = await conf.Person(["TA1"], Role.AreaChair);

        Assert.That((await conf.Send(new ReadStandings(new(), chair))).Items.Select(s => s.Number), Is.EqualTo(new[] { here }));
        await conf.Send(new Decide(here, DecisionKind.Poster, "", chair));
        Assert.ThrowsAsync<NotFoundException>(() => conf.Send(new Decide(there, DecisionKind.Poster, "", chair)));
        Assert.ThrowsAsync<NotAllowedException>(() => conf.Send(new PublishDecisions(chair)));
    }

    [Test]
    public async Task Standings_are_sorted_by_calibrated_score_and_page_without_a_gap()
    {
        await using var conf = await TestConference.Open();
        var author = await conf.Person();
        var chair = await conf.Person(Role.Chair);
        var (ann, bea) = (await conf.Reviewer(), await conf.Reviewer());
        foreach (var score in new[] { 2, 5, 3, 4 })
        {
            var number = await conf.Submission(author);
            await conf.Assign(number, ann, bea);
            await conf.HandIn(number, ann, score);
            await conf.HandIn(number, bea, score);
        }

        Assert.That(await conf.Send(new CollectScores()), Is.EqualTo(4));
        var first = await conf.Send(new ReadStandings(new() { Take = 3 }, chair));
        var rest = await conf.Send(new ReadStandings(new() { Take = 3, Skip = 3 }, chair));

        Assert.That(first.Items.Concat(rest.Items).Select(s => s.Number), Is.EqualTo(new[] { 2, 4, 3, 1 }));
        Assert.That((first.Total, rest.Total), Is.EqualTo((4, 4)));
        Assert.That(first.Items[0] is { Mean: 5, WeightedMean: 5, Spread: 0, Reviews: 2, Wanted: 3 }, Is.True);
    }
}
