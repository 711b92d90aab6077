using AbstractReview.App.Audit;
using AbstractReview.App.Call;
using AbstractReview.App.Reviews;
using AbstractReview.Domain;
using AbstractReview.Domain.Reviews;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Tests.Reviews;

public class WritingTests
{
    [Test]
    public async Task A_draft_is_kept_with_its_version_and_comes_back_as_it_was()
    {
        await using var conf = await TestConference.Open();
        var (number, reviewer) = await Assigned(conf);

        await conf.Send(new SaveReview(number, new ReviewForm { CommentsToAuthors = "Begun" }, 0, reviewer));
        var second = await conf.Send(new SaveReview(number, new ReviewForm { CommentsToAuthors = "Begun, went on", Confidence = 2 }, 1, reviewer));

        var mine = await conf.Send(new ReadMyReview(number, reviewer));
        Assert.That((second.Version, mine.Version, mine.State, mine.Form.CommentsToAuthors, mine.Form.Confidence), Is.EqualTo((2, 2, ReviewState.Draft, "Begun, went on", (int?)2)));
    }

    [Test]
    public async Task A_save_over_an_older_version_is_stale_and_changes_nothing()
    {
        await using var conf = await TestConference.Open();
        var (number, reviewer) = await Assigned(conf);
        await conf.Send(new SaveReview(number, new ReviewForm { CommentsToAuthors = "One" }, 0, reviewer));

        var refusal = Assert.ThrowsAsync<StaleException>(() => conf.Send(new SaveReview(number, new ReviewForm { CommentsToAuthors = "Two" }, 0, reviewer)));

        Assert.That(refusal!.Current, Is.EqualTo(1));
        Assert.That((await conf.Send(new ReadMyReview(number, reviewer))).Form.CommentsToAuthors, Is.EqualTo("One"));
    }

    [Test]
    public async Task Only_who_is_assigned_may_review_and_nobody_else_learns_that_it_exists()
    {
        await using var conf = await TestConference.Open();
        var (number, reviewer) = await Assigned(conf);
        var other = await conf.Reviewer();
        var chair = await conf.Person(Role.Chair);

        Assert.ThrowsAsync<NotFoundException>(() => conf.Send(new SaveReview(number, new ReviewForm(), null, other)));
        Assert.ThrowsAsync<NotAllowedException>(() => conf.Send(new SaveReview(number, new ReviewForm(), null, chair)));
        Assert.That((await conf.Send(new SaveReview(number, new ReviewForm(), null, reviewer))).Version, Is.EqualTo(1));
    }

    [Test]
    public async Task The_navigation_counts_the_reviews_that_the_queue_still_asks_for()
    {
        await using var conf = await TestConference.Open(c => c with { Review = c.Review with { LateReviews = false } });
        var (number, reviewer) = await Assigned(conf);
        await conf.Assign(await conf.Submission(await conf.Person(), state: SubmissionState.Notified), reviewer);
        var conflicted = await conf.Submission(await conf.Person());
        await conf.Assign(conflicted, reviewer);
        await conf.Conflict(conflicted, reviewer);

        var due = (await conf.Send(new ReadFrame(reviewer))).ReviewsDue;
        var left = (await conf.Send(new ReadQueue(reviewer))).Left;
        conf.Clock.Advance(TimeSpan.FromDays(365));

        Assert.That((number, due, left), Is.EqualTo((1, 1, 1)));
        Assert.That(((await conf.Send(new ReadFrame(reviewer))).ReviewsDue, (await conf.Send(new ReadQueue(reviewer))).Left), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task An_assigned_reviewer_in_conflict_may_not_review_and_does_not_find_it_in_the_queue()
    {
        await using var conf = await TestConference.Open();
        var (number, reviewer) = await Assigned(conf);
        Assert.That((await conf.Send(new ReadQueue(reviewer))).Items.Select(i => i.Number), Is.EqualTo(new[] { number }));

        await conf.Conflict(number, reviewer);

        Assert.ThrowsAsync<NotAllowedException>(() => conf.Send(new SaveReview(number, new ReviewForm(), null, reviewer)));
        Assert.That((await conf.Send(new ReadQueue(reviewer))).Items, Is.Empty);
    }

    [Test]
    public async Task An_incomplete_review_is_refused_with_every_gap_named()
    {
        await using var conf = await TestConference.Open();
        var (number, reviewer) = await Assigned(conf);

        var refusal = Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new SubmitReview(number, new ReviewForm { Scores = new Dictionary<string, int> { ["clarity"] = 9 } }, null, reviewer)));

        Assert.That(refusal!.Errors.Select(e => e.Field), Is.EqualTo(new[] { "scores.clarity", "scores.relevance", "scores.quality", "scores.originality", "scores.usefulness", "confidence", "recommendation" }));
    }

    [Test]
    public async Task Handing_in_marks_the_standing_due_and_a_second_press_changes_nothing()
    {
        await using var conf = await TestConference.Open();
        var (number, reviewer) = await Assigned(conf);

        var first = await conf.HandIn(number, reviewer);
        var again = await conf.Send(new SubmitReview(number, null, null, reviewer));

        Assert.That(again, Is.EqualTo(first));
        Assert.That(await conf.One<int>("select Due from Standing where SubmissionNumber = @number", new { number }), Is.EqualTo(1));
    }

    [Test]
    public async Task A_re_opened_review_does_not_count_until_it_is_handed_in_again()
    {
        await using var conf = await TestConference.Open();
        var (number, reviewer) = await Assigned(conf);
        var chair = await conf.Person(Role.Chair);
        await conf.HandIn(number, reviewer);
        await conf.Send(new CollectScores());
        Assert.That((await conf.Send(new ReadStanding(number, chair))).Reviews, Is.EqualTo(1));

        await conf.Send(new ReopenReview(number, null, reviewer));
        await conf.Send(new CollectScores());

        var standing = await conf.Send(new ReadStanding(number, chair));
        Assert.That((standing.Reviews, standing.Mean, standing.Calibrated), Is.EqualTo((0, (double?)null, (double?)null)));
    }

    [TestCase("Mean = Mean + 0.01")]
    [TestCase("Calibrated = Calibrated + 0.00001")]
    [TestCase("High = High - 0.00001")]
    public async Task A_standing_that_its_reviews_do_not_make_is_told_by_the_check(string change)
    {
        await using var conf = await TestConference.Open();
        var (number, reviewer) = await Assigned(conf);
        await conf.HandIn(number, reviewer, 4);
        await conf.Send(new CollectScores());
        Assert.That(await Broken(), Is.Empty);

        await conf.Run($"update Standing set {change}", new { });

        Assert.That(await Broken(), Is.EqualTo(new[] { $"A standing is not what its reviews make it: AR-{number}" }));
        await conf.Run("update Standing set Due = 1", new { });
        Assert.That(await Broken(), Is.Empty, "what is due is computed anyway");

        async Task<IEnumerable<string>> Broken() => (await conf.Send(new CheckInvariants())).Where(b => b.StartsWith("A standing", StringComparison.Ordinal));
    }

    [Test]
    public async Task After_the_deadline_a_review_is_taken_only_if_the_call_allows_late_ones([Values] bool late)
    {
        await using var conf = await TestConference.Open(c => c with { Review = c.Review with { LateReviews = late } });
        var (number, reviewer) = await Assigned(conf);
        conf.Clock.SetUtcNow(new DateTimeOffset(2019, 6, 15, 12, 0, 0, TimeSpan.Zero));

        if (late) Assert.That((await conf.HandIn(number, reviewer)).State, Is.EqualTo(ReviewState.Submitted));
        else Assert.ThrowsAsync<RuleBrokenException>(() => conf.HandIn(number, reviewer));
        Assert.That((await conf.Send(new ReadQueue(reviewer))).Items[0].State, Is.EqualTo(late ? QueueState.Done : QueueState.Closed));
    }

    [Test]
    public async Task Declining_with_a_conflict_keeps_the_conflict_and_ends_the_assignment()
    {
        await using var conf = await TestConference.Open();
        var (number, reviewer) = await Assigned(conf);

        await conf.Send(new DeclineAssignment(number, DeclineReason.Conflict, "We wrote a book together.", reviewer));

        Assert.That(await conf.All<string>("select State from Assignment"), Is.EqualTo(new[] { "Declined" }));
        Assert.That(await conf.All<string>("select Kind from Conflict where DismissedAt is null"), Is.EqualTo(new[] { "Declared" }));
        Assert.ThrowsAsync<NotFoundException>(() => conf.Send(new ReadMyReview(number, reviewer)));
    }

    [Test]
    public async Task Declining_for_lack_of_time_declares_no_conflict()
    {
        await using var conf = await TestConference.Open();
        var (number, reviewer) = await Assigned(conf);

        await conf.Send(new DeclineAssignment(number, DeclineReason.Time, "", reviewer));

        Assert.That(await conf.One<int>("select count(*) from Conflict"), Is.Zero);
        Assert.That(await conf.One<string>("select DeclineReason from Assignment"), Is.EqualTo("Time"));
    }

    [Test]
    public async Task Authors_are_shown_to_a_reviewer_unless_the_call_is_double_blind([Values] Domain.Conferences.Blindness blind)
    {
        await using var conf = await TestConference.Open(c => c with { Review = c.Review with { Blind = blind } });
        var (number, reviewer) = await Assigned(conf);

        var mine = await conf.Send(new ReadMyReview(number, reviewer));

        Assert.That(mine.Authors.Select(a => a.FamilyName), Is.EqualTo(blind == Domain.Conferences.Blindness.Double ? [] : new[] { "Family1" }));
    }

    internal static async Task<(int Number, Actor Reviewer)> Assigned(TestConference conf)
    {
        var number = await conf.Submission(await conf.Person());
        var reviewer = await conf.Reviewer();
        await conf.Assign(number, reviewer);
        return (number, reviewer);
    }
}
