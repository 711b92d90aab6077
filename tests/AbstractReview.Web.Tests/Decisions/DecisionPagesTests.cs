using System.Net;
using System.Text.RegularExpressions;
using AbstractReview.Domain;
using AbstractReview.Web.Tests.Submissions;

namespace AbstractReview.Web.Tests.Decisions;

/// <summary>The committee decides by forms alone, without JavaScript.</summary>
public partial class DecisionPagesTests
{
    [Test]
    public async Task A_rule_is_previewed_applied_and_published()
    {
        await using var site = await Site.Open();
        await site.Scored("TA3", 5, 3);
        var chair = await Visit.By(site, await site.Person([Role.Chair]));
        (string, string)[] rule = [("Rule.Area", "TA3"), ("Rule.Accept", "Oral"), ("Rule.Capacity", "1"), ("Rule.Otherwise", "Poster"), ("Rule.MinReviews", "1"), ("Rule.Reason", "By <b>score</b>")];

        var preview = (await chair.Send("/committee/decisions/batch", rule)).Page;
        Assert.That(preview, Does.Contain("2 decisions would change").And.Contain("By &lt;b&gt;score&lt;/b&gt;"));
        Assert.That(await chair.Read("/committee/decisions"), Does.Contain("Pending decisions will be here"));
        var stale = await chair.Send("/committee/decisions/batch?handler=Apply", [.. rule, ("expected", "something else")], "/committee/decisions/batch");
        var applied = await chair.Send("/committee/decisions/batch?handler=Apply", [.. rule, ("expected", Expected().Match(preview).Groups[1].Value)], "/committee/decisions/batch");
        Assert.That((stale.Status, applied.Status), Is.EqualTo((HttpStatusCode.Conflict, HttpStatusCode.Found)));

        var pending = await chair.Read("/committee/decisions");
        Assert.That(pending, Does.Contain("2 decisions are pending").And.Contain("Publish 2 decisions"));
        var published = await chair.Send("/committee/decisions?handler=Publish", [("expected", Expected().Match(pending).Groups[1].Value)], "/committee/decisions");
        Assert.That(published.Status, Is.EqualTo(HttpStatusCode.Found));
        Assert.That(await site.One<int>("select count(*) from Letter"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_refused_file_comes_back_as_it_was_typed_with_the_line_named()
    {
        await using var site = await Site.Open();
        await site.Scored("TA3", 5);
        var chair = await Visit.By(site, await site.Person([Role.Chair]));

        var refused = await chair.Send("/committee/decisions/batch?handler=File", [("Csv", "paper,action,decision\n1,decision,perhaps")], "/committee/decisions/batch");

        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(refused.Page, Does.Contain("href=\"#Csv\"").And.Contain("Line 2: “perhaps” is no decision").And.Contain("1,decision,perhaps"));
    }

    [Test]
    public async Task A_row_of_the_standings_is_decided_and_taken_back_and_a_stale_row_is_refused()
    {
        await using var site = await Site.Open();
        var number = (await site.Scored("TA3", 5))[0];
        var chair = await Visit.By(site, await site.Person([Role.AreaChair], "TA3"));
        var button = Button().Match(await chair.Read("/committee/standings")).Groups[1].Value;

        var decided = await chair.Send("/committee/standings?Area=TA3", [($"kind-{number}", "Panel"), ("decide", button)]);
        var stale = await chair.Send("/committee/standings?Area=TA3", [($"kind-{number}", "Reject"), ("decide", button)]);

        Assert.That((decided.Status, decided.Location), Is.EqualTo((HttpStatusCode.Found, $"/committee/standings?Area=TA3#s{number}")));
        Assert.That(stale.Status, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(await site.One<string>("select Kind from Decision"), Is.EqualTo("Panel"));
        await chair.Send("/committee/standings", [($"kind-{number}", ""), ("decide", Button().Match(await chair.Read("/committee/standings")).Groups[1].Value)]);
        Assert.That(await site.One<int>("select count(*) from Decision"), Is.Zero);
    }

    [Test]
    public async Task A_second_chair_agrees_on_the_page_before_anything_is_published()
    {
        await using var site = await Site.Open(c => c with { Review = c.Review with { TwoChairs = true } });
        var number = (await site.Scored("TA3", 5))[0];
        var (first, second) = (await Visit.By(site, await site.Person([Role.Chair])), await Visit.By(site, await site.Person([Role.Chair])));
        await first.Send($"/committee/submissions/{number}", [("Kind", "Oral"), ("Reason", "Best of its area"), ("Version", "1")]);

        var mine = await first.Read("/committee/decisions");
        var theirs = await second.Read("/committee/decisions");
        Assert.That(mine, Does.Contain("waits for another").And.Not.Contain("name=\"agree\""));
        var agreed = await second.Send("/committee/decisions?handler=Second", [("agree", Agree().Match(theirs).Groups[1].Value)], "/committee/decisions");

        Assert.That(agreed.Status, Is.EqualTo(HttpStatusCode.Found));
        Assert.That(await first.Read("/committee/decisions"), Does.Contain("Publish 1 decision"));
    }

    [Test]
    public async Task The_secretariat_sees_on_a_submission_who_decided_and_who_read_its_reviewers()
    {
        await using var site = await Site.Open();
        var number = (await site.Scored("TA3", 5))[0];
        var chair = await site.Person([Role.AreaChair], "TA3");
        var visit = await Visit.By(site, chair);
        await visit.Send($"/committee/submissions/{number}", [("Kind", "Oral"), ("Version", "1")]);
        var secretariat = await Visit.By(site, await site.Person([Role.Secretariat]));

        var page = await secretariat.Read($"/committee/submissions/{number}");

        Assert.That(page, Does.Contain("Who saw and did what").And.Contain("decided Oral from a standing of 2 reviews, calibrated 5.00").And.Contain("read who reviews it").And.Contain($"<bdi>{chair.Words}</bdi>"));
        Assert.That(page, Does.Not.Contain("name=\"Kind\""));
        Assert.That(await visit.Read($"/committee/submissions/{number}"), Does.Not.Contain("Who saw and did what"));
    }

    [Test]
    public async Task Plots_are_drawn_and_told_as_tables()
    {
        await using var site = await Site.Open();
        await site.Scored("TA3", 5, 3);
        var chair = await Visit.By(site, await site.Person([Role.Chair]));

        var page = await chair.Read("/committee/plots");

        Assert.That(Regex.Count(page, "<svg class=\"plot\""), Is.EqualTo(6));
        Assert.That(Regex.Count(page, "<table class=\"table\">"), Is.EqualTo(6));
        Assert.That(page, Does.Contain("4 reviews with a mean of 4.00"));
    }

    [GeneratedRegex("name=\"expected\" value=\"([0-9a-f]+)\"")]
    private static partial Regex Expected();

    [GeneratedRegex("name=\"decide\" value=\"(\\d+:\\d+)\"")]
    private static partial Regex Button();

    [GeneratedRegex("name=\"agree\" value=\"(\\d+:\\d+)\"")]
    private static partial Regex Agree();
}
