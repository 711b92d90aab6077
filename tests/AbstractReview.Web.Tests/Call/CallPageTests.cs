using System.Net;
using System.Text.Json;
using AbstractReview.Web.Tests.Accounts;

namespace AbstractReview.Web.Tests.Call;

public class CallPageTests
{
    [Test]
    public async Task It_tells_areas_dates_time_left_and_the_one_next_step()
    {
        await using var site = await Site.Open();

        var html = WebUtility.HtmlDecode(await site.Browser().GetStringAsync("/"));

        Assert.That(html, Does.Contain("Submit until <time datetime=\"2019-05-03T22:59:00Z\" data-when=\"60\">3 May 2019, 23:59 (Casablanca time, UTC+1)</time>")
            .And.Contain(">77 days left</time>")
            .And.Contain("TA10").And.Contain("Start a submission"));
    }

    [Test]
    public async Task After_the_deadline_nothing_asks_to_submit()
    {
        await using var site = await Site.Open();
        site.Clock.SetUtcNow(new DateTimeOffset(2019, 5, 3, 22, 59, 1, TimeSpan.Zero));

        var html = await site.Browser().GetStringAsync("/");

        Assert.That(html, Does.Contain("The call closed on").And.Not.Contain("Start a submission"));
    }

    [Test]
    public async Task With_its_styles_it_weighs_less_than_60_KB()
    {
        await using var site = await Site.Open();
        var page = await site.Browser().GetByteArrayAsync("/");
        var style = System.Text.RegularExpressions.Regex.Match(System.Text.Encoding.UTF8.GetString(page), "href=\"(/css/site[^\"]*)\"").Groups[1].Value;

        var css = await site.Browser().GetByteArrayAsync(style);

        Assert.That(page.Length + css.Length, Is.LessThan(60 * 1024));
    }

    [Test]
    public async Task A_reader_who_has_this_minutes_page_gets_no_other()
    {
        await using var site = await Site.Open();
        using var first = await site.Browser().GetAsync("/");
        async Task<HttpStatusCode> Again()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/");
            request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
            return (await site.Browser().SendAsync(request)).StatusCode;
        }

        var within = await Again();
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        var later = await Again();

        Assert.That((within, later), Is.EqualTo((HttpStatusCode.NotModified, HttpStatusCode.OK)));
    }

    [Test]
    public async Task Who_signed_in_never_gets_anothers_page_from_a_cache()
    {
        await using var site = await Site.Open();
        await site.Browser().GetStringAsync("/");
        var browser = await site.BrowserOf(await site.Person([]));

        var own = await browser.GetAsync("/");
        var anonymous = await site.Browser().GetStringAsync("/");

        Assert.That(await own.Content.ReadAsStringAsync(), Does.Contain("Where you stand"));
        Assert.That(own.Headers.CacheControl!.NoStore, Is.True);
        Assert.That(anonymous, Does.Not.Contain("Where you stand"));
    }

    [Test]
    public async Task The_api_tells_the_call_to_everybody()
    {
        await using var site = await Site.Open();

        var call = JsonDocument.Parse(await (await site.Api()).GetStringAsync("/api/v1/call")).RootElement;

        Assert.That(call.GetProperty("areas").EnumerateArray().Select(a => a.GetProperty("code").GetString()),
            Is.EqualTo(new[] { "TA1", "TA2", "TA3", "TA4", "TA5", "TA6", "TA7", "TA8", "TA9", "TA10", "SS" }));
        Assert.That(call.GetProperty("dates").GetProperty("submissionDeadline").GetDateTimeOffset(), Is.EqualTo(new DateTimeOffset(2019, 5, 3, 22, 59, 0, TimeSpan.Zero)));
        Assert.That((call.GetProperty("blind").GetString(), call.GetProperty("open").GetBoolean(), call.GetProperty("limits").GetProperty("abstractWordsMax").GetInt32()),
            Is.EqualTo(("Double", true, 500)));
    }
}
