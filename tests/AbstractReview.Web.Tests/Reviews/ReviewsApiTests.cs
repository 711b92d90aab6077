using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AbstractReview.App.Reviews;
using AbstractReview.Domain;

namespace AbstractReview.Web.Tests.Reviews;

public class ReviewsApiTests
{
    private static readonly object Complete = new
    {
        scores = new { relevance = 5, quality = 4, originality = 3, clarity = 4, usefulness = 5 }, confidence = 3, recommendation = "Oral", commentsToAuthors = "Good", commentsToCommittee = "Take it",
    };

    [Test]
    public async Task A_review_goes_from_the_queue_to_a_published_decision()
    {
        await using var site = await Site.Open();
        var reviewer = await site.Person([Role.Reviewer]);
        var number = await site.UnderReview(await site.Person([]), "TA3", reviewer);
        var (api, chair) = (await site.Api(reviewer), await site.Api(await site.Person([Role.Chair])));

        var queue = await api.GetFromJsonAsync<JsonElement>("/api/v1/reviews/queue");
        Assert.That(queue.GetProperty("items")[0].GetProperty("number").GetInt32(), Is.EqualTo(number));
        var saved = await api.PutAsJsonAsync($"/api/v1/submissions/{number}/reviews/mine", new { scores = new { clarity = 2 } });
        Assert.That((saved.StatusCode, saved.Headers.ETag?.Tag), Is.EqualTo((HttpStatusCode.OK, "\"1\"")));
        var submitted = await api.PostAsJsonAsync($"/api/v1/submissions/{number}/reviews/mine/submit", Complete);
        Assert.That(submitted.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await site.Send(new CollectScores());

        var standing = (await chair.GetFromJsonAsync<JsonElement>("/api/v1/standings?area=TA3")).GetProperty("items")[0];
        Assert.That(standing.GetProperty("mean").GetDouble(), Is.EqualTo((5 + 1.5 * 4 + 3 + 0.5 * 4 + 5) / 5).Within(1e-12));
        Assert.That((await chair.PutAsJsonAsync($"/api/v1/submissions/{number}/decision", new { kind = "Oral", reason = "Best of its area" })).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var published = await (await chair.PostAsync("/api/v1/decisions/publish", null)).Content.ReadFromJsonAsync<JsonElement>();
        Assert.That(published.GetProperty("count").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task The_draft_as_it_stands_is_handed_in_by_an_empty_submit()
    {
        await using var site = await Site.Open();
        var reviewer = await site.Person([Role.Reviewer]);
        var number = await site.UnderReview(await site.Person([]), "TA3", reviewer);
        var api = await site.Api(reviewer);
        await api.PutAsJsonAsync($"/api/v1/submissions/{number}/reviews/mine", Complete);

        var submitted = await api.PostAsync($"/api/v1/submissions/{number}/reviews/mine/submit", null);

        Assert.That(submitted.StatusCode, Is.EqualTo(HttpStatusCode.OK), await submitted.Content.ReadAsStringAsync());
        var mine = await api.GetFromJsonAsync<JsonElement>($"/api/v1/submissions/{number}/reviews/mine");
        Assert.That((mine.GetProperty("state").GetString(), mine.GetProperty("version").GetInt32()), Is.EqualTo(("Submitted", 2)));
    }

    [Test]
    public async Task A_stale_save_is_409_an_incomplete_submit_422_and_an_unknown_reason_400()
    {
        await using var site = await Site.Open();
        var reviewer = await site.Person([Role.Reviewer]);
        var number = await site.UnderReview(await site.Person([]), "TA3", reviewer);
        var api = await site.Api(reviewer);
        var mine = $"/api/v1/submissions/{number}/reviews/mine";
        await api.PutAsJsonAsync(mine, new { confidence = 1 });

        using var stale = new HttpRequestMessage(HttpMethod.Put, mine) { Content = JsonContent.Create(new { confidence = 2 }) };
        stale.Headers.TryAddWithoutValidation("If-Match", "\"0\"");
        Assert.That((await api.SendAsync(stale)).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        var incomplete = await api.PostAsJsonAsync(mine + "/submit", new { confidence = 1 });
        Assert.That(incomplete.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(await incomplete.Content.ReadAsStringAsync(), Does.Contain("scores.relevance"));
        Assert.That((await api.PostAsJsonAsync($"/api/v1/submissions/{number}/assignments/mine/decline", new { reason = "Boredom" })).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task A_reviewer_of_another_submission_finds_nothing_here()
    {
        await using var site = await Site.Open();
        var (reviewer, other) = (await site.Person([Role.Reviewer]), await site.Person([Role.Reviewer]));
        var number = await site.UnderReview(await site.Person([]), "TA3", reviewer);
        var (api, stranger) = (await site.Api(reviewer), await site.Api(other));

        foreach (var path in new[] { "reviews/mine", "reviews", "standing" })
            Assert.That((await stranger.GetAsync($"/api/v1/submissions/{number}/{path}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), path);
        Assert.That((await stranger.GetAsync("/api/v1/standings")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await api.GetAsync($"/api/v1/submissions/{number}/reviews/mine")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }
}
