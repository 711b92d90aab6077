using System.Net;

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
    public async Task An_unknown_route_of_the_api_is_a_problem()
    {
        await using var site = await Site.Open();

        var answer = await (await site.Api()).GetAsync("/api/v1/nowhere");

        Assert.That((answer.StatusCode, answer.Content.Headers.ContentType?.MediaType), Is.EqualTo((HttpStatusCode.NotFound, "application/problem+json")));
    }
}
