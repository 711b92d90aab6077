using System.Text;
using AbstractReview.App.Accounts;
using AbstractReview.App.Call;
using AbstractReview.App.Reviews;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Reviews;
using Deque.AxeCore.Playwright;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace AbstractReview.Browser.Tests;

/// <summary>Every page people live in, at a phone's and a desk's width: axe finds nothing serious, and nothing hangs over the side.</summary>
public sealed class AccessibilityTests
{
    private static readonly (string Role, string[] Paths)[] Pages =
    [
        ("", ["/", "/account/sign-in", "/account/sign-up", "/account/forgotten", "/programme", "/book", "/nowhere"]),
        ("Author", ["/submissions", "/submissions/new", "/submissions/1", "/submissions/1/history", "/submissions/1/proof", "/submissions/1/submitted", "/submissions/1/forms", "/submissions/1/withdraw", "/submissions/1/availability", "/account", "/account/tokens"]),
        ("Reviewer", ["/reviews", "/reviews/profile", "/reviews/bids", "/reviews/conflicts", "/reviews/offline"]),
        ("Chair", ["/committee/overview", "/committee/standings", "/committee/plots", "/committee/decisions", "/committee/decisions/batch", "/committee/submissions/1", "/committee/routing", "/committee/routing/97", "/committee/reviewing", "/committee/rehearsal", "/submissions/8/discussion", "/committee/letters", "/committee/book", "/committee/programme"]),
        ("AreaChair", ["/committee/overview", "/committee/standings", "/committee/plots", "/committee/programme"]),
        ("Secretariat", ["/secretariat/forms", "/secretariat/submissions", "/secretariat/extensions", "/secretariat/duplicates", "/secretariat/objections", "/secretariat/receipts", "/secretariat/audit", "/committee/submissions/1"]),
        ("Chair", ["/committee/letters/1", "/committee/letters/sample", "/committee/letters/templates", "/committee/letters/templates/Oral/ar", "/committee/letters/look", "/committee/letters/issue"]),
        ("Author", ["/account/letters"]),
        ("", ["/programme?by=Person", "/programme/releases/1", "/programme?by=Area", "/programme?by=Room", "/programme?person=P1", "/programme?q=border", "/programme?q=nothing+at+all"]),
        ("Chair", ["/committee/programme/what-if?kind=Withdrawn&number=1"]),
        ("Chair", ["/committee/programme?at=S-TA1", "/committee/programme?at=AR-1", "/committee/programme/what-if", "/committee/programme/import"]),
    ];

    public static IEnumerable<TestCaseData> Cases()
        => from page in Pages
           from path in page.Paths
           from width in new[] { 390, 1280 }
           select new TestCaseData(page.Role, path, width).SetArgDisplayNames(page.Role == "" ? "Visitor" : page.Role, path, $"{width}");

    [TestCaseSource(nameof(Cases))]
    public async Task A_page_can_be_used_by_everybody(string role, string path, int width)
    {
        var page = await DemoSite.Open(role == "" ? null : DemoSite.Account(role), width);
        var answer = await page.GotoAsync(path);
        if (DemoSite.Screenshots is { } folder)
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{role}{path.Replace('/', '-').Replace('?', '-')}-{width}.png"), FullPage = true });

        Assert.That(answer!.Status, Is.EqualTo(path == "/nowhere" ? 404 : 200));
        await CanBeUsed(page);
        await page.Context.CloseAsync();
    }

    [TestCase(390)]
    [TestCase(1280)]
    public async Task The_authors_answer_and_its_refusal_can_be_used_by_everybody(int width)
    {
        await using var scope = DemoSite.Services.CreateAsyncScope();
        var (db, mediator) = (scope.ServiceProvider.GetRequiredService<Db>(), scope.ServiceProvider.GetRequiredService<IMediator>());
        var author = await db.One<int>("select OwnerId from Submission where Number = 1", null, default);
        // Those still under review are of authors who have no password here: one changes hands for a while, and gets a review.
        var (number, owner, id) = (await db.All<(int, int, int)>(Unseen, null, default))[0];
        var reviewer = await scope.ServiceProvider.GetRequiredService<ActorReader>().Of(id, default);
        var rules = (await mediator.Send(new ReadFrame(Actor.Timetable))).Conference!.Review;
        var before = ReviewingSwitches.Of(rules);
        try
        {
            await mediator.Send(new ChangeReviewing(before with { Rebuttal = true, RebuttalOpens = new(2019, 8, 1, 9, 0, 0), RebuttalCloses = new(2019, 9, 1, 18, 0, 0) }, Actor.Timetable));
            await mediator.Send(new SubmitReview(number, new ReviewForm { Scores = rules.Criteria.ToDictionary(c => c.Code, _ => 3), Confidence = 2, Recommendation = Recommendation.Poster, CommentsToAuthors = "Say more of the costs." }, null, reviewer));
            await db.Run("update Submission set OwnerId = @author where Number = @number", new { author, number }, default);
            var page = await DemoSite.Open(DemoSite.Account("Author"), width);
            await page.GotoAsync($"/submissions/{number}/answer");
            await CanBeUsed(page, "answer");
            await page.Locator("textarea").FillAsync(string.Join(' ', Enumerable.Repeat("word", 3000)));
            await page.Locator("main form button").Last.ClickAsync();
            await Assertions.Expect(page.Locator(".error-summary")).ToBeVisibleAsync();
            await CanBeUsed(page, "answer-refused");
            await page.Context.CloseAsync();
        }
        finally
        {
            await db.Run("update Submission set OwnerId = @owner where Number = @number", new { owner, number }, default);
            await mediator.Send(new ReopenReview(number, null, reviewer));
            await mediator.Send(new ChangeReviewing(before, Actor.Timetable));
        }
    }

    [TestCase(390)]
    [TestCase(1280)]
    public async Task The_difference_of_an_offline_form_can_be_used_by_everybody(int width)
    {
        var page = await DemoSite.Open(DemoSite.Account("Reviewer", 2), width);
        await page.GotoAsync("/reviews");
        var open = await page.Locator("main a.button[href^='/reviews/']").GetAttributeAsync("href");
        foreach (var (cell, name) in new[] { ("4", "difference"), ("9", "refused") })
        {
            await page.GotoAsync("/reviews/offline");
            await page.SetInputFilesAsync("input[type=file]", new FilePayload
            {
                Name = "form.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes($"submission,version,score.quality,comments_to_authors\n{open!.Split('/')[^1]},0,{cell},Say more of the costs.\n"),
            });
            await page.Locator("main form button").Last.ClickAsync();
            await Assertions.Expect(page.Locator("#difference")).ToBeVisibleAsync();
            await CanBeUsed(page, $"import-{name}");
        }

        await page.Context.CloseAsync();
    }

    /// <summary>For pages that are only reached by doing something; <paramref name="name"/> is its picture's.</summary>
    public static async Task CanBeUsed(IPage page, string? name = null)
    {
        if (name is not null && DemoSite.Screenshots is { } folder)
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}-{page.ViewportSize!.Width}.png"), FullPage = true });
        var found = await page.RunAxe();
        var grave = found.Violations.Where(v => v.Impact is "serious" or "critical").Select(v => $"{v.Id}: {v.Nodes[0].Html}");
        var overhang = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

        Assert.That(grave, Is.Empty);
        Assert.That(overhang, Is.LessThanOrEqualTo(0), "the page is wider than the window");
    }

    // With a reviewer whom no test signs in as.
    private const string Unseen = """
        select s.Number, s.OwnerId, a.ReviewerId
        from Submission s
          join Assignment a on a.SubmissionNumber = s.Number and a.State = 'Assigned'
          join Person p on p.Id = a.ReviewerId
        where s.State = 'UnderReview' and p.PasswordHash is null
        order by s.Number, a.ReviewerId
        """;
}
