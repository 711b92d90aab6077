using AbstractReview.App.Decisions;
using AbstractReview.App.Reviews;
using AbstractReview.App.Tests.Reviews;
using AbstractReview.Domain;
using AbstractReview.Domain.Decisions;

namespace AbstractReview.App.Tests.Decisions;

public class RuleTests
{
    [Test]
    public async Task A_ladder_fills_the_places_of_the_call_for_each_kind_and_then_takes_the_rest()
    {
        await using var conf = await TestConference.Open(c => c with { Areas = c.Areas.Select(a => a with { OralCapacity = 2, PanelCapacity = 1 }).ToList() });
        var chair = await conf.Person(Role.Chair);
        await Scored(conf, [5, 4, 3, 2, 1]);

        var batch = await conf.Send(new PreviewBatch(Rule(new() { Then = DecisionKind.Panel, Otherwise = DecisionKind.Reject }), chair));

        Assert.That(batch.Changes.Select(c => (c.Number, c.After)), Is.EqualTo(new (int, DecisionKind?)[]
        {
            (1, DecisionKind.Oral), (2, DecisionKind.Oral), (3, DecisionKind.Panel), (4, DecisionKind.Reject), (5, DecisionKind.Reject),
        }));
        Assert.That(batch.Rooms.Select(r => (r.AreaCode, r.Kind, r.Places, r.Taken)), Is.EqualTo(new[] { ("TA1", DecisionKind.Oral, 2, 2), ("TA1", DecisionKind.Panel, 1, 1) }));
    }

    [Test]
    public async Task A_threshold_holds_even_where_there_is_room_and_the_filter_narrows_what_is_touched()
    {
        await using var conf = await TestConference.Open();
        var chair = await conf.Person(Role.Chair);
        await Scored(conf, [5, 4, 2]);
        await conf.Run("update Submission set Presentation = 'poster' where Number = @n", new { n = 1 });

        var all = await conf.Send(new PreviewBatch(Rule(new() { By = ScoreKind.Mean, Threshold = 3.5, Otherwise = DecisionKind.Poster }), chair));
        var orals = await conf.Send(new PreviewBatch(Rule(new() { By = ScoreKind.Mean, Threshold = 3.5, Filter = new StandingFilter { Presentation = "either" } }), chair));

        Assert.That(all.Changes.Select(c => (c.Number, c.After)), Is.EqualTo(new (int, DecisionKind?)[] { (1, DecisionKind.Oral), (2, DecisionKind.Oral), (3, DecisionKind.Poster) }));
        Assert.That(orals.Changes.Select(c => c.Number), Is.EqualTo(new[] { 2 }));
    }

    [Test]
    public async Task Those_within_noise_of_the_line_are_left_for_a_decision_by_hand_but_keep_their_place()
    {
        await using var conf = await TestConference.Open(c => c with { Areas = c.Areas.Select(a => a with { OralCapacity = 2 }).ToList() });
        var chair = await conf.Person(Role.Chair);
        await Scored(conf, [5, 3, 3, 1]);
        var line = (await conf.Send(new ReadStandings(new(), chair))).Lines.Single(l => l.AreaCode == "TA1");
        var near = (await conf.Send(new ReadStandings(new() { Near = true }, chair))).Items.Select(s => s.Number).Order().ToList();
        Assert.That((line.Near, near), Is.EqualTo((2, new List<int> { 2, 3 })).Using<(int, List<int>)>((a, b) => a.Item1 == b.Item1 && a.Item2.SequenceEqual(b.Item2)));

        var batch = await conf.Send(new PreviewBatch(Rule(new() { LeaveNear = true, Otherwise = DecisionKind.Reject }), chair));

        Assert.That(batch.Changes.Select(c => (c.Number, c.After)), Is.EqualTo(new (int, DecisionKind?)[] { (1, DecisionKind.Oral), (4, DecisionKind.Reject) }));
    }

    [Test]
    public async Task A_preview_that_no_longer_holds_is_not_carried_out()
    {
        await using var conf = await TestConference.Open();
        var chair = await conf.Person(Role.Chair);
        await Scored(conf, [5, 4]);
        var wish = Rule(new() { Capacity = 1 });
        var seen = await conf.Send(new PreviewBatch(wish, chair));
        await conf.Send(new Decide(1, DecisionKind.Poster, "", chair));

        Assert.ThrowsAsync<StaleException>(() => conf.Send(new DecideBatch(wish, chair) { Expected = seen.Fingerprint }));
        Assert.That(await conf.All<int>("select SubmissionNumber from Decision"), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public async Task A_rule_touches_only_the_areas_of_an_area_chair_and_never_what_they_are_kept_from()
    {
        await using var conf = await TestConference.Open();
        var author = await conf.Person();
        // Also of the secretariat, who see what they are in conflict with.
        var chair = await conf.Person(["TA1"], Role.AreaChair, Role.Secretariat);
        var reviewer = await conf.Reviewer();
        var numbers = new List<int> { await conf.Submission(author, "TA1"), await conf.Submission(author, "TA2"), await conf.Submission(chair, "TA1"), await conf.Submission(author, "TA1") };
        foreach (var number in numbers)
        {
            await conf.Assign(number, reviewer);
            await conf.HandIn(number, reviewer);
        }

        await conf.Send(new CollectScores());
        await conf.Conflict(numbers[3], await conf.AsReviewer(chair));

        Assert.That((await conf.Send(new PreviewBatch(Rule(new() { Accept = DecisionKind.Poster }), chair))).Changes.Select(c => c.Number), Is.EqualTo(new[] { numbers[0] }));
        var refusal = Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new PreviewBatch(new DecisionWish { Lines = [.. numbers.Select(n => new DecisionLine(n, DecisionKind.Oral, ""))] }, chair)));
        Assert.That(refusal!.Errors.Select(e => e.Field), Is.EqualTo(new[] { "decisions[1].number", "decisions[2].number", "decisions[3].number" }));
    }

    [Test]
    public async Task HotCRPs_file_is_carried_out_top_to_bottom()
    {
        await using var conf = await TestConference.Open();
        var author = await conf.Person();
        var chair = await conf.Person(Role.Chair);
        for (var i = 0; i < 5; i++) await conf.Submission(author);
        await conf.Send(new Decide(4, DecisionKind.Oral, "", chair));
        await conf.Send(new Decide(5, DecisionKind.Reject, "", chair));

        var batch = await conf.Send(new DecideBatch(new DecisionWish
        {
            Csv = "\uFEFFpaper,action,email,decision,reason\r\n# by hand\r\n1-3,decision,,Accepted,\r\n2,decision,,poster,\"Better, as a poster\"\r\n3,decision,,Rejected,\r\n4,cleardecision,,,\r\n5,cleardecision,,oral,\r\n",
            AcceptedAs = DecisionKind.Oral,
        }, chair));

        Assert.That(batch.Changes.Select(c => (c.Number, c.Before, c.After, c.Reason)), Is.EqualTo(new (int, DecisionKind?, DecisionKind?, string)[]
        {
            (1, null, DecisionKind.Oral, ""), (2, null, DecisionKind.Poster, "Better, as a poster"), (3, null, DecisionKind.Reject, ""), (4, DecisionKind.Oral, null, ""),
        }));
        Assert.That(await conf.All<int>("select SubmissionNumber from Decision order by SubmissionNumber"), Is.EqualTo(new[] { 1, 2, 3, 5 }));
    }

    [TestCase("1,review,x@y.example,", "Line 2: “review” is no decision; only decision and cleardecision lines are taken here.")]
    [TestCase("1,decision,,Accepted", "Line 2: “Accepted” does not say as what: write oral, poster or panel.")]
    [TestCase("1,decision,,maybe", "Line 2: “maybe” is no decision: write oral, poster, panel, waitlist, reject, return or none.")]
    [TestCase("1,decision,,", "Line 2: the decision is empty.")]
    [TestCase("9,decision,,oral", "Line 2: There is no submission 9 for you to decide.")]
    [TestCase("all of them,decision,,oral", "Line 2: “all of them” is no search that is known here. Give numbers, a range such as 3-8, all, area:TA3 or dec:none.")]
    [TestCase("\"#TA9\",decision,,oral", "Line 2: “#TA9” finds no submission for you to decide.")]
    [TestCase("99999999999,decision,,oral", "Line 2: “99999999999” is no search that is known here. Give numbers, a range such as 3-8, all, area:TA3 or dec:none.")]
    public async Task A_wrong_line_of_a_file_is_refused_by_its_number(string line, string words)
    {
        await using var conf = await TestConference.Open();
        await conf.Submission(await conf.Person());
        var chair = await conf.Person(Role.Chair);

        var refusal = Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new PreviewBatch(new DecisionWish { Csv = $"paper,action,email,decision\n{line}\n" }, chair)));

        Assert.That(refusal!.Errors, Is.EqualTo(new[] { new FieldError("file", words) }));
    }

    [TestCase("all", 1, 2, 3, 4, 5)]
    [TestCase("2-3 5", 2, 3, 5)]
    [TestCase("2,#4", 2, 4)]
    [TestCase("#TA1", 1, 2, 3)]
    [TestCase("area:ta2", 4, 5)]
    [TestCase("all -#TA1", 4, 5)]
    [TestCase("NOT #TA2 AND dec:none", 2, 3)]
    [TestCase("dec:poster", 1)]
    [TestCase("dec:yes", 1)]
    [TestCase("dec:any", 1, 4)]
    [TestCase("dec:reject", 4)]
    [TestCase("1-4 dec:none", 2, 3)]
    [TestCase("#TA1 -2", 1, 3)]
    public async Task A_line_of_a_file_names_its_papers_by_a_search(string search, params int[] numbers)
    {
        await using var conf = await TestConference.Open();
        var (author, chair) = (await conf.Person(), await conf.Person(Role.Chair));
        foreach (var area in new[] { "TA1", "TA1", "TA1", "TA2", "TA2" }) await conf.Submission(author, area);
        await conf.Send(new Decide(1, DecisionKind.Poster, "", chair));
        await conf.Send(new Decide(4, DecisionKind.Reject, "", chair));

        var batch = await conf.Send(new PreviewBatch(new DecisionWish { Csv = $"paper,action,email,decision\n\"{search}\",decision,,panel\n" }, chair));

        Assert.That(batch.Changes.Select(c => c.Number), Is.EqualTo(numbers));
    }

    private static DecisionWish Rule(DecisionRule rule) => new() { Rule = rule };

    /// <summary>Submissions 1, 2, 3 … of TA1, each scored alike by the same three reviewers.</summary>
    private static async Task Scored(TestConference conf, int[] scores)
    {
        var author = await conf.Person();
        var reviewers = new[] { await conf.Reviewer(), await conf.Reviewer(), await conf.Reviewer() };
        foreach (var score in scores)
        {
            var number = await conf.Submission(author);
            await conf.Assign(number, reviewers);
            foreach (var reviewer in reviewers) await conf.HandIn(number, reviewer, score);
        }

        await conf.Send(new CollectScores());
    }
}
