using System.Net;
using System.Net.Http.Json;
using AbstractReview.App.Reviews;
using AbstractReview.Domain;
using AbstractReview.Domain.Reviews;
using AbstractReview.Web.Tests.Accounts;
using AbstractReview.Web.Tests.Storage;

namespace AbstractReview.Web.Tests.Reviews;

/// <summary>
/// How long an answer takes is a door too. Held here by what takes the time (<see cref="Effort"/>), which no load of the machine disturbs: what one may
/// not know changes neither the statements, nor the rows and bytes they bring, nor the hashings.
/// </summary>
public class TimingTests
{
    [Test]
    public async Task Who_wrote_it_and_how_many_they_are_costs_a_blind_reviewer_nothing()
    {
        var (one, many) = (await EffortsOfAReviewer("Ng", 1), await EffortsOfAReviewer("Wolfeschlegelsteinhausenbergerdorff", 7));

        Assert.Multiple(() =>
        {
            foreach (var ((door, few), (_, more)) in one.Zip(many)) Assert.That(more, Is.EqualTo(few), door);
        });
        Assert.That(one.Select(e => e.Effort), Is.All.Contains("rows of"), "every door was counted");
    }

    [Test]
    public async Task What_one_may_not_see_costs_as_much_as_what_does_not_exist()
    {
        var effort = new Effort();
        await using var site = await Site.Open(onFile: true, listen: effort.Listen);
        var (author, ann, stranger) = (await site.Person([]), await site.Person([Role.Reviewer]), await site.Person([Role.Reviewer]));
        var number = await site.UnderReview(author, "TA3", ann);
        site.Clock.SetUtcNow(new(2019, 6, 10, 12, 0, 0, TimeSpan.Zero));
        var (api, browser) = (await site.Api(stranger), await site.BrowserOf(stranger));
        var doors = new[] { "", "/reviews", "/reviews/mine", "/reviews/mine/history", "/discussion", "/answer", "/attachment", "/history", "/standing", "/proof.pdf" }.Select(path => (Of: api, Path: "/api/v1/submissions/N" + path))
            .Concat(new[] { "", "/discussion", "/answer", "/history" }.Select(path => (browser, "/submissions/N" + path)))
            .Concat(new[] { "", "/history", "/decline" }.Select(path => (browser, "/reviews/N" + path)));

        foreach (var (client, path) in doors)
        {
            async Task<string> Of(int n) => Statements(await effort.Of(async () => Assert.That((await client.GetAsync(path.Replace("N", $"{n}", StringComparison.Ordinal))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound))));
            // Once before: what is asked for the first time is compiled.
            await Of(number);
            Assert.That(await Of(number), Is.EqualTo(await Of(999)), path);
        }
    }

    [TestCase("/account/sign-in", true)]
    [TestCase("/account/forgotten", false)]
    [TestCase("/account/sign-up", false)]
    public async Task An_address_with_an_account_costs_as_much_as_one_without(string page, bool hashes)
    {
        var effort = new Effort();
        await using var site = await Site.Open(onFile: true, listen: effort.Listen);
        var person = await site.Person([]);
        async Task<string> Of(string email)
        {
            var browser = site.Browser();
            await browser.GetAsync(page);
            return Statements(await effort.Of(() => browser.Submit(page, new() { ["Email"] = email, ["Password"] = "not the password" })));
        }

        // The first of all makes the hash that stands for nobody's, and the counters.
        await Of("first@somewhere.example");
        var (known, unknown) = (await Of(person.Words), await Of("nobody@somewhere.example"));

        Assert.That(known, Is.EqualTo(unknown));
        Assert.That(known.Split('\n').Count(step => step == "a password verified"), Is.EqualTo(hashes ? 1 : 0));
    }

    // A stranger's row is a row; that it is there and how long it is are a few millionths of a second, a statement more is some hundreds.
    private static string Statements(string effort) => System.Text.RegularExpressions.Regex.Replace(effort, @"^\d+ rows( of \d+ bytes)?", "rows", System.Text.RegularExpressions.RegexOptions.Multiline);

    private static async Task<IReadOnlyList<(string Door, string Effort)>> EffortsOfAReviewer(string name, int authors)
    {
        var effort = new Effort();
        await using var site = await Site.Open(onFile: true, listen: effort.Listen);
        var (author, ann, bea) = (await site.Person([]), await site.Person([Role.Reviewer]), await site.Person([Role.Reviewer]));
        foreach (var _ in Enumerable.Range(0, 3))
        {
            var number = await site.UnderReview(author, "TA3", ann, bea);
            await site.Run("update Author set GivenName = @name, FamilyName = @name, Affiliation = @name where SubmissionNumber = @number", new { name, number });
            for (var position = 2; position <= authors; position++)
                await site.Run("""
                    insert into Author (SubmissionNumber, Position, GivenName, FamilyName, Email, NormalisedEmail, Affiliation, Country, Presenting, Corresponding)
                    values (@number, @position, @name, @name, @email, @email, @name, 'JP', 0, 0)
                    """, new { number, position, name, email = $"{name}{position}@x.example" });
        }

        await site.Run("update Person set GivenName = @name, FamilyName = @name, Affiliation = @name where Id = @PersonId", new { name, author.PersonId });
        site.Clock.SetUtcNow(new(2019, 6, 10, 12, 0, 0, TimeSpan.Zero));
        await site.Send(new SubmitReview(1, Form, null, ann));
        await site.Send(new SubmitReview(1, Form, null, bea));
        await site.Send(new PostToDiscussion(1, "A word among us", bea));
        var (browser, api, seen) = (await site.BrowserOf(ann), await site.Api(ann), new List<(string, string)>());
        string[] doors =
        [
            "/reviews", "/reviews/1", "/reviews/2", "/reviews/1/history", "/reviews/2/decline", "/reviews/offline", "/reviews/bids", "/reviews/conflicts", "/reviews/profile", "/reviews/offline?handler=Download&format=Csv",
            "/submissions/1/discussion", "/submissions/2", "/submissions/2/history", "/submissions",
            "/api/v1/reviews/queue", "/api/v1/reviews/offline.csv", "/api/v1/submissions", "/api/v1/submissions/2", "/api/v1/submissions/1/reviews", "/api/v1/submissions/2/reviews/mine", "/api/v1/submissions/1/discussion",
            "/api/v1/submissions/2/history", "/api/v1/reviewers/me", "/api/v1/submissions?search=borders",
        ];
        foreach (var door in doors)
        {
            var client = door.StartsWith("/api", StringComparison.Ordinal) ? api : browser;
            await client.GetAsync(door);
            seen.Add((door, await effort.Of(() => client.GetAsync(door))));
        }

        foreach (var write in new[] { ("PUT", "/api/v1/submissions/2/reviews/mine"), ("POST", "/api/v1/submissions/2/reviews/mine/submit") })
        {
            using var request = new HttpRequestMessage(new HttpMethod(write.Item1), write.Item2) { Content = JsonContent.Create(Form, options: Json) };
            seen.Add(($"{write.Item1} {write.Item2}", await effort.Of(async () => Assert.That((await api.SendAsync(request)).StatusCode, Is.EqualTo(HttpStatusCode.OK)))));
        }

        return seen;
    }

    private static readonly System.Text.Json.JsonSerializerOptions Json = new(System.Text.Json.JsonSerializerDefaults.Web) { Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() } };

    private static ReviewForm Form => new()
    {
        Scores = new Dictionary<string, int> { ["relevance"] = 4, ["quality"] = 4, ["originality"] = 4, ["clarity"] = 4, ["usefulness"] = 4 }, Confidence = 2, Recommendation = Recommendation.Oral,
        CommentsToAuthors = "Well told to authors", CommentsToCommittee = "",
    };
}
