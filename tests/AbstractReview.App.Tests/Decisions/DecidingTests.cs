using AbstractReview.App.Audit;
using AbstractReview.App.Decisions;
using AbstractReview.App.Reviews;
using AbstractReview.App.Tests.Reviews;
using AbstractReview.Domain;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Tests.Decisions;

public class DecidingTests
{
    [Test]
    public async Task A_pending_decision_is_replaced_and_an_undo_leads_back_to_where_it_was([Values(SubmissionState.Submitted, SubmissionState.UnderReview)] SubmissionState before)
    {
        await using var conf = await TestConference.Open();
        var number = await conf.Submission(await conf.Person(), state: before);
        var chair = await conf.Person(Role.Chair);
        await conf.Send(new Decide(number, DecisionKind.Oral, "First thought", chair));
        await conf.Send(new Decide(number, DecisionKind.Poster, "Second thought", chair));
        Assert.That(await conf.All<string>("select Kind from Decision"), Is.EqualTo(new[] { "Poster" }));

        await conf.Send(new UndoDecision(number, chair));

        Assert.That(await conf.All<string>("select Kind from Decision"), Is.Empty);
        Assert.That(await State(conf, number), Is.EqualTo(before));
    }

    [Test]
    public async Task Publishing_orders_one_letter_each_and_a_second_publishing_finds_nothing()
    {
        await using var conf = await TestConference.Open();
        var author = await conf.Person();
        var (first, second) = (await conf.Submission(author), await conf.Submission(author));
        var chair = await conf.Person(Role.Chair);
        await conf.Send(new Decide(first, DecisionKind.Oral, "", chair));
        await conf.Send(new Decide(second, DecisionKind.Return, "Please name your data.", chair));

        Assert.That((await conf.Send(new PublishDecisions(chair)), await conf.Send(new PublishDecisions(chair))), Is.EqualTo((2, 0)));
        Assert.That((await State(conf, first), await State(conf, second)), Is.EqualTo((SubmissionState.Notified, SubmissionState.Returned)));
        Assert.That(await conf.All<string>("select LetterKey from Letter order by Id"), Is.EqualTo(new[]
        {
            $"letter/Oral/1/1/{MailAddress.Normalise(author.Words)}", $"letter/Return/2/1/{MailAddress.Normalise(author.Words)}",
        }));
    }

    [Test]
    public async Task A_changed_published_decision_supersedes_the_letter_that_was_not_sent()
    {
        await using var conf = await TestConference.Open();
        var number = await conf.Submission(await conf.Person());
        var chair = await conf.Person(Role.Chair);
        await conf.Send(new Decide(number, DecisionKind.Waitlist, "", chair));
        await conf.Send(new PublishDecisions(chair));

        await conf.Send(new Decide(number, DecisionKind.Oral, "A place became free", chair));
        Assert.That(await State(conf, number), Is.EqualTo(SubmissionState.Decided));
        await conf.Send(new PublishDecisions(chair));

        Assert.That(await conf.All<string>("select State from Letter order by Id"), Is.EqualTo(new[] { "Superseded", "Queued" }));
        Assert.That(await conf.All<string>("select State from Outbox order by Id"), Is.EqualTo(new[] { "Superseded", "Held" }));
        Assert.That(await conf.All<string>("select Kind from Decision where PublishedAt is not null order by DecisionVersion"), Is.EqualTo(new[] { "Waitlist", "Oral" }));
    }

    [Test]
    public async Task Undoing_a_superseding_decision_leaves_the_published_one_and_its_state()
    {
        await using var conf = await TestConference.Open();
        var number = await conf.Submission(await conf.Person());
        var chair = await conf.Person(Role.Chair);
        await conf.Send(new Decide(number, DecisionKind.Oral, "", chair));
        await conf.Send(new PublishDecisions(chair));
        await conf.Send(new Decide(number, DecisionKind.Reject, "", chair));

        await conf.Send(new UndoDecision(number, chair));

        Assert.That((await State(conf, number), await conf.One<string>("select Kind from Decision")), Is.EqualTo((SubmissionState.Notified, "Oral")));
        Assert.That(await conf.Send(new PublishDecisions(chair)), Is.Zero);
    }

    [Test]
    public async Task Where_the_call_wants_two_chairs_only_what_a_second_one_agreed_to_is_published()
    {
        await using var conf = await TestConference.Open(c => c with { Review = c.Review with { TwoChairs = true } });
        var author = await conf.Person();
        var (one, two) = (await conf.Submission(author), await conf.Submission(author));
        var (ann, bea) = (await conf.Person(Role.Chair), await conf.Person(Role.Chair));
        await conf.Send(new Decide(one, DecisionKind.Oral, "", ann));
        await conf.Send(new Decide(two, DecisionKind.Oral, "", ann));
        Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new SecondDecisions([new SeenDecision(two, null)], ann)));
        await conf.Send(new SecondDecisions([new SeenDecision(two, null)], bea));

        Assert.That(await conf.Send(new PublishDecisions(ann)), Is.EqualTo(1));
        Assert.That((await State(conf, one), await State(conf, two)), Is.EqualTo((SubmissionState.Decided, SubmissionState.Notified)));
    }

    [Test]
    public async Task A_rule_takes_the_best_of_each_area_up_to_its_room_and_the_preview_changes_nothing()
    {
        await using var conf = await TestConference.Open();
        var author = await conf.Person();
        var chair = await conf.Person(Role.Chair);
        var (ann, bea) = (await conf.Reviewer(), await conf.Reviewer());
        foreach (var (area, score) in new[] { ("TA1", 3), ("TA1", 5), ("TA1", 4), ("TA2", 2), ("TA2", 4) })
        {
            var number = await conf.Submission(author, area);
            await conf.Assign(number, ann, bea);
            await conf.HandIn(number, ann, score);
            await conf.HandIn(number, bea, score);
        }

        await conf.Send(new CollectScores());
        var wish = new DecisionWish { Rule = new DecisionRule { Accept = DecisionKind.Oral, Capacity = 1, Otherwise = DecisionKind.Poster, Reason = "By score" } };

        var preview = await conf.Send(new PreviewBatch(wish, chair));
        Assert.That(await conf.One<int>("select count(*) from Decision"), Is.Zero);
        var applied = await conf.Send(new DecideBatch(wish, chair));

        Assert.That((applied.Changes, applied.Fingerprint), Is.EqualTo((preview.Changes, preview.Fingerprint)));
        Assert.That(applied.Changes.Select(c => (c.Number, c.After)), Is.EqualTo(new[]
        {
            (2, DecisionKind.Oral), (3, DecisionKind.Poster), (1, DecisionKind.Poster), (5, DecisionKind.Oral), (4, DecisionKind.Poster),
        }));
        Assert.That((await conf.Send(new DecideBatch(wish, chair))).Changes, Is.Empty);
    }

    [Test]
    public async Task A_batch_with_one_wrong_line_changes_nothing_and_names_the_line()
    {
        await using var conf = await TestConference.Open();
        var number = await conf.Submission(await conf.Person());
        var chair = await conf.Person(Role.Chair);
        var wish = new DecisionWish { Lines = [new(number, DecisionKind.Oral, ""), new(99, DecisionKind.Oral, ""), new(number, DecisionKind.Reject, "")] };

        var refusal = Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new DecideBatch(wish, chair)));

        Assert.That(refusal!.Errors.Select(e => e.Field), Is.EqualTo(new[] { "decisions[1].number", "decisions[2].number" }));
        Assert.That(await conf.One<int>("select count(*) from Decision"), Is.Zero);
    }

    [Test]
    public async Task Nobody_agrees_to_a_decision_that_changed_since_they_looked()
    {
        await using var conf = await TestConference.Open(c => c with { Review = c.Review with { TwoChairs = true } });
        var number = await conf.Submission(await conf.Person());
        var (ann, bea) = (await conf.Person(Role.Chair), await conf.Person(Role.Chair));
        var seen = (await conf.Send(new Decide(number, DecisionKind.Oral, "", ann))).Version;
        var now = (await conf.Send(new Decide(number, DecisionKind.Reject, "", ann))).Version;

        Assert.ThrowsAsync<StaleException>(() => conf.Send(new SecondDecisions([new SeenDecision(number, seen)], bea)));
        Assert.That(await conf.Send(new SecondDecisions([new SeenDecision(number, now)], bea)), Is.EqualTo(1));
    }

    [Test]
    public async Task A_decision_keeps_the_standing_it_was_made_from_and_tells_when_reviews_came_in_since()
    {
        await using var conf = await TestConference.Open();
        var number = await conf.Submission(await conf.Person());
        var chair = await conf.Person(Role.Chair);
        var (ann, bea) = (await conf.Reviewer(), await conf.Reviewer());
        await conf.Assign(number, ann, bea);
        await conf.HandIn(number, ann, 5);
        await conf.Send(new CollectScores());
        var standing = await conf.Send(new ReadStanding(number, chair));

        await conf.Send(new Decide(number, DecisionKind.Oral, "", chair));

        var decided = await conf.Send(new ReadStanding(number, chair));
        var from = decided.DecidedFrom!;
        Assert.That((from.Reviews, from.Mean, from.Calibrated, from.Low, from.High), Is.EqualTo((1, standing.Mean, standing.Calibrated, standing.Low, standing.High)));
        Assert.That(from.Hash, Is.EqualTo(from.ComputeHash()).And.Length.EqualTo(64));
        Assert.That(decided.MovedSince, Is.False);
        Assert.That(await conf.One<string>("select AfterJson from AuditEntry where Action = 'submission.decided'"), Does.Contain(from.Hash));

        await conf.Run("update Standing set Reviews = 2, Mean = 3 where SubmissionNumber = @number", new { number });
        Assert.That((await conf.Send(new ReadDecisions(chair))).Items.Single().MovedSince, Is.True);
    }

    [Test]
    public async Task Publishing_counts_neither_a_chairs_own_submission_nor_shows_it_in_their_audit()
    {
        await using var conf = await TestConference.Open();
        var (chair, other) = (await conf.Person(Role.Chair, Role.Secretariat), await conf.Person(Role.Chair));
        var (own, foreign) = (await conf.Submission(chair), await conf.Submission(other));
        await conf.Send(new Decide(own, DecisionKind.Reject, "", other));
        await conf.Send(new Decide(foreign, DecisionKind.Oral, "", chair));

        Assert.That((await conf.Send(new ReadDecisions(chair))).Items.Select(s => s.Number), Is.EqualTo(new[] { foreign }));
        Assert.That(await conf.Send(new PublishDecisions(chair)), Is.EqualTo(1));

        Assert.That((await State(conf, own), await State(conf, foreign)), Is.EqualTo((SubmissionState.Notified, SubmissionState.Notified)));
        var told = (await conf.Send(new ListAudit("submission", null, null, 1, 100, chair))).Items;
        Assert.That(told.Where(e => e.Action == "decision.published").Select(e => e.ObjectId), Is.EqualTo(new[] { $"{foreign}" }));
    }

    [Test]
    public async Task What_changed_since_it_was_looked_at_is_not_published()
    {
        await using var conf = await TestConference.Open();
        var number = await conf.Submission(await conf.Person());
        var chair = await conf.Person(Role.Chair);
        await conf.Send(new Decide(number, DecisionKind.Oral, "", chair));
        var seen = (await conf.Send(new ReadDecisions(chair))).Fingerprint;
        await conf.Send(new Decide(number, DecisionKind.Reject, "", chair));

        Assert.ThrowsAsync<StaleException>(() => conf.Send(new PublishDecisions(chair) { Expected = seen }));
        Assert.That(await conf.Send(new PublishDecisions(chair) { Expected = (await conf.Send(new ReadDecisions(chair))).Fingerprint }), Is.EqualTo(1));
    }

    [Test]
    public async Task What_a_chair_may_not_judge_falls_to_another_who_is_told_and_to_nobody_when_there_is_none()
    {
        await using var conf = await TestConference.Open();
        var chair = await conf.Person(Role.Chair);
        var area = await conf.Person(["TA1"], Role.AreaChair);
        var (theirs, conflicted) = (await conf.Submission(area, "TA1"), await conf.Submission(await conf.Person(), "TA1"));
        await conf.Submission(await conf.Person(), "TA1");
        await conf.Conflict(conflicted, await conf.AsReviewer(area));
        await conf.Conflict(conflicted, await conf.AsReviewer(chair));

        var falls = (await conf.Send(new ReadStandings(new() { Falls = true }, chair))).Items;
        Assert.That(falls.Select(s => (s.Number, s.FallsFrom[0], s.MayDecide)), Is.EqualTo(new[] { (theirs, "Given2 Family2", true) }));
        Assert.That((await conf.Send(new ReadOverview(chair))).Tasks.Select(t => t.Words), Does.Contain("1 submission falls to you, because Given2 Family2 may not judge it."));
        Assert.That((await conf.Send(new ReadOverview(area))).Areas.Single().Submitted, Is.EqualTo(1));

        var secretariat = await conf.Person(Role.Secretariat);
        Assert.That((await conf.Send(new ReadStandings(new(), secretariat))).Items.Where(s => s.NobodyDecides).Select(s => s.Number), Is.EqualTo(new[] { conflicted }));
        Assert.That((await conf.Send(new ReadOverview(secretariat))).Tasks[0].Words, Does.StartWith($"1 submission has nobody who may decide").And.Contain($"AR-{conflicted}"));
    }

    private static async Task<SubmissionState> State(TestConference conf, int number)
        => Enum.Parse<SubmissionState>((await conf.One<string>("select State from Submission where Number = @number", new { number }))!);
}
