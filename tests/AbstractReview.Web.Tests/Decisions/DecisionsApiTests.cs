using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using Microsoft.Extensions.DependencyInjection;
using MiniExcelLibs;

namespace AbstractReview.Web.Tests.Decisions;

public class DecisionsApiTests
{
    [Test]
    public async Task A_batch_is_previewed_and_carried_out_only_as_it_was_seen()
    {
        await using var site = await Site.Open();
        await site.Scored("TA3", 5, 3, 2);
        var api = await site.Api(await site.Person([Role.Chair]));
        object Body(bool preview, string? expected) => new { rule = new { area = "TA3", capacity = 1, then = "Poster", thenThreshold = 2.5, otherwise = "Reject" }, preview, expected };

        var seen = await (await api.PostAsJsonAsync("/api/v1/decisions/batch", Body(true, null))).Content.ReadFromJsonAsync<JsonElement>();
        Assert.That((await api.GetFromJsonAsync<JsonElement>("/api/v1/decisions")).GetProperty("items").GetArrayLength(), Is.Zero);
        var wrong = await api.PostAsJsonAsync("/api/v1/decisions/batch", Body(false, "0123"));
        var done = await api.PostAsJsonAsync("/api/v1/decisions/batch", Body(false, seen.GetProperty("fingerprint").GetString()));

        Assert.That((wrong.StatusCode, done.StatusCode), Is.EqualTo((HttpStatusCode.Conflict, HttpStatusCode.OK)));
        var changes = (await done.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("changes").EnumerateArray().Select(c => (c.GetProperty("number").GetInt32(), c.GetProperty("after").GetString()));
        Assert.That(changes, Is.EqualTo(new[] { (1, "Oral"), (2, "Poster"), (3, "Reject") }));
        Assert.That((await api.GetFromJsonAsync<JsonElement>("/api/v1/decisions")).GetProperty("items").GetArrayLength(), Is.EqualTo(3));
    }

    [TestCase("""{"decisions":null}""", "decisions")]
    [TestCase("""{"decisions":[]}""", "decisions")]
    [TestCase("""{"decisions":[null]}""", "decisions[0]")]
    public async Task Agreeing_to_nothing_is_refused_by_its_field(string body, string field)
    {
        await using var site = await Site.Open();
        var api = await site.Api(await site.Person([Role.Chair]));

        var refused = await api.PostAsync("/api/v1/decisions/second", new StringContent(body, Encoding.UTF8, "application/json"));

        var errors = (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors");
        Assert.That((refused.StatusCode, errors[0].GetProperty("field").GetString()), Is.EqualTo((HttpStatusCode.UnprocessableEntity, field)));
    }

    [Test]
    public async Task HotCRPs_file_is_posted_as_it_stands()
    {
        await using var site = await Site.Open();
        await site.Scored("TA3", 5, 3);
        var api = await site.Api(await site.Person([Role.Chair]));
        async Task<HttpResponseMessage> Post(string query, string csv) => await api.PostAsync($"/api/v1/decisions/batch{query}", new StringContent(csv, Encoding.UTF8, "text/csv"));

        var preview = await Post("?preview=true&acceptedAs=Poster", "paper,action,decision\n1,decision,Accepted\n2,decision,Oral\n");
        var refused = await Post("", "paper,action,decision\n1,decision,Accepted\n");

        Assert.That((preview.StatusCode, refused.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity)));
        var answer = await preview.Content.ReadFromJsonAsync<JsonElement>();
        Assert.That(answer.GetProperty("applied").GetBoolean(), Is.False);
        Assert.That(answer.GetProperty("changes").EnumerateArray().Select(c => c.GetProperty("after").GetString()), Is.EqualTo(new[] { "Poster", "Oral" }));
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("Line 2"));
    }

    [Test]
    public async Task A_row_decided_by_key_knows_the_version_it_showed()
    {
        await using var site = await Site.Open();
        var number = (await site.Scored("TA3", 5))[0];
        var api = await site.Api(await site.Person([Role.AreaChair], "TA3"));
        var version = (await api.GetFromJsonAsync<JsonElement>($"/api/v1/submissions/{number}/standing")).GetProperty("version").GetInt32();
        async Task<HttpResponseMessage> Send(HttpMethod method, int seen)
        {
            using var request = new HttpRequestMessage(method, $"/api/v1/submissions/{number}/decision") { Content = method == HttpMethod.Put ? JsonContent.Create(new { kind = "Oral" }) : null };
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{seen}\"");
            return await api.SendAsync(request);
        }

        var decided = await Send(HttpMethod.Put, version);
        var stale = await Send(HttpMethod.Delete, version);
        var undone = await Send(HttpMethod.Delete, version + 1);

        Assert.That((decided.StatusCode, stale.StatusCode, undone.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.NoContent)));
        Assert.That((decided.Headers.ETag!.Tag, undone.Headers.ETag!.Tag), Is.EqualTo(($"\"{version + 1}\"", $"\"{version + 2}\"")));
    }

    [Test]
    public async Task Standings_are_exported_as_filtered_without_formulas_and_without_what_one_may_not_see()
    {
        await using var site = await Site.Open();
        var (first, second) = ((await site.Scored("TA3", 5))[0], (await site.Scored("TA4", 3))[0]);
        await using (var scope = site.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<Db>().Run("update Submission set Title = '=1+1, \"quoted\"' where Number = @first", new { first }, default);
        var (chair, area) = (await site.Api(await site.Person([Role.Chair])), await site.Api(await site.Person([Role.AreaChair], "TA3")));
        var author = await site.Api(await site.Person([]));

        var csv = await chair.GetStringAsync("/api/v1/standings.csv?area=TA3");
        Assert.That(csv.Split("\r\n")[1], Does.StartWith($"{first},\"'=1+1, \"\"quoted\"\"\",TA3,UnderReview,either,2,3,5,5,0,"));
        using var workbook = new MemoryStream(await area.GetByteArrayAsync("/api/v1/standings.xlsx"));
        var rows = workbook.Query(useHeaderRow: true).Cast<IDictionary<string, object>>().ToList();
        Assert.That(rows.Select(r => (r["Number"], r["Title"], r["Mean"])), Is.EqualTo(new (object, object, object)[] { ((double)first, "=1+1, \"quoted\"", 5.0) }));
        var json = await chair.GetFromJsonAsync<JsonElement>("/api/v1/standings.json?sort=Number");
        Assert.That(json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("number").GetInt32()), Is.EqualTo(new[] { first, second }));
        Assert.That((await author.GetAsync("/api/v1/standings.csv")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task The_audit_is_for_those_who_run_the_conference()
    {
        await using var site = await Site.Open();
        var number = (await site.Scored("TA3", 5))[0];
        var (secretariat, area) = (await site.Api(await site.Person([Role.Secretariat])), await site.Api(await site.Person([Role.AreaChair], "TA3")));
        await area.GetAsync($"/api/v1/submissions/{number}/reviews");

        var read = await secretariat.GetFromJsonAsync<JsonElement>($"/api/v1/audit?kind=submission&id={number}&action=reviewers.");
        Assert.That(read.GetProperty("total").GetInt32(), Is.EqualTo(1));
        Assert.That(await secretariat.GetStringAsync("/api/v1/audit.csv"), Does.Contain("reviewers.read"));
        Assert.That((await area.GetAsync("/api/v1/audit")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await area.GetAsync("/api/v1/audit.json")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }
}
