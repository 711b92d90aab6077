using System.Text.RegularExpressions;
using AbstractReview.App.Accounts;
using AbstractReview.App.Decisions;
using AbstractReview.App.Storage;
using AbstractReview.Domain.Decisions;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace AbstractReview.Browser.Tests;

/// <summary>The chair edits what letters say, and sees to the one that did not arrive; the author looks at their page.</summary>
public sealed class LetterTests
{
    private const string Template = "/committee/letters/templates/Thanks/en";

    [Test]
    public async Task The_preview_follows_the_typing_and_a_broken_template_comes_back_with_what_is_wrong()
    {
        var page = await DemoSite.Open(DemoSite.Account("Chair"));
        await page.GotoAsync(Template);
        var (text, preview, state) = (page.Locator("#Text"), page.Locator("#preview-mail"), page.Locator("#preview-state"));

        await text.FillAsync("Thank you\n---\nDear {{ name }},\n\n- one <b>bold</b> word\n- two\n\nSee {{ website }}.");
        await Assertions.Expect(state).ToHaveTextAsync("The preview is up to date.");
        Assert.That(await preview.Locator("li").AllInnerTextsAsync(), Is.EqualTo(new[] { "one <b>bold</b> word", "two" }));
        Assert.That(await preview.Locator("a").GetAttributeAsync("href"), Does.StartWith("http"));

        await text.FillAsync("Thank you\n---\nDear {{ nobody }},");
        await Assertions.Expect(state).ToContainTextAsync("nobody");
        Assert.That(await preview.Locator("li").CountAsync(), Is.EqualTo(2), "the last preview that could be made stays");

        await page.GetByRole(AriaRole.Button, new() { Name = "Save version" }).ClickAsync();
        await Assertions.Expect(page).ToHaveTitleAsync(new Regex("^Error:"));
        Assert.That(await page.Locator("#error-summary").InnerTextAsync(), Does.Contain("nobody"));
        Assert.That(await text.InputValueAsync(), Does.Contain("Dear {{ nobody }},"), "everything typed stays");
        await page.Locator("#error-summary a").ClickAsync();
        Assert.That(await page.EvaluateAsync<string>("document.activeElement.id"), Is.EqualTo("Text"));

        await text.FillAsync("Thank you\n---\nDear {{ name }}, well done.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save version" }).ClickAsync();
        await Assertions.Expect(page.Locator("[role=status]").First).ToContainTextAsync("Saved as version");
        await page.Locator("input[name=older][value='0'] ~ button").ClickAsync();
        Assert.That(await text.InputValueAsync(), Does.Not.Contain("well done"));
        await page.Context.CloseAsync();
    }

    [Test]
    public async Task Without_script_the_preview_is_a_button()
    {
        var page = await DemoSite.Open(DemoSite.Account("Chair"), 390, script: false);
        await page.GotoAsync(Template);
        await page.FillAsync("#Text", "Thank you\n---\nDear {{ name }}, as printed.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview as mail" }).ClickAsync();
        Assert.That(await page.Locator("#preview-mail").InnerTextAsync(), Does.Contain(", as printed."));
        Assert.That(await page.Locator("#Text").InputValueAsync(), Does.Contain("as printed"));
        await page.Context.CloseAsync();
    }

    [Test]
    public async Task A_letter_that_was_refused_is_corrected_and_sent_and_another_is_tried_again()
    {
        var (first, second) = (await Refused(1), await Refused(2));
        var page = await DemoSite.Open(DemoSite.Account("Chair"));
        await page.GotoAsync("/committee/letters?show=missing");
        Assert.That(await page.Locator($"#letter-{first}").InnerTextAsync(), Does.Contain("550 5.1.1 no such user"));

        await page.FillAsync($"#to-{first}", "corrected@somewhere.example");
        await page.Locator($"#letter-{first}").GetByRole(AriaRole.Button, new() { Name = "Correct and send" }).ClickAsync();
        await Assertions.Expect(page.Locator("[role=status]").First).ToContainTextAsync($"Letter {first} is on its way again.");
        Assert.That(await page.Locator(".timeline").InnerTextAsync(), Does.Contain("to corrected@somewhere.example"));

        await page.GotoAsync("/committee/letters?show=trouble");
        await page.Locator($"#letter-{second}").GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Assertions.Expect(page.Locator("[role=status]").First).ToContainTextAsync($"Letter {second} is tried again.");
        foreach (var letter in new[] { first, second })
        {
            await page.GotoAsync($"/committee/letters/{letter}");
            await Sent(page);
        }

        await page.Context.CloseAsync();
    }

    [Test]
    public async Task Decisions_are_published_once_their_letters_were_looked_at()
    {
        var (title, number) = await Decided();
        var page = await DemoSite.Open(DemoSite.Account("Chair"));
        await page.GotoAsync("/committee/decisions");
        await page.GetByRole(AriaRole.Link, new() { Name = "See the letters first" }).ClickAsync();
        await page.Arrive("**/committee/letters");
        var plan = page.Locator("section[aria-labelledby=plan]");
        Assert.That(await plan.Locator("tr", new() { HasText = "Waiting list" }).InnerTextAsync(), Does.Match(@"Waiting list\s+1\s"));
        Assert.That(await plan.InnerTextAsync(), Does.Contain($"AR-{number} to ").And.Contain("Mail to this address bounced before."));

        await plan.GetByRole(AriaRole.Link, new() { Name = $"See the letter of AR-{number}" }).ClickAsync();
        await page.Arrive($"**/committee/letters/sample?kind=Waitlist&number={number}");
        Assert.That(await page.Locator("pre.mail").InnerTextAsync(), Does.Contain(title));
        await page.GoBackAsync();
        await page.Arrive("**/committee/letters");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish and send 1 letter" }).ClickAsync();
        await page.Arrive("**/committee/letters?show=waiting");
        Assert.That(await page.Locator("[role=status]").First.InnerTextAsync(), Does.Contain("1 decision published; letters are being written and sent."));
        Assert.That(await page.Locator("#plan").CountAsync(), Is.Zero, "nothing is left to send");

        await page.GotoAsync($"/committee/letters?find={number}");
        var row = page.Locator("table tbody tr", new() { HasText = "Waiting list" });
        await Assertions.Expect(row).ToHaveCountAsync(1);
        await row.Locator("th a").ClickAsync();
        await page.Arrive("**/committee/letters/*");
        await Sent(page);
        await page.Context.CloseAsync();
    }

    [TestCase(1280)]
    [TestCase(390)]
    public async Task An_author_asks_for_a_letter_for_their_visa_in_the_form_of_the_right_submission(int width)
    {
        var account = DemoSite.Account("Author", width == 390 ? 1 : 2);
        var page = await DemoSite.Open(account, width, script: width > 390);
        await page.GotoAsync("/account/letters");
        var form = page.Locator("form", new() { Has = page.Locator("input[value=Visa]") }).First;
        Assert.That(await form.CountAsync(), Is.EqualTo(1));
        await form.GetByLabel("Name as in your passport").FillAsync("   ");
        await form.GetByLabel("Passport number").FillAsync("X1234567");
        await form.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.Locator("#error-summary")).ToContainTextAsync("Write your name as it stands in your passport.");
        await page.Arrive(_ => true);
        Assert.That(await form.Locator(".error").InnerTextAsync(), Is.EqualTo("Write your name as it stands in your passport."));
        Assert.That(await form.GetByLabel("Passport number").InputValueAsync(), Is.EqualTo("X1234567"));
        Assert.That(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), Is.True);

        await form.GetByLabel("Name as in your passport").FillAsync("ADA EXAMPLE");
        await form.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.Locator("[role=status]").First).ToContainTextAsync("The letter is being written.");
        await page.Arrive(_ => true);
        Assert.That(await page.Locator("ul.tasks").InnerTextAsync(), Does.Contain("Invitation letter for a visa"));
        await page.Context.CloseAsync();
    }

    [TestCase(1280)]
    [TestCase(390)]
    public async Task The_authors_see_their_page_as_a_picture(int width)
    {
        var page = await DemoSite.Open(DemoSite.Account("Secretariat"), width);
        await page.GotoAsync("/submissions/1/proof");
        var picture = page.Locator("figure.proof img").First;
        Assert.That(await picture.EvaluateAsync<bool>("image => image.decode().then(() => image.naturalWidth > 500)"), Is.True);
        Assert.That(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), Is.True, "the picture fits the window");
        if (DemoSite.Screenshots is { } folder) await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"proof-{width}.png"), FullPage = true });
        await page.Context.CloseAsync();
    }

    // The page of a letter, until the letter is on its way.
    private static async Task Sent(IPage page)
    {
        for (var wait = 0; wait < 60 && await page.Locator(".timeline").GetByText("Taken for").CountAsync() == 0; wait++)
        {
            await Task.Delay(250);
            await page.ReloadAsync();
        }

        await Assertions.Expect(page.Locator(".timeline")).ToContainTextAsync("Taken for");
    }

    // One late-breaking abstract is put on the waiting list, none that the reviewers of other tests are about to review; its author's address bounced before.
    private static async Task<(string Title, int Number)> Decided()
    {
        await using var scope = DemoSite.Services.CreateAsyncScope();
        var (db, mediator) = (scope.ServiceProvider.GetRequiredService<Db>(), scope.ServiceProvider.GetRequiredService<IMediator>());
        var chair = await scope.ServiceProvider.GetRequiredService<ActorReader>().Of(await db.One<int>("select Id from Person where Email = @Email", DemoSite.Account("Chair"), default), default);
        // Whatever other tests left pending would be told with it.
        foreach (var pending in await db.All<int>("select Number from Submission where State = 'Decided'", null, default)) await mediator.Send(new UndoDecision(pending, chair));
        var (number, title, email) = await db.One<(int, string, string)>(ReadLast, new { reviewers = Enumerable.Range(0, 3).Select(n => DemoSite.Account("Reviewer", n).Email) }, default);
        await db.Run("update Outbox set BouncedAt = SentAt where Id = (select max(Id) from Outbox where ToEmail = @email and State = 'Sent')", new { email }, default);
        await mediator.Send(new Decide(number, DecisionKind.Waitlist, "", chair));
        return (title, number);
    }

    private const string ReadLast = """
        select s.Number, s.Title, a.Email
        from Submission s
        join Author a on a.SubmissionNumber = s.Number and a.Corresponding = 1
        where s.State = 'UnderReview' and exists (select 1 from Outbox o where o.ToEmail = a.Email and o.State = 'Sent')
          and not exists (select 1 from Assignment g join Person p on p.Id = g.ReviewerId where g.SubmissionNumber = s.Number and p.Email in @reviewers)
        order by s.Number desc
        offset 0 rows fetch next 1 rows only
        """;

    // The server refused the n-th letter for good.
    private static async Task<int> Refused(int n)
    {
        await using var scope = DemoSite.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        var id = await db.One<int>("select Id from Letter where State = 'Typeset' order by Id offset @skip rows fetch next 1 rows only", new { skip = n }, default);
        await db.Run("update Outbox set State = 'Failed', SentAt = null, LastError = '550 5.1.1 no such user' where LetterId = @id", new { id }, default);
        return id;
    }
}
