using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AbstractReview.App.Reviews;
using AbstractReview.Domain;
using AbstractReview.Web.Tests.Submissions;

namespace AbstractReview.Web.Tests.Reviews;

public class OfflineAndDiscussionApiTests
{
    [Test]
    public async Task A_form_goes_out_and_comes_back_by_the_API_with_the_difference_first()
    {
        await using var site = await Site.Open();
        var reviewer = await site.Person([Role.Reviewer]);
        var number = await site.UnderReview(await site.Person([]), "TA3", reviewer);
        var api = await site.Api(reviewer);

        var form = await api.GetAsync("/api/v1/reviews/offline.csv");
        Assert.That((form.Content.Headers.ContentType!.MediaType, form.Content.Headers.ContentDisposition!.FileNameStar ?? form.Content.Headers.ContentDisposition.FileName), Is.EqualTo(("text/csv", "reviews-regsec-2019.csv")));
        var filled = Encoding.UTF8.GetBytes($"submission,version,score.clarity,comments_to_authors\n{number},0,4,Clear.\n");
        var preview = await Post(api, filled, false);
        Assert.That((preview.GetProperty("applied").GetBoolean(), preview.GetProperty("changes").GetInt32(), preview.GetProperty("items")[0].GetProperty("action").GetString()), Is.EqualTo((false, 1, "Keep")));
        Assert.That(await site.One<int>("select count(*) from Review"), Is.Zero);

        Assert.That((await Post(api, filled, true)).GetProperty("applied").GetBoolean(), Is.True);
        var refused = await api.PostAsync("/api/v1/reviews/offline?apply=true", Csv(filled));
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.OK), "the same again changes nothing");
        var stale = await api.PostAsync("/api/v1/reviews/offline?apply=true", Csv(Encoding.UTF8.GetBytes($"submission,version,score.clarity\n{number},0,5\n")));
        Assert.That(stale.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(await stale.Content.ReadAsStringAsync(), Does.Contain("row2.version"));
    }

    [Test]
    public async Task A_form_is_shown_on_the_page_before_it_is_taken()
    {
        await using var site = await Site.Open();
        var reviewer = await site.Person([Role.Reviewer]);
        var number = await site.UnderReview(await site.Person([]), "TA3", reviewer);
        var browser = await Accounts.Forms.BrowserOf(site, reviewer);

        var shown = await Upload(browser, $"submission,version,comments_to_authors\n{number},0,Very <b>clear</b>.\n");
        Assert.That(shown, Does.Contain("This form changes 1 of your reviews").And.Contain("Very &lt;b&gt;clear&lt;/b&gt;."));
        Assert.That(await site.One<int>("select count(*) from Review"), Is.Zero);
        var rows = WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Match(shown, "name=\"Rows\" value=\"([^\"]+)\"").Groups[1].Value);
        var taken = await Accounts.Forms.Submit(browser, "/reviews/offline", new() { ["Rows"] = rows }, "/reviews/offline?handler=Take");
        Assert.That(Accounts.Forms.Where(taken), Is.EqualTo("/reviews"));
        Assert.That(await site.One<string>("select CommentsToAuthors from Review"), Is.EqualTo("Very <b>clear</b>."));

        Assert.That(await Upload(browser, "nothing of ours"), Does.Contain("has no column"));
        Assert.That(await Upload(browser, $"submission,version,confidence\n{number},1,99\n"), Does.Contain("Row 2, confidence").And.Not.Contain("Take this change"));
    }

    [Test]
    public async Task A_discussion_is_written_and_read_on_its_page_and_by_the_API()
    {
        await using var site = await Site.Open();
        var reviewer = await site.Person([Role.Reviewer]);
        var number = await site.UnderReview(await site.Person([]), "TA3", reviewer);
        var chair = await site.Person([Role.Chair]);
        await site.Send(new SubmitReview(number, ReviewsForm(), null, reviewer));

        var page = await Visit.By(site, reviewer);
        var posted = await page.Send($"/submissions/{number}/discussion", [("Text", "Is <i>this</i> sound, @committee?")]);
        Assert.That(posted.Location, Is.EqualTo($"/submissions/{number}/discussion#p1"));
        var refused = await page.Send($"/submissions/{number}/discussion", [("Text", "@reviewer9, you?")]);
        Assert.That((refused.Status, refused.Page.Contains("@reviewer9, you?</textarea>", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)));

        var api = await site.Api(chair);
        Assert.That((await api.PostAsJsonAsync($"/api/v1/submissions/{number}/discussion", new { text = "It is." })).StatusCode, Is.EqualTo(HttpStatusCode.Created));
        var items = (await api.GetFromJsonAsync<JsonElement>($"/api/v1/submissions/{number}/discussion")).GetProperty("items");
        Assert.That((items.GetArrayLength(), items[0].GetProperty("mentionsMe").GetBoolean()), Is.EqualTo((2, true)));
        Assert.That(await page.Read($"/submissions/{number}/discussion"), Does.Contain("Is &lt;i&gt;this&lt;/i&gt; sound, <b class=\"posts__mention\">@committee</b>?").And.Contain("It is."));
    }

    [Test]
    public async Task The_chair_switches_the_round_on_and_the_author_answers_on_a_page()
    {
        await using var site = await Site.Open();
        var (author, reviewer) = (await site.Person([]), await site.Person([Role.Reviewer]));
        var number = await site.UnderReview(author, "TA3", reviewer);
        await site.Send(new SubmitReview(number, ReviewsForm(), null, reviewer));
        site.Clock.SetUtcNow(new(2019, 6, 16, 12, 0, 0, TimeSpan.Zero));
        var chair = await Visit.By(site, await site.Person([Role.Chair]));
        var visit = await Visit.By(site, author);
        Assert.That(await visit.Read($"/submissions/{number}"), Does.Not.Contain($"/submissions/{number}/answer"));

        var wrong = await chair.Send("/committee/reviewing", [("Rebuttal", "true"), ("RebuttalOpens", "2019-06-20T09:00"), ("RebuttalCloses", "2019-06-15T09:00")]);
        Assert.That(wrong.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        await chair.Send("/committee/reviewing", [("Rebuttal", "true"), ("RebuttalOpens", "2019-06-15T09:00"), ("RebuttalCloses", "2019-06-20T09:00")]);

        Assert.That(await visit.Read($"/submissions/{number}"), Does.Contain($"/submissions/{number}/answer"));
        Assert.That((await visit.Send($"/submissions/{number}/answer", [("Text", "Thank you."), ("Version", "0")])).Status, Is.EqualTo(HttpStatusCode.Found));
        Assert.That(await visit.Read($"/submissions/{number}/answer"), Does.Contain("Thank you.").And.Contain("Change the answer"));
    }

    private static Domain.Reviews.ReviewForm ReviewsForm() => new()
    {
        Scores = new Dictionary<string, int> { ["relevance"] = 4, ["quality"] = 4, ["originality"] = 4, ["clarity"] = 4, ["usefulness"] = 4 }, Confidence = 2, Recommendation = Domain.Reviews.Recommendation.Oral,
    };

    private static async Task<JsonElement> Post(HttpClient api, byte[] file, bool apply)
    {
        var answer = await api.PostAsync($"/api/v1/reviews/offline?apply={(apply ? "true" : "false")}", Csv(file));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static ByteArrayContent Csv(byte[] file) => new(file) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };

    private static async Task<string> Upload(HttpClient browser, string csv)
    {
        var token = WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Match(await browser.GetStringAsync("/reviews/offline"), "name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)").Groups[1].Value);
        using var form = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" }, { Csv(Encoding.UTF8.GetBytes(csv)), "Form", "form.csv" } };
        var answer = await browser.PostAsync("/reviews/offline", form);
        return await answer.Content.ReadAsStringAsync();
    }
}
