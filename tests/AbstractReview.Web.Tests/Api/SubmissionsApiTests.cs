using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using AbstractReview.Domain;

namespace AbstractReview.Web.Tests.Api;

public class SubmissionsApiTests
{
    internal static JsonObject Body(int words = 200) => new()
    {
        ["title"] = "On regulating well",
        ["abstract"] = string.Join(' ', Enumerable.Range(1, words).Select(i => $"word{i}")),
        ["areaCode"] = "TA1",
        ["topics"] = new JsonArray("Strong, sustainable and independent regulatory body"),
        ["authors"] = new JsonArray(new JsonObject
        {
            ["givenName"] = "Salma", ["familyName"] = "Benali", ["email"] = "s.benali@regulator.example", ["affiliation"] = "Regulator", ["country"] = "MA",
            ["presenting"] = true, ["corresponding"] = true,
        }),
    };

    [TestCase("application/json; charset=nope", 415)]
    [TestCase("application/json; charset=\"utf-7\"", 415)]
    [TestCase("application/json; charset=\"UTF-8\"", 201)]
    [TestCase("application/json; charset=utf-16", 400)]
    public async Task A_body_in_an_encoding_that_is_not_read_is_refused(string type, int expected)
    {
        await using var site = await Site.Open();
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(Body().ToJsonString()));
        Assert.That(body.Headers.TryAddWithoutValidation("Content-Type", type), Is.True);

        var answer = await (await site.Api(await site.Person([]))).PostAsync("/api/v1/submissions", body);

        Assert.That((int)answer.StatusCode, Is.EqualTo(expected));
    }

    [Test]
    public async Task A_submission_is_drafted_changed_and_handed_in()
    {
        await using var site = await Site.Open();
        var api = await site.Api(await site.Person([]));

        var drafted = await api.PostAsJsonAsync("/api/v1/submissions", Body());
        var number = (int)(await Json(drafted))["number"]!;
        Assert.That((drafted.StatusCode, drafted.Headers.Location?.ToString(), drafted.Headers.ETag?.Tag), Is.EqualTo((HttpStatusCode.Created, $"/api/v1/submissions/{number}", "\"1\"")));
        var changed = Body();
        changed["title"] = "On regulating better";
        var put = await Send(api, HttpMethod.Put, $"/api/v1/submissions/{number}", changed, ("If-Match", "\"1\""));
        var submitted = await Json(await api.PostAsync($"/api/v1/submissions/{number}/submit", null));

        Assert.That((put.Headers.ETag?.Tag, (string?)submitted["state"], (string?)submitted["title"], (string?)submitted["presentation"]),
            Is.EqualTo(("\"2\"", "Submitted", "On regulating better", "either")));
    }

    [Test]
    public async Task It_may_be_handed_in_at_once()
    {
        await using var site = await Site.Open();
        var api = await site.Api(await site.Person([]));
        var body = Body();
        body["submit"] = true;

        var made = await Json(await api.PostAsJsonAsync("/api/v1/submissions", body));
        var read = await Json(await api.GetAsync("/api/v1/submissions/1"));

        Assert.That(((string?)made["state"], made.ToJsonString()), Is.EqualTo(("Submitted", read.ToJsonString())));
    }

    [Test]
    public async Task A_request_repeated_under_its_key_gets_the_same_answer_and_makes_nothing_new()
    {
        await using var site = await Site.Open();
        var api = await site.Api(await site.Person([]));

        var first = await Send(api, HttpMethod.Post, "/api/v1/submissions?submit=true", Body(), ("Idempotency-Key", "k1"));
        var again = await Send(api, HttpMethod.Post, "/api/v1/submissions?submit=true", Body(), ("Idempotency-Key", "k1"));
        var other = await Send(api, HttpMethod.Post, "/api/v1/submissions?submit=true", Body(201), ("Idempotency-Key", "k1"));

        Assert.That((again.StatusCode, again.Headers.Location, again.Headers.ETag, await again.Content.ReadAsStringAsync()),
            Is.EqualTo((HttpStatusCode.Created, first.Headers.Location, first.Headers.ETag, await first.Content.ReadAsStringAsync())));
        Assert.That((other.StatusCode, await site.One<int>("select count(*) from Submission")), Is.EqualTo((HttpStatusCode.UnprocessableEntity, 1)));
    }

    [Test]
    public async Task A_refused_request_may_be_mended_under_the_same_key()
    {
        await using var site = await Site.Open();
        var api = await site.Api(await site.Person([]));

        var refused = await Send(api, HttpMethod.Post, "/api/v1/submissions?submit=true", Body(149), ("Idempotency-Key", "k1"));
        var mended = await Send(api, HttpMethod.Post, "/api/v1/submissions?submit=true", Body(150), ("Idempotency-Key", "k1"));

        Assert.That((refused.StatusCode, mended.StatusCode), Is.EqualTo((HttpStatusCode.UnprocessableEntity, HttpStatusCode.Created)));
    }

    [Test]
    public async Task A_change_to_an_old_version_is_a_conflict_that_names_the_new_one()
    {
        await using var site = await Site.Open();
        var api = await site.Api(await site.Person([]));
        await api.PostAsJsonAsync("/api/v1/submissions", Body());
        await Send(api, HttpMethod.Put, "/api/v1/submissions/1", Body(), ("If-Match", "\"1\""));

        var stale = await Send(api, HttpMethod.Put, "/api/v1/submissions/1", Body(), ("If-Match", "\"1\""));

        Assert.That((stale.StatusCode, (int?)(await Json(stale))["currentVersion"]), Is.EqualTo((HttpStatusCode.Conflict, 2)));
    }

    private static IEnumerable<TestCaseData> Wrong()
    {
        yield return new TestCaseData((Action<JsonObject>)(b => b.Remove("title")), "title").SetArgDisplayNames("no title");
        yield return new TestCaseData((Action<JsonObject>)(b => b["areaCode"] = "TA99"), "areaCode").SetArgDisplayNames("unknown area");
        yield return new TestCaseData((Action<JsonObject>)(b => b["abstract"] = Body(149)["abstract"]!.DeepClone()), "abstract").SetArgDisplayNames("149 words");
        yield return new TestCaseData((Action<JsonObject>)(b => b["abstract"] = Body(501)["abstract"]!.DeepClone()), "abstract").SetArgDisplayNames("501 words");
        yield return new TestCaseData((Action<JsonObject>)(b => b["areaCode"] = "TA2"), "topics[0]").SetArgDisplayNames("topic of another area");
        yield return new TestCaseData((Action<JsonObject>)(b => b["title"] = "NUL \0 inside"), "title").SetArgDisplayNames("NUL");
        yield return new TestCaseData((Action<JsonObject>)(b => b["authors"] = new JsonArray((JsonNode?)null)), "authors[0].familyName").SetArgDisplayNames("a null author");
        yield return new TestCaseData((Action<JsonObject>)(b => b["title"] = new string('x', 3_000_000)), "title").SetArgDisplayNames("3 MB title");
    }

    [TestCaseSource(nameof(Wrong))]
    public async Task What_is_wrong_is_named_by_its_field_and_nothing_is_stored(Action<JsonObject> spoil, string field)
    {
        await using var site = await Site.Open();
        var api = await site.Api(await site.Person([]));
        var body = Body();
        spoil(body);

        var answer = await api.PostAsJsonAsync("/api/v1/submissions?submit=true", body);

        Assert.That((answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, (string?)(await Json(answer))["errors"]![0]!["field"], await site.One<int>("select count(*) from Submission")),
            Is.EqualTo((HttpStatusCode.UnprocessableEntity, "application/problem+json", field, 0)));
    }

    [TestCase("{\"title\": \"", "application/json", HttpStatusCode.BadRequest)]
    [TestCase("[]", "application/json", HttpStatusCode.BadRequest)]
    [TestCase("{\"title\": 7}", "application/json", HttpStatusCode.BadRequest)]
    [TestCase("null", "application/json", HttpStatusCode.BadRequest)]
    [TestCase("title=x", "application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType)]
    public async Task What_cannot_be_read_is_a_problem(string body, string type, HttpStatusCode status)
    {
        await using var site = await Site.Open();
        var api = await site.Api(await site.Person([]));

        var answer = await api.PostAsync("/api/v1/submissions", new StringContent(body, Encoding.UTF8, type));

        Assert.That((answer.StatusCode, answer.Content.Headers.ContentType?.MediaType), Is.EqualTo((status, "application/problem+json")));
    }

    [Test]
    public async Task Bytes_that_are_no_utf8_are_refused()
    {
        await using var site = await Site.Open();
        var api = await site.Api(await site.Person([]));
        var content = new ByteArrayContent([.. "{\"title\": \""u8, 0xC3, 0x28, .. "\"}"u8]);
        content.Headers.ContentType = new("application/json");

        Assert.That((await api.PostAsync("/api/v1/submissions", content)).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [TestCase("GET", "/api/v1/submissions", null, HttpStatusCode.Unauthorized)]
    [TestCase("GET", "/api/v1/submissions", "Bearer nonsense", HttpStatusCode.Unauthorized)]
    [TestCase("GET", "/api/v1/submissions/999999", "author", HttpStatusCode.NotFound)]
    [TestCase("GET", "/api/v1/submissions/99999999999999", "author", HttpStatusCode.NotFound)]
    [TestCase("GET", "/api/v1/submissions?state=Lost", "author", HttpStatusCode.UnprocessableEntity)]
    [TestCase("POST", "/api/v1/submissions/999999/submit", "author", HttpStatusCode.NotFound)]
    public async Task Refusals_are_problems(string method, string path, string? who, HttpStatusCode status)
    {
        await using var site = await Site.Open();
        var api = await site.Api(who == "author" ? await site.Person([]) : null);
        if (who?.StartsWith("Bearer", StringComparison.Ordinal) == true) api.DefaultRequestHeaders.Add("Authorization", who);

        var answer = await api.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.That((answer.StatusCode, answer.Content.Headers.ContentType?.MediaType), Is.EqualTo((status, "application/problem+json")));
    }

    [Test]
    public async Task A_second_submit_and_a_change_after_the_deadline_are_refused()
    {
        await using var site = await Site.Open();
        var api = await site.Api(await site.Person([]));
        await api.PostAsJsonAsync("/api/v1/submissions?submit=true", Body());

        var second = await api.PostAsync("/api/v1/submissions/1/submit", null);
        site.Clock.SetUtcNow(new DateTimeOffset(2019, 5, 4, 0, 0, 0, TimeSpan.Zero));
        var late = await api.PutAsJsonAsync("/api/v1/submissions/1", Body());

        Assert.That((second.StatusCode, late.StatusCode), Is.EqualTo((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity)));
    }

    [Test]
    public async Task The_lists_of_an_author_and_of_the_secretariat_differ()
    {
        await using var site = await Site.Open();
        var (author, other, secretary) = (await site.Person([]), await site.Person([]), await site.Person([Role.Secretariat]));
        await (await site.Api(author)).PostAsJsonAsync("/api/v1/submissions", Body());
        await (await site.Api(other)).PostAsJsonAsync("/api/v1/submissions", Body());

        var mine = await Json(await (await site.Api(author)).GetAsync("/api/v1/submissions"));
        var all = await Json(await (await site.Api(secretary)).GetAsync("/api/v1/submissions"));

        Assert.That((Numbers(mine), Numbers(all)), Is.EqualTo(("1", "1 2")));
    }

    private static string Numbers(JsonNode page) => string.Join(' ', page["items"]!.AsArray().Select(i => (int)i!["number"]!));

    internal static async Task<JsonNode> Json(HttpResponseMessage answer) => JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

    private static async Task<HttpResponseMessage> Send(HttpClient api, HttpMethod method, string path, JsonNode body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return await api.SendAsync(request);
    }
}
