using System.Net.Http.Json;
using AbstractReview.App.Jobs;
using AbstractReview.App.Mailing;
using AbstractReview.Domain;
using AbstractReview.Web.Tests.Accounts;
using AbstractReview.Web.Tests.Api;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace AbstractReview.Web.Tests.Operation;

/// <summary>What a collector is told: requests, use cases, transactions, mail, jobs and queues, and nobody's name.</summary>
public sealed class TelemetryTests
{
    [Test]
    public async Task A_collector_is_told_of_requests_queues_mail_jobs_and_database_and_of_nobody()
    {
        await using var collector = await Collector.Start();
        await using var site = await Site.Open(settings: new Dictionary<string, string> { ["Telemetry:Otlp"] = collector.Address });
        var author = await site.Person([Role.Author]);
        var api = await site.Api(author);
        await api.PostAsJsonAsync("/api/v1/submissions?submit=true", SubmissionsApiTests.Body());
        await api.GetAsync("/api/v1/submissions?search=zqxvkjwq");
        await site.Browser().Submit("/account/forgotten", new() { ["Email"] = author.Words });
        await site.Send(new SendWaitingMail());
        await site.Send(new RunLongWork());

        site.Services.GetRequiredService<TracerProvider>().ForceFlush();
        site.Services.GetRequiredService<MeterProvider>().ForceFlush();

        var (traces, metrics) = (collector.Told("traces"), collector.Told("metrics"));
        Assert.Multiple(() =>
        {
            foreach (var name in new[] { "POST /api/v1/submissions", "CreateSubmission", "SendWaitingMail", "AbstractReview.Web" }) Assert.That(traces, Does.Contain(name));
            foreach (var name in new[]
            {
                "http.server.request.duration", "abstractreview.transaction.duration", "abstractreview.mails.sent", "abstractreview.queue.mails", "abstractreview.queue.jobs", "abstractreview.queue.letters", "dotnet.gc.collections",
            })
                Assert.That(metrics, Does.Contain(name));
            foreach (var personal in new[] { author.Words, "zqxvkjwq", "Family1" }) Assert.That(traces + metrics, Does.Not.Contain(personal));
        });
    }

    [Test]
    public async Task Without_a_collector_nothing_is_gathered()
    {
        await using var site = await Site.Open();
        Assert.That((site.Services.GetService<TracerProvider>(), site.Services.GetService<MeterProvider>()), Is.EqualTo(((TracerProvider?)null, (MeterProvider?)null)));
    }
}
