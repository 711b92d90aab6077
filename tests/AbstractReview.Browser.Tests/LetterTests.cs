using System.Text.RegularExpressions;
using AbstractReview.App.Storage;
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
            for (var wait = 0; wait < 60 && await page.Locator(".timeline").GetByText("Taken for").CountAsync() == 0; wait++)
            {
                await Task.Delay(250);
                await page.ReloadAsync();
            }

            await Assertions.Expect(page.Locator(".timeline")).ToContainTextAsync("Taken for");
        }

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
