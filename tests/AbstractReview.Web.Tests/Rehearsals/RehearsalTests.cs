using System.Security.Cryptography;
using System.Text;
using AbstractReview.App.Jobs;
using AbstractReview.App.Storage;
using AbstractReview.Domain.Conferences;
using AbstractReview.Web.Rehearsals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AbstractReview.Web.Tests.Rehearsals;

/// <summary>The rehearsal finds what is planted to be found, and nothing else in the application as it is.</summary>
public sealed class RehearsalTests
{
    [Test]
    public async Task A_single_blind_conference_passes()
    {
        var report = await new Rehearsal(Sample(Blindness.Single)).Run(JobProgress.Unwatched, default);

        Assert.Multiple(() =>
        {
            Assert.That(report.Findings, Is.Empty);
            Assert.That(report.Untried, Is.Empty);
            Assert.That(report.Unseen, Is.Empty);
            Assert.That(report.Passed, Is.True);
            Assert.That(report.Viewers.Where(v => v.Viewer != RehearsalCast.Visitor).Select(v => v.Seen), Has.All.GreaterThan(0), "everybody who signs in sees something of their own");
        });
    }

    [Test]
    public async Task A_double_blind_conference_fails_by_the_planted_leaks_and_by_nothing_else()
    {
        var report = await new Rehearsal(Sample(Blindness.Double), Leak).Run(JobProgress.Unwatched, default);

        Assert.Multiple(() =>
        {
            Assert.That(report.Findings.Where(f => !f.Door.StartsWith("GET /leak", StringComparison.Ordinal)), Is.Empty);
            Assert.That(report.Findings.Where(f => f.Door == "GET /leak/shown").Select(f => f.Viewer), Does.Contain("a visitor").And.Contain("reviewer 1").And.Not.Contain("the chair"));
            Assert.That(report.Findings.Where(f => f.Door == "GET /leak/told").Select(f => f.What), Is.All.EqualTo("the answer changes with the names of the authors").And.Not.Empty);
            Assert.That(report.Untried, Is.EqualTo(new[] { "GET /leak/{unheardOf}" }));
            Assert.That(report.Passed, Is.False);
        });
    }

    private static void Leak(WebApplication app)
    {
        app.MapGet("/leak/shown", async (Db db) => await Names(db));
        // Shows no name, but an answer that depends on one.
        app.MapGet("/leak/told", async (Db db, HttpResponse response) => response.Headers.ETag = $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(await Names(db))))}\"");
        app.MapGet("/leak/{unheardOf}", (string unheardOf) => unheardOf);
    }

    private static async Task<string> Names(Db db) => string.Join(", ", await db.All<string>("select FamilyName from Author order by FamilyName", null, default));

    private static Conference Sample(Blindness blind)
    {
        var sample = ConferenceFile.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "samples", "regulators-2019", "conference.json")));
        return sample with { Review = sample.Review with { Blind = blind, Rebuttal = true } };
    }
}
