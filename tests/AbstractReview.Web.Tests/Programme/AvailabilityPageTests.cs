using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AbstractReview.App.Decisions;
using AbstractReview.App.Programme;
using AbstractReview.Domain;
using AbstractReview.Domain.Decisions;
using AbstractReview.Web.Tests.Accounts;
using AbstractReview.Web.Tests.Submissions;

namespace AbstractReview.Web.Tests.Programme;

/// <summary>Authors say when their speaker can be there; who waits for a proposal takes the best it has.</summary>
public sealed class AvailabilityPageTests
{
    [Test]
    public async Task An_author_says_by_half_days_and_in_their_own_words_when_they_can_speak()
    {
        await using var site = await Site.Open();
        var author = await site.Person([]);
        var visit = await Visit.By(site, author);
        await visit.Send("/submissions/new", SubmissionPagesTests.Fields());
        await visit.Send("/submissions/1/check", []);
        const string page = "/submissions/1/availability";
        var client = await site.BrowserOf(author);
        Assert.That((int)(await client.GetAsync(page)).StatusCode, Is.EqualTo(404), "nothing to say before it is accepted");
        var chair = await site.Person([Role.Chair]);
        await site.Send(new Decide(1, DecisionKind.Oral, "", chair));
        await site.Send(new PublishDecisions(chair));
        Assert.That(await visit.Read("/submissions/1"), Does.Contain($"href=\"{page}\""));

        (string, string)[] halves = [("Half", "Cannot"), ("Half", ""), ("Half", "RatherNot"), ("Half", ""), ("Half", ""), ("Half", ""), ("Half", ""), ("Half", "")];
        var refused = await visit.Send(page, [.. halves, ("OtherKind", "Cannot"), ("OtherFrom", "2019-10-04T15:00"), ("OtherTo", "2019-10-04T14:00"), ("Note", "By train <b>")], page);
        Assert.That((int)refused.Status, Is.EqualTo(422));
        Assert.That(refused.Page, Does.Contain("href=\"#OtherFrom\"").And.Contain("By train &lt;b&gt;").And.Contain("value=\"2019-10-04T14:00\""));
        var saved = await visit.Send(page, [.. halves, ("OtherKind", "Cannot"), ("OtherFrom", "2019-10-04T15:00"), ("OtherTo", "2019-10-04T16:00"), ("Note", "By train <b>")], page);
        Assert.That((saved.Status, saved.Location), Is.EqualTo((HttpStatusCode.Found, "/submissions/1")));

        var told = await (await site.Api(author)).GetFromJsonAsync<JsonElement>("/api/v1/programme/availability/1");
        Assert.That(told.GetProperty("wishes").EnumerateArray().Select(w => $"{w.GetProperty("kind").GetString()} {w.GetProperty("from").GetDateTime():dd HH} {w.GetProperty("to").GetDateTime():dd HH}"),
            Is.EqualTo(new[] { "Cannot 01 00 01 13", "RatherNot 02 00 02 13", "Cannot 04 15 04 16" }));
        Assert.That(await visit.Read(page), Does.Contain("value=\"Cannot|2019-10-04T15:00|2019-10-04T16:00\" checked"), "a time of its own stays until it is taken away");
        Assert.That(await (await Visit.By(site, chair)).Read("/committee/programme"), Does.Contain("1 speaker has said when they can be there").And.Contain("By train &lt;b&gt;"));
        var other = await site.Api(await site.Person([]));
        Assert.That((int)(await other.GetAsync("/api/v1/programme/availability/1")).StatusCode, Is.EqualTo(404));
        Assert.That((int)(await other.PutAsJsonAsync("/api/v1/programme/availability/1", new { wishes = Array.Empty<object>() })).StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task The_page_of_a_running_proposal_offers_the_best_so_far_without_script()
    {
        await using var site = await Site.Open();
        var chair = await site.Person([Role.Chair]);
        var job = await site.Send(new ProposeProgramme(chair) { Seconds = 600 });
        var visit = await Visit.By(site, chair);
        Assert.That(await visit.Read($"/committee/programme?job={job}"), Does.Contain($"action=\"/committee/programme?handler=Enough&amp;job={job}\"").And.Contain("Take the best so far"));

        var asked = await visit.Send($"/committee/programme?handler=Enough&job={job}", [], "/committee/programme");

        Assert.That((asked.Status, asked.Location), Is.EqualTo((HttpStatusCode.Found, $"/committee/programme?job={job}")));
        Assert.That(await site.One<int>("select count(*) from Job where StopAskedAt is not null"), Is.EqualTo(1));
        Assert.That((int)(await visit.Send("/committee/programme?handler=Enough&job=99", [], "/committee/programme")).Status, Is.EqualTo(404));
        Assert.That((int)(await (await site.Api(chair)).PostAsync($"/api/v1/programme/proposals/{job}/stop", null)).StatusCode, Is.EqualTo(202));
    }
}
