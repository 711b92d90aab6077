using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AbstractReview.App.Jobs;
using AbstractReview.App.Reviews;
using AbstractReview.Domain;
using AbstractReview.Domain.Reviews;
using AbstractReview.Domain.Tests.Reviews;
using Hangfire;
using Microsoft.Extensions.DependencyInjection;

namespace AbstractReview.Web.Tests.Reviews;

/// <summary>The evening before the deadline.</summary>
public class ReviewingRushTests
{
    private static readonly (string Code, double Weight)[] Criteria = [("relevance", 1), ("quality", 1.5), ("originality", 1), ("clarity", 0.5), ("usefulness", 1)];

    [Test]
    public async Task Forty_reviewers_hand_in_three_hundred_reviews_at_once_while_a_chair_reads_and_none_is_lost()
    {
        await using var site = await Site.Open();
        var (numbers, reviewers) = await Rush(site);
        var chair = await site.Api(await site.Person([Role.Chair]));
        var given = new List<(int Number, Given Review)>();
        using var done = new CancellationTokenSource();

        var reading = Task.Run(async () =>
        {
            var read = 0;
            for (; !done.IsCancellationRequested; read++)
            {
                await site.Send(new CollectScores());
                Assert.That((await chair.GetAsync("/api/v1/standings?take=500")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
            }

            return read;
        });
        await Task.WhenAll(reviewers.Select((api, r) => Task.Run(async () =>
        {
            foreach (var number in numbers.Where((_, i) => Reviews(i, r)))
            {
                var review = Given.Of(number, r);
                var answer = await api.PostAsJsonAsync($"/api/v1/submissions/{number}/reviews/mine/submit", review.Body());
                Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
                lock (given) given.Add((number, review));
            }
        })));
        await done.CancelAsync();
        Assert.That(await reading, Is.Positive);
        await site.Send(new CollectScores());

        Assert.That(given, Has.Count.EqualTo(300));
        var standings = (await chair.GetFromJsonAsync<JsonElement>("/api/v1/standings?take=500")).GetProperty("items").EnumerateArray().ToDictionary(s => s.GetProperty("number").GetInt32());
        Assert.That(standings.Keys, Is.EquivalentTo(numbers));
        foreach (var group in given.ToLookup(g => g.Number, g => g.Review)) Same(standings[group.Key], [.. group]);
        var plain = new PlainCalibration([.. given.Select(g => new Scored(g.Number, g.Review.Reviewer, g.Review.Overall))], 1, 5);
        Assert.Multiple(() =>
        {
            foreach (var (number, (score, low, high)) in plain.Submissions)
            {
                Assert.That(standings[number].GetProperty("calibrated").GetDouble(), Is.EqualTo(score).Within(1e-9));
                Assert.That(standings[number].GetProperty("low").GetDouble(), Is.EqualTo(low).Within(1e-9));
                Assert.That(standings[number].GetProperty("high").GetDouble(), Is.EqualTo(high).Within(1e-9));
            }
        });
    }

    [Test]
    public async Task Each_review_handed_in_is_collected_within_seconds_by_the_job_it_rings_for()
    {
        // All people of the tests are of one country; the job that looks for conflicts would find them all.
        await using var site = await Site.Open(call => call with { Routing = call.Routing with { SameCountryConflict = false } }, jobs: true);
        // Only the alarm is left: the timetable would come by within five minutes anyway.
        site.Services.GetRequiredService<IRecurringJobManager>().RemoveIfExists(Alarms.Scores);
        Actor[] reviewers = [await site.Person([Role.Reviewer]), await site.Person([Role.Reviewer]), await site.Person([Role.Reviewer])];
        var number = await site.UnderReview(await site.Person([]), "TA3", reviewers);
        var chair = await site.Api(await site.Person([Role.Chair]));
        foreach (var (i, reviewer) in reviewers.Index())
        {
            var answer = await (await site.Api(reviewer)).PostAsJsonAsync($"/api/v1/submissions/{number}/reviews/mine/submit", Given.Of(number, i).Body());
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(async () => await Collected(chair, number), Is.EqualTo((i + 1, false)).After(20_000, 100), $"review {i + 1}");
        }
    }

    private static async Task<(int Reviews, bool Due)> Collected(HttpClient chair, int number)
    {
        var standing = (await chair.GetFromJsonAsync<JsonElement>("/api/v1/standings")).GetProperty("items").EnumerateArray().Single(s => s.GetProperty("number").GetInt32() == number);
        return (standing.GetProperty("reviews").GetInt32(), standing.GetProperty("due").GetBoolean());
    }

    // Told anew from what was sent, by the definitions and not by the product's own code.
    private static void Same(JsonElement standing, IReadOnlyList<Given> reviews)
    {
        double[] overall = [.. reviews.Select(r => r.Overall)];
        var mean = overall.Sum() / overall.Length;
        Assert.Multiple(() =>
        {
            Assert.That(standing.GetProperty("reviews").GetInt32(), Is.EqualTo(reviews.Count));
            Assert.That(standing.GetProperty("wanted").GetInt32(), Is.EqualTo(3));
            Assert.That(standing.GetProperty("mean").GetDouble(), Is.EqualTo(mean).Within(1e-9));
            Assert.That(standing.GetProperty("weightedMean").GetDouble(), Is.EqualTo(overall.Zip(reviews, (o, r) => o * r.Confidence).Sum() / reviews.Sum(r => r.Confidence)).Within(1e-9));
            Assert.That(standing.GetProperty("spread").GetDouble(), Is.EqualTo(Math.Sqrt(overall.Sum(o => Math.Pow(o - mean, 2)) / (overall.Length - 1))).Within(1e-9));
            var details = standing.GetProperty("details");
            foreach (var (i, c) in Criteria.Index())
                Assert.That(details.GetProperty("criteria").GetProperty(c.Code).GetDouble(), Is.EqualTo(reviews.Sum(r => r.Scores[i]) / (double)reviews.Count).Within(1e-9));
            foreach (var g in reviews.GroupBy(r => r.Recommendation))
                Assert.That(details.GetProperty("recommendations").GetProperty(g.Key).GetInt32(), Is.EqualTo(g.Count()));
        });
    }

    // A hundred submissions of three reviews each for forty reviewers.
    private static bool Reviews(int submission, int reviewer) => Enumerable.Range(0, 3).Any(k => ((submission * 3) + k) % 40 == reviewer);

    private static async Task<(int[] Numbers, HttpClient[] Reviewers)> Rush(Site site)
    {
        var author = await site.Person([]);
        var people = new List<Actor>();
        for (var r = 0; r < 40; r++) people.Add(await site.Person([Role.Reviewer]));
        var numbers = new List<int>();
        for (var i = 0; i < 100; i++) numbers.Add(await site.UnderReview(author, "TA3", [.. people.Where((_, r) => Reviews(i, r))]));
        var clients = new List<HttpClient>();
        foreach (var person in people) clients.Add(await site.Api(person));
        return ([.. numbers], [.. clients]);
    }

    private sealed record Given(int Reviewer, int[] Scores, int Confidence, string Recommendation)
    {
        public double Overall => Criteria.Select((c, i) => c.Weight * Scores[i]).Sum() / 5.0;

        public static Given Of(int number, int reviewer)
        {
            var random = new Random((number * 1000) + reviewer);
            return new Given(reviewer, [.. Criteria.Select(_ => random.Next(1, 6))], random.Next(1, 5), new[] { "Oral", "Poster", "Panel", "Reject" }[random.Next(4)]);
        }

        public object Body() => new { scores = Criteria.Select((c, i) => (c.Code, Scores[i])).ToDictionary(x => x.Code, x => x.Item2), confidence = Confidence, recommendation = Recommendation };
    }
}
