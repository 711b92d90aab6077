using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AbstractReview.App.Jobs;
using AbstractReview.Domain;
using AbstractReview.Web.Tests.Accounts;
using AbstractReview.Web.Tests.Reviews;

namespace AbstractReview.Web.Tests.Routing;

public class RoutingTests
{
    private static readonly object Profile = new { areas = new[] { "TA1" }, quotaMin = 0, quotaMax = 5, publications = new[] { new { title = "Borders", @abstract = "Sources at borders." } } };

    private static async Task<(Site Site, Actor Chair, Actor Reviewer)> Open()
    {
        var site = await Site.Open(c => c with { Routing = c.Routing with { SameCountryConflict = false }, Review = c.Review with { ReviewsPerSubmission = 1 } });
        var (chair, reviewer, author) = (await site.Person([Role.Chair]), await site.Person([Role.Reviewer]), await site.Person([]));
        await (await site.Api(reviewer)).PutAsJsonAsync("/api/v1/reviewers/me", Profile);
        await site.UnderReview(author, "TA1");
        return (site, chair, reviewer);
    }

    private static StringContent Csv(string text) => new(text, System.Text.Encoding.UTF8, "text/csv");

    private static async Task<JsonElement> Read(HttpResponseMessage answer, HttpStatusCode status = HttpStatusCode.OK)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(status), text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    [Test]
    public async Task A_routing_is_proposed_read_and_applied_by_the_api()
    {
        var (site, chair, _) = await Open();
        await using var closing = site;
        var api = await site.Api(chair);

        var asked = await api.PostAsync("/api/v1/routing/proposals", null);
        Assert.That(asked.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        await site.Send(new RunLongWork());
        var job = await Read(await api.GetAsync(asked.Headers.Location));
        var id = job.GetProperty("result").GetProperty("proposalId").GetInt32();
        var proposal = await Read(await api.GetAsync($"/api/v1/routing/proposals/{id}"));
        var applied = await Read(await api.PostAsync($"/api/v1/routing/proposals/{id}/apply", null));

        Assert.That((proposal.GetProperty("assigns").GetInt32(), proposal.GetProperty("current").GetBoolean()), Is.EqualTo((1, true)));
        Assert.That(applied.GetProperty("assigned").GetInt32(), Is.EqualTo(1));
        Assert.That(await site.One<int>("select count(*) from Assignment where State = 'Assigned'"), Is.EqualTo(1));
    }

    [Test]
    public async Task HotCRPs_assignment_file_goes_in_as_a_proposal_and_comes_out_by_the_api()
    {
        var (site, chair, reviewer) = await Open();
        await using var closing = site;
        var api = await site.Api(chair);
        var email = await site.One<string>("select Email from Person where Id = @id", new { id = reviewer.PersonId });

        var wrong = await Read(await api.PostAsync("/api/v1/routing/proposals/import", Csv("paper,action,email\n1,review,nobody@example.org\n")), HttpStatusCode.UnprocessableEntity);
        Assert.That(wrong.GetRawText(), Does.Contain("Line 2"));
        var proposal = await Read(await api.PostAsync("/api/v1/routing/proposals/import", Csv($"paper,action,email\n1,review,{email}\n")), HttpStatusCode.Created);
        Assert.That(await site.One<int>("select count(*) from Assignment"), Is.Zero, "a file is only previewed");
        var latest = await Read(await api.GetAsync("/api/v1/routing/proposals/latest"));
        Assert.That(latest.GetProperty("id").GetInt32(), Is.EqualTo(proposal.GetProperty("id").GetInt32()));
        await Read(await api.PostAsync($"/api/v1/routing/proposals/{proposal.GetProperty("id").GetInt32()}/apply", null));
        Assert.That(await api.GetStringAsync("/api/v1/routing/assignments.csv"), Does.Contain($"1,pcreview,{email}").Or.Contain($"1,review,{email}"));
        Assert.That((await (await site.Api(reviewer)).GetAsync("/api/v1/routing/assignments.csv")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task A_suspected_conflict_is_dismissed_for_good_by_the_api()
    {
        var (site, chair, reviewer) = await Open();
        await using var closing = site;
        await site.One<int>("insert into Conflict (ReviewerId, SubmissionNumber, Kind, Evidence, FoundAt) values (@id, 1, 'Institution', 'Both are of one house.', '2019-01-01T00:00:00.0000000+00:00'); select 1", new { id = reviewer.PersonId });
        var dismissal = new { number = 1, reviewerId = reviewer.PersonId, kind = "Institution" };

        Assert.That((await (await site.Api(reviewer)).PostAsJsonAsync("/api/v1/routing/conflicts/dismiss", dismissal)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await (await site.Api(chair)).PostAsJsonAsync("/api/v1/routing/conflicts/dismiss", dismissal)).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(await site.One<int>("select count(*) from Conflict where DismissedAt is not null"), Is.EqualTo(1));
    }

    [Test]
    public async Task What_may_be_bid_on_is_listed_by_the_api_nearest_first_and_without_authors()
    {
        var (site, _, reviewer) = await Open();
        await using var closing = site;

        var answer = await (await site.Api(reviewer)).GetStringAsync("/api/v1/reviewers/me/bids");
        var choices = JsonSerializer.Deserialize<JsonElement>(answer);
        Assert.That(choices[0].GetProperty("number").GetInt32(), Is.EqualTo(1));
        Assert.That(choices[0].GetProperty("affinity").GetDouble(), Is.InRange(0.01, 1));
        Assert.That(answer, Does.Not.Contain("Family3").And.Not.Contain("Institute 3"));
    }

    [Test]
    public async Task A_reviewer_may_neither_propose_nor_read_a_routing()
    {
        var (site, _, reviewer) = await Open();
        await using var closing = site;
        var api = await site.Api(reviewer);

        Assert.That((await api.PostAsync("/api/v1/routing/proposals", null)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await (await site.BrowserOf(reviewer)).GetAsync("/committee/routing")).Where(), Does.Contain("/status/403"));
    }

    [Test]
    public async Task A_reviewer_bids_and_declares_by_the_api_and_reads_it_back()
    {
        var (site, _, reviewer) = await Open();
        await using var closing = site;
        var api = await site.Api(reviewer);

        var bid = await Read(await api.PutAsJsonAsync("/api/v1/reviewers/me/bids", new { bids = new[] { new { number = 1, value = 2 } } }));
        Assert.That(bid.GetProperty("bids")[0].GetProperty("value").GetInt32(), Is.EqualTo(2));
        await Read(await api.PutAsJsonAsync("/api/v1/reviewers/me/bids", new { bids = new[] { new { number = 1, value = 9 } } }), HttpStatusCode.UnprocessableEntity);
        var declared = await Read(await api.PutAsJsonAsync("/api/v1/reviewers/me/conflicts", new { conflicts = new[] { new { number = 1, reason = "My student" } } }));
        Assert.That(declared.GetProperty("conflicts")[0].GetProperty("number").GetInt32(), Is.EqualTo(1));
        var stale = new HttpRequestMessage(HttpMethod.Put, "/api/v1/reviewers/me") { Content = JsonContent.Create(Profile), Headers = { { "If-Match", "\"7\"" } } };
        await Read(await api.SendAsync(stale), HttpStatusCode.Conflict);
    }

    [Test]
    public async Task The_chair_proposes_edits_and_applies_by_the_pages()
    {
        var (site, chair, reviewer) = await Open();
        await using var closing = site;
        var browser = await site.BrowserOf(chair);

        var asked = await browser.Submit("/committee/routing", []);
        Assert.That(asked.Where(), Is.EqualTo("/committee/routing?job=1"));
        Assert.That(await browser.GetStringAsync(asked.Where()), Does.Contain("Proposing who reviews what"));
        await site.Send(new RunLongWork());
        Assert.That(await browser.GetStringAsync("/committee/routing"), Does.Contain("Apply: assign 1 review to 1 reviewer"));

        var edited = await browser.Submit("/committee/routing/1", new() { ["proposal"] = "1", ["version"] = "1", ["reviewer"] = $"{reviewer.PersonId}" }, "/committee/routing/1?edit=Pin");
        Assert.That(edited.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), await edited.Content.ReadAsStringAsync());
        Assert.That(await browser.GetStringAsync(edited.Where()), Does.Contain("is pinned to submission 1"));

        var applied = await browser.Submit("/committee/routing", new() { ["proposal"] = "1" }, "/committee/routing?handler=Apply");
        Assert.That(applied.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), await applied.Content.ReadAsStringAsync());
        Assert.That(await site.One<int>("select Pinned from Assignment where SubmissionNumber = 1 and State = 'Assigned'"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_bid_is_placed_by_the_page_which_never_names_the_authors()
    {
        var (site, _, reviewer) = await Open();
        await using var closing = site;
        var browser = await site.BrowserOf(reviewer);

        var html = await browser.GetStringAsync("/reviews/bids");
        Assert.That(html, Does.Contain("On borders and sources").And.Not.Contain("Family3").And.Not.Contain("Institute 3"));
        var saved = await browser.Submit("/reviews/bids", new() { ["n"] = "1", ["Bid"] = "5" });
        Assert.That(saved.Where(), Is.EqualTo("/reviews/bids?n=1"), await saved.Content.ReadAsStringAsync());
        Assert.That(await site.One<int>("select Value from Bid"), Is.EqualTo(2));
    }

    [TestCase("/reviews/profile", "Your reviewer profile")]
    [TestCase("/reviews/conflicts", "Declare a conflict")]
    public async Task A_reviewers_page_opens(string path, string words)
    {
        var (site, _, reviewer) = await Open();
        await using var closing = site;

        Assert.That(await (await site.BrowserOf(reviewer)).GetStringAsync(path), Does.Contain(words));
    }
}
