using AbstractReview.App.Reviews;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Reviews;
using AbstractReview.App.Decisions;

namespace AbstractReview.App.Tests.Reviews;

public class DiscussionTests
{
    [Test]
    public async Task Reviewers_and_committee_talk_once_their_review_is_in_and_nobody_else_hears_them()
    {
        await using var conf = await TestConference.Open();
        var (number, ann, bea, author) = await Discussed(conf);
        var (chair, otherChair) = (await conf.Person(["TA1"], Role.AreaChair), await conf.Person(["TA2"], Role.AreaChair));
        var late = await conf.Reviewer();
        await conf.Assign(number, late);

        Assert.That(await conf.Send(new PostToDiscussion(number, "I am not sure about the data.", ann)), Is.EqualTo(1));
        Assert.That(await conf.Send(new PostToDiscussion(number, "Nor am I.", chair)), Is.EqualTo(2));

        Assert.That((await conf.Send(new ReadDiscussion(number, bea))).Items.Select(p => p.Text), Is.EqualTo(new[] { "I am not sure about the data.", "Nor am I." }));
        foreach (var stranger in new[] { author, late, otherChair, await conf.Reviewer() })
        {
            Assert.ThrowsAsync<NotFoundException>(() => conf.Send(new ReadDiscussion(number, stranger)));
            Assert.ThrowsAsync<NotFoundException>(() => conf.Send(new PostToDiscussion(number, "May I?", stranger)));
        }
    }

    [Test]
    public async Task A_chair_hears_nothing_of_their_own_submission_and_the_secretariat_reads_but_does_not_write()
    {
        await using var conf = await TestConference.Open();
        var chair = await conf.Person(Role.Chair);
        var number = await conf.Submission(chair);
        var (ann, secretariat) = (await conf.Reviewer(), await conf.Person(Role.Secretariat));
        await conf.Assign(number, ann);
        await conf.HandIn(number, ann);
        await conf.Send(new PostToDiscussion(number, "Weak.", ann));

        Assert.ThrowsAsync<NotFoundException>(() => conf.Send(new ReadDiscussion(number, chair)));
        Assert.That((await conf.Send(new ReadDiscussion(number, secretariat))).Items.Single().Text, Is.EqualTo("Weak."));
        Assert.ThrowsAsync<NotAllowedException>(() => conf.Send(new PostToDiscussion(number, "Hm.", secretariat)));
    }

    [Test]
    public async Task Reviewers_are_called_by_a_number_that_stays_and_by_name_only_as_the_call_says([Values] Blindness blind)
    {
        await using var conf = await TestConference.Open(c => c with { Review = c.Review with { Blind = blind } });
        var (number, ann, bea, _) = await Discussed(conf);
        var chair = await conf.Person(Role.Chair);
        await conf.Send(new PostToDiscussion(number, "First.", ann));
        var before = (await conf.Send(new ReadReviews(number, ann))).Single(r => r.Mine).Reviewer;
        await conf.Send(new ReopenReview(number, null, ann));
        await conf.HandIn(number, ann);
        var third = await conf.Reviewer();
        await conf.Assign(number, third);
        await conf.HandIn(number, third);

        var numbers = (await conf.Send(new ReadReviews(number, chair))).Select(r => r.Reviewer);
        Assert.That(numbers, Is.EqualTo(new[] { 1, 2, 3 }));
        var who = (await conf.Send(new ReadDiscussion(number, bea))).Items.Single().Who;
        Assert.That(who, Is.EqualTo(blind == Blindness.Double ? $"Reviewer {before}" : $"Given2 Family2 (Reviewer {before})"));
        Assert.That((await conf.Send(new ReadDiscussion(number, chair))).Items.Single().Who, Is.EqualTo($"Given2 Family2 (Reviewer {before})"));
    }

    [Test]
    public async Task A_mention_calls_by_number_and_an_unknown_one_is_refused()
    {
        await using var conf = await TestConference.Open();
        var (number, ann, bea, _) = await Discussed(conf);
        var beas = (await conf.Send(new ReadReviews(number, bea))).Single(r => r.Mine).Reviewer;

        await conf.Send(new PostToDiscussion(number, $"What does @reviewer{beas} say, and the @Committee? Write me@reviewer9.example.", ann));

        Assert.That((await conf.Send(new ReadDiscussion(number, bea))).Items.Single().MentionsMe, Is.True);
        Assert.That((await conf.Send(new ReadDiscussion(number, ann))).Items.Single().MentionsMe, Is.False);
        var refusal = Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new PostToDiscussion(number, "@reviewer9?", ann)));
        Assert.That(refusal!.Errors.Single().Field, Is.EqualTo("text"));
    }

    [Test]
    public async Task The_days_digest_goes_to_each_reader_once_and_hides_in_it_what_the_page_hides()
    {
        await using var conf = await TestConference.Open();
        var (number, ann, bea, author) = await Discussed(conf);
        var chair = await conf.Person(["TA1"], Role.AreaChair);
        conf.Clock.SetUtcNow(new(2019, 5, 20, 15, 0, 0, TimeSpan.Zero));
        await conf.Send(new PostToDiscussion(number, "The @committee should know.", ann));
        Assert.That(await conf.Send(new DigestDiscussions()), Is.Zero, "today's hour had passed");

        // In Ramadan the sample's zone is on UTC.
        conf.Clock.SetUtcNow(new(2019, 5, 21, 8, 0, 0, TimeSpan.Zero));
        Assert.That(await conf.Send(new DigestDiscussions()), Is.EqualTo(2));
        Assert.That(await conf.Send(new DigestDiscussions()), Is.Zero);

        var mails = (await conf.All<DigestRow>("select ToEmail, Subject, BodyText from Outbox where Kind = 'Digest'")).ToDictionary(m => m.ToEmail);
        Assert.That(mails.Keys, Is.EquivalentTo(new[] { bea.Words, chair.Words }));
        Assert.That(mails[chair.Words].BodyText, Does.Contain("Given2 Family2"), "there is a name to hide");
        Assert.That(mails[bea.Words].BodyText, Does.Match("Reviewer [123]:").And.Not.Contain("Given2").And.Not.Contain(author.Words));
        Assert.That(mails[chair.Words].Subject, Does.StartWith("You are asked"));
    }

    [Test]
    public async Task Authors_answer_in_the_round_and_reviewers_and_committee_read_it()
    {
        await using var conf = await TestConference.Open(WithRound);
        var (number, ann, _, author) = await Discussed(conf);
        var chair = await conf.Person(Role.Chair);
        Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new AnswerReviews(number, "Too early.", null, author)));
        Assert.ThrowsAsync<NotFoundException>(() => conf.Send(new ReadReviews(number, author)));

        conf.Clock.SetUtcNow(new(2019, 6, 16, 12, 0, 0, TimeSpan.Zero));
        Assert.That(await conf.Send(new InviteAnswers()), Is.EqualTo(1));
        Assert.That(await conf.Send(new InviteAnswers()), Is.Zero);
        var seen = await conf.Send(new ReadReviews(number, author));
        Assert.That(seen.Select(r => r with { Reviewer = 0 }), Is.EqualTo(Enumerable.Repeat(new ReviewView { Reviewer = 0, Mine = false, CommentsToAuthors = "Well told." }, 2)));
        Assert.That(await conf.Send(new AnswerReviews(number, "Thank you.", 0, author)), Is.EqualTo(1));
        Assert.ThrowsAsync<StaleException>(() => conf.Send(new AnswerReviews(number, "Thank you!", 0, author)));
        Assert.That(await conf.Send(new AnswerReviews(number, "Thank you, and no.", 1, author)), Is.EqualTo(2));
        Assert.ThrowsAsync<NotAllowedException>(() => conf.Send(new AnswerReviews(number, "I answer.", null, ann)));

        foreach (var reader in new[] { ann, chair })
            Assert.That((await conf.Send(new ReadDiscussion(number, reader))).Answer!.Text, Is.EqualTo("Thank you, and no."));
        conf.Clock.SetUtcNow(new(2019, 6, 21, 12, 0, 0, TimeSpan.Zero));
        Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new AnswerReviews(number, "Too late.", 2, author)));
        Assert.That((await conf.Send(new ReadAnswer(number, author))).Text, Is.EqualTo("Thank you, and no."));
    }

    [Test]
    public async Task A_pending_decision_changes_nothing_for_an_author_who_answers()
    {
        await using var conf = await TestConference.Open(WithRound);
        var (number, _, _, author) = await Discussed(conf);
        var chair = await conf.Person(Role.Chair);
        conf.Clock.SetUtcNow(new(2019, 6, 16, 12, 0, 0, TimeSpan.Zero));
        await conf.Send(new Decide(number, DecisionKind.Reject, "No", chair));

        Assert.That(await conf.Send(new AnswerReviews(number, "Thank you.", 0, author)), Is.EqualTo(1));
        Assert.That((await conf.Send(new ReadAnswer(number, author))).Open, Is.True);
    }

    [Test]
    public async Task The_chair_switches_late_reviews_and_the_round_while_review_runs_and_it_is_audited()
    {
        await using var conf = await TestConference.Open(c => c with { Review = c.Review with { LateReviews = false } });
        var (number, ann, _, author) = await Discussed(conf);
        var chair = await conf.Person(Role.Chair);
        conf.Clock.SetUtcNow(new(2019, 6, 16, 12, 0, 0, TimeSpan.Zero));
        Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new ReopenReview(number, null, ann)));
        Assert.ThrowsAsync<NotAllowedException>(() => conf.Send(new ChangeReviewing(new(true, false, null, null), ann)));

        await conf.Send(new ChangeReviewing(new(true, true, new(2019, 6, 15, 0, 0, 0), new(2019, 6, 20, 0, 0, 0)), chair));

        Assert.That((await conf.Send(new ReopenReview(number, null, ann))).State, Is.EqualTo(ReviewState.Draft));
        Assert.That((await conf.Send(new ReadAnswer(number, author))).Open, Is.True);
        Assert.That(await conf.One<int>("select count(*) from AuditEntry where Action = 'reviewing.changed' and ActorId = @PersonId", new { chair.PersonId }), Is.EqualTo(1));
        var refusal = Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new ChangeReviewing(new(true, true, new(2019, 6, 20, 0, 0, 0), new(2019, 6, 15, 0, 0, 0)), chair)));
        Assert.That(refusal!.Errors.Single().Field, Is.EqualTo("review.rebuttalCloses"));
    }

    private static Conference WithRound(Conference c)
        => c with { Review = c.Review with { Rebuttal = true, RebuttalOpens = new(2019, 6, 15, 9, 0, 0), RebuttalCloses = new(2019, 6, 20, 18, 0, 0) } };

    /// <summary>A submission in TA1 with two reviews in.</summary>
    private static async Task<(int Number, Actor Ann, Actor Bea, Actor Author)> Discussed(TestConference conf)
    {
        var author = await conf.Person();
        var number = await conf.Submission(author);
        var (ann, bea) = (await conf.Reviewer(), await conf.Reviewer());
        await conf.Assign(number, ann, bea);
        await conf.HandIn(number, ann);
        await conf.HandIn(number, bea);
        return (number, ann, bea, author);
    }

    private sealed record DigestRow
    {
        public required string ToEmail { get; init; }
        public required string Subject { get; init; }
        public required string BodyText { get; init; }
    }
}
