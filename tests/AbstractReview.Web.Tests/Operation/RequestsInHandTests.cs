using AbstractReview.App.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace AbstractReview.Web.Tests.Operation;

/// <summary>How the server counts who waits for an answer.</summary>
public sealed class RequestsInHandTests
{
    [Test]
    public async Task A_request_is_in_hand_until_its_answer_begins_however_long_that_goes_on()
    {
        var requests = new RequestsInHand(TimeProvider.System);
        var seen = new List<int>();
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton(requests);
        await using var app = builder.Build();
        app.UseRequestsInHand();
        app.Run(async context =>
        {
            seen.Add(requests.Count);
            if (context.Request.Path == "/breaks") throw new InvalidOperationException("as asked");
            await context.Response.StartAsync();
            seen.Add(requests.Count);
        });
        await app.StartAsync();
        using var client = app.GetTestClient();

        await client.GetAsync("/stream");
        Assert.That(seen, Is.EqualTo(new[] { 1, 0 }));
        Assert.That(requests.Count, Is.Zero);
        Assert.ThrowsAsync<InvalidOperationException>(() => client.GetAsync("/breaks"));
        Assert.That(requests.Count, Is.Zero, "a request that broke is answered too");
    }
}
