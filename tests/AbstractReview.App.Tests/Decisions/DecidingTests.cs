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
        Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new SecondDecision(two, ann)));
        await conf.Send(new SecondDecision(two, bea));

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

        Assert.That(applied, Is.EqualTo(preview));
        Assert.That(applied.Select(c => (c.Number, c.After)), Is.EqualTo(new[]
        {
            (2, DecisionKind.Oral), (3, DecisionKind.Poster), (1, DecisionKind.Poster), (5, DecisionKind.Oral), (4, DecisionKind.Poster),
        }));
        Assert.That(await conf.Send(new DecideBatch(wish, chair)), Is.Empty);
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

    private static async Task<SubmissionState> State(TestConference conf, int number)
        => Enum.Parse<SubmissionState>((await conf.One<string>("select State from Submission where Number = @number", new { number }))!);
}
