using System.Text.RegularExpressions;
using AbstractReview.App.Accounts;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using Deque.AxeCore.Playwright;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace AbstractReview.Browser.Tests;

/// <summary>An evening at the queue: by keys alone, without script, without a network. Each test has a reviewer to itself, with three reviews left.</summary>
public sealed class QueueTests
{
    [Test]
    public async Task A_review_is_scored_written_and_handed_in_by_keys_alone()
    {
        var page = await DemoSite.Open(await Queue());
        await page.GotoAsync("/reviews");
        await page.Keyboard.PressAsync("n");
        await page.Arrive("**/reviews/*");
        var here = page.Url;

        foreach (var digit in "44354") await page.Keyboard.PressAsync($"{digit}");
        await page.Keyboard.PressAsync("3");
        await page.Keyboard.PressAsync("2");
        Assert.That(await page.EvaluateAsync<string>("document.activeElement.name"), Is.EqualTo("Form.CommentsToAuthors"));
        await page.Keyboard.TypeAsync("Written by keys: 1 s j are letters here.");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("?");
        Assert.That(await page.Locator("#keys").IsVisibleAsync(), Is.True);
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("s");
        await page.Arrive(url => url != here);

        await page.GotoAsync(here);
        var text = await page.Locator("main").InnerTextAsync();
        Assert.That(text, Does.Contain("Handed in").And.Contain("Written by keys: 1 s j are letters here.").And.Contain("Poster"));
        await page.Context.CloseAsync();
    }

    [TestCase(390)]
    [TestCase(1280)]
    public async Task Text_typed_without_a_network_is_kept_in_the_browser_and_put_back(int width)
    {
        var page = await DemoSite.Open(await Queue(), width);
        await page.GotoAsync("/reviews");
        await page.Locator("main a.button[href^='/reviews/']").ClickAsync();
        await page.Arrive("**/reviews/*");
        var here = page.Url;
        await page.Context.SetOfflineAsync(true);
        await page.FillAsync("[name='Form.CommentsToCommittee']", $"Over the ocean at {width}");
        await Assertions.Expect(page.Locator("[data-saved]")).ToContainTextAsync("kept in this browser", new() { Timeout = 10_000 });

        // The window is closed and its last try fails before the network comes back.
        var context = page.Context;
        await page.CloseAsync();
        await Task.Delay(1000);
        await context.SetOfflineAsync(false);
        page = await context.NewPageAsync();
        await page.GotoAsync(here);
        await page.GetByRole(AriaRole.Button, new() { Name = "Put it back" }).ClickAsync();
        Assert.That(await page.InputValueAsync("[name='Form.CommentsToCommittee']"), Is.EqualTo($"Over the ocean at {width}"));
        await Assertions.Expect(page.Locator("[data-saved]")).ToContainTextAsync("Saved", new() { Timeout = 10_000 });

        await page.ReloadAsync();
        Assert.That(await page.InputValueAsync("[name='Form.CommentsToCommittee']"), Is.EqualTo($"Over the ocean at {width}"), "now the server has it");
        Assert.That(await page.GetByRole(AriaRole.Button, new() { Name = "Put it back" }).CountAsync(), Is.Zero);
        await page.GotoAsync(here + "/history");
        Assert.That(await page.Locator("ins").AllInnerTextsAsync(), Has.Some.Contains("ocean"));
        await page.Context.CloseAsync();
    }

    [Test]
    public async Task What_is_typed_goes_with_the_reviewer_who_goes_on_by_a_key()
    {
        var page = await DemoSite.Open(await Queue());
        await page.GotoAsync("/reviews");
        await page.Locator("main a.button[href^='/reviews/']").ClickAsync();
        await page.Arrive("**/reviews/*");
        var here = page.Url;
        await page.FillAsync("[name='Form.CommentsToAuthors']", "Typed and left at once");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("j");
        await page.Arrive(url => url != here);

        await page.GotoAsync(here);
        Assert.That(await page.InputValueAsync("[name='Form.CommentsToAuthors']"), Is.EqualTo("Typed and left at once"));
        await page.Context.CloseAsync();
    }

    [Test]
    public async Task A_submission_is_given_back_without_script_and_is_gone_from_the_queue()
    {
        var page = await DemoSite.Open(await Queue(), 390, script: false);
        await page.GotoAsync("/reviews");
        await page.Locator("main a.button[href^='/reviews/']").ClickAsync();
        await page.Arrive("**/reviews/*");
        var here = page.Url;
        await page.GetByText("I cannot review this").ClickAsync();
        await page.Locator("main form button").ClickAsync();
        await Assertions.Expect(page).ToHaveTitleAsync(new Regex("^Error:"));
        await page.Locator("input[value='Time']").CheckAsync();
        await page.Locator("main form button").ClickAsync();

        await page.Arrive("**/reviews");
        Assert.That(await page.Locator($"main a[href='{new Uri(here).AbsolutePath}']").CountAsync(), Is.Zero);
        await page.Context.CloseAsync();
    }

    [TestCase(390)]
    [TestCase(1280)]
    public async Task The_pages_of_a_review_can_be_used_by_everybody(int width)
    {
        var page = await DemoSite.Open(DemoSite.Account("Reviewer", 2), width);
        await page.GotoAsync("/reviews");
        var open = await page.Locator("main a.button[href^='/reviews/']").GetAttributeAsync("href");
        var done = await page.Locator("tr:has-text('Done') a").First.GetAttributeAsync("href");
        foreach (var path in new[] { open!, done!, $"{done}/history", $"{open}/decline", "/reviews/offline", $"/submissions/{done!.Split('/')[^1]}/discussion" })
        {
            var answer = await page.GotoAsync(path);
            if (DemoSite.Screenshots is { } folder) await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"queue{path.Replace('/', '-')}-{width}.png"), FullPage = true });
            Assert.That(answer!.Status, Is.EqualTo(200), path);
            var grave = (await page.RunAxe()).Violations.Where(v => v.Impact is "serious" or "critical").Select(v => $"{path} {v.Id}: {v.Nodes[0].Html}");
            Assert.That(grave, Is.Empty);
            Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"), Is.LessThanOrEqualTo(0), $"{path} is wider than the window");
        }

        await page.Context.CloseAsync();
    }

    private static int _reviewers;

    private static async Task<DemoAccount> Queue()
    {
        const string password = "a queue of one's own";
        var email = $"queue{Interlocked.Increment(ref _reviewers)}@late.example";
        await using var scope = DemoSite.Services.CreateAsyncScope();
        var id = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new AddAccount
        {
            Email = email, GivenName = "Lea", FamilyName = "Late", Affiliation = "Late Institute", Country = "FR", Roles = [Role.Reviewer], Areas = [], Password = password, By = Actor.Timetable,
        });
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        await db.Transaction(async () =>
        {
            await db.Run("insert into Reviewer (PersonId, Areas, Topics, Keywords, QuotaMin, QuotaMax, Available, Version) values (@id, '[]', '[]', '[]', 0, 8, 1, 1)", new { id }, default);
            for (var i = 0; i < 3; i++)
            {
                var row = new { id, number = await db.Next("Submission", default), now = DateTimeOffset.UnixEpoch };
                await db.Run("""
                    insert into Submission (Number, State, Title, Abstract, AreaCode, Topics, Keywords, Presentation, OwnerId, Revision, ContentHash, DecisionVersion, CreatedAt, UpdatedAt, SubmittedAt, Version)
                    values (@number, 'UnderReview', 'What a late lesson is worth', 'We tell what did not work.', 'TA1', '[]', '["law"]', 'either', 1, 1, 'x', 0, @now, @now, @now, 1)
                    """, row, default);
                await db.Run("insert into Assignment (SubmissionNumber, ReviewerId, State, Pinned, Affinity, AssignedAt, Version) values (@number, @id, 'Assigned', 0, 0.5, @now, 1)", row, default);
            }
        }, default);
        return new DemoAccount(email, password, "Reviewer", "");
    }
}
