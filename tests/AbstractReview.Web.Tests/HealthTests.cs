using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AbstractReview.App.Submissions;
using AbstractReview.Web.Tests.Api;

namespace AbstractReview.Web.Tests;

public class HealthTests
{
    [TestCase("/health/live")]
    [TestCase("/health/ready")]
    [TestCase("/openapi/v1.json")]
    public async Task It_answers(string path)
    {
        await using var site = await Site.Open();

        var answer = await (await site.Api()).GetAsync(path);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Readiness_tells_which_part_is_not_and_comes_back()
    {
        await using var site = await Site.Open(onFile: true);
        var (api, folder) = (await site.Api(), site.Folder.Root);
        await (await site.Api(await site.Person([]))).PostAsJsonAsync("/api/v1/submissions?submit=true", SubmissionsApiTests.Body());
        await site.Send(new TypesetReceipts());
        var before = await Ready(api);
        site.Clock.Advance(TimeSpan.FromMinutes(20));
        var late = await Ready(api);
        Directory.Move(folder, folder + "-away");
        var gone = await Ready(api);
        Directory.Move(folder + "-away", folder);

        Assert.That((before.Status, before.Part("work")), Is.EqualTo((HttpStatusCode.OK, "Healthy")));
        Assert.That((late.Status, late.Part("database")), Is.EqualTo((HttpStatusCode.OK, "Healthy")));
        Assert.That(late.Part("work"), Does.Match(@"^Mails wait \(\d+\), the oldest for more than 15 minutes\.$"));
        Assert.That((gone.Status, gone.Part("folder")), Is.EqualTo((HttpStatusCode.ServiceUnavailable, "The data folder cannot be written.")));
        Assert.That((await Ready(api)).Part("folder"), Is.EqualTo("Healthy"));
    }

    private static async Task<(HttpStatusCode Status, Func<string, string?> Part)> Ready(HttpClient api)
    {
        var answer = await api.GetAsync("/health/ready");
        var parts = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("parts");
        return (answer.StatusCode, name => parts.GetProperty(name).GetString());
    }

    [Test]
    public async Task An_unknown_route_of_the_api_is_a_problem()
    {
        await using var site = await Site.Open();

        var answer = await (await site.Api()).GetAsync("/api/v1/nowhere");

        Assert.That((answer.StatusCode, answer.Content.Headers.ContentType?.MediaType), Is.EqualTo((HttpStatusCode.NotFound, "application/problem+json")));
    }
}
