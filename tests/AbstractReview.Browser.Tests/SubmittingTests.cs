using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace AbstractReview.Browser.Tests;

/// <summary>An author hands in a late-breaking abstract by the form.</summary>
public sealed class SubmittingTests
{
    private static readonly string Text = string.Join(' ', Enumerable.Repeat("Regulators learn from one another when they tell what did not work.", 16));

    [TestCase(true, 1280)]
    [TestCase(true, 390)]
    [TestCase(false, 390)]
    public async Task An_author_submits_at_the_first_try(bool script, int width)
    {
        var page = await DemoSite.Open(DemoSite.Account("Author"), width, script);
        await page.GotoAsync("/submissions/new");
        await Fill(page, $"A late lesson, told at {width} {(script ? "with" : "without")} script");

        await page.GetByRole(AriaRole.Button, new() { Name = "Save and check" }).ClickAsync();
        await page.Arrive("**/check");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Submit") }).ClickAsync();
        await page.Arrive("**/submitted");

        Assert.That(await page.Locator("main h1").InnerTextAsync(), Does.Contain("submitted").IgnoreCase);
        Assert.That(await page.Locator("main").InnerTextAsync(), Does.Match("[0-9a-f]{64}"));
        await page.Context.CloseAsync();
    }

    [Test]
    public async Task A_refused_form_comes_back_filled_in_and_names_the_field()
    {
        var page = await DemoSite.Open(DemoSite.Account("Author", 1));
        await page.GotoAsync("/submissions/new");
        await Fill(page, "A name in Arabic stays: <b>not bold</b>");
        await page.FillAsync("[name='Form.Authors[0].Email']", "not an address");

        await page.GetByRole(AriaRole.Button, new() { Name = "Save and check" }).ClickAsync();

        await Assertions.Expect(page).ToHaveTitleAsync(new Regex("^Error:"));
        Assert.That(await page.InputValueAsync("[name='Form.Title']"), Is.EqualTo("A name in Arabic stays: <b>not bold</b>"));
        Assert.That(await page.InputValueAsync("[name='Form.Authors[0].FamilyName']"), Is.EqualTo("بنعلي"));
        Assert.That(await page.Locator("[name='Form.Authors[0].Email']").GetAttributeAsync("aria-invalid"), Is.EqualTo("true"));
        await page.Context.CloseAsync();
    }

    [Test]
    public async Task A_draft_is_saved_while_it_is_written_and_there_is_one_of_it()
    {
        var page = await DemoSite.Open(DemoSite.Account("Author", 2));
        await page.GotoAsync("/submissions/new");
        await page.FillAsync("[name='Form.Title']", "Written on a train, between two tunnels");
        await page.Arrive("**/edit");
        var address = page.Url;
        await Assertions.Expect(page.Locator("[data-saved]")).ToContainTextAsync("Saved ");
        var saved = await page.RunAndWaitForResponseAsync(() => page.FillAsync("[name='Form.Keywords']", "tunnels"), answer => answer.Url == address + "?handler=Draft");
        Assert.That(saved.Status, Is.EqualTo(204));

        // The browser is gone; the draft is not.
        await page.Context.CloseAsync();
        var later = await DemoSite.Open(DemoSite.Account("Author", 2), 390, script: false);
        await later.GotoAsync(address);

        Assert.That((await later.InputValueAsync("[name='Form.Title']"), await later.InputValueAsync("[name='Form.Keywords']")), Is.EqualTo(("Written on a train, between two tunnels", "tunnels")));
        await later.GotoAsync("/submissions");
        Assert.That(await later.GetByRole(AriaRole.Link, new() { Name = "Written on a train" }).CountAsync(), Is.EqualTo(1));
        await later.Context.CloseAsync();
    }

    [Test]
    public async Task On_a_slow_link_that_loses_an_answer_there_is_one_submission()
    {
        var page = await DemoSite.Open(DemoSite.Account("Author", 1), 390);
        var link = await page.Context.NewCDPSessionAsync(page);
        await link.SendAsync("Network.emulateNetworkConditions", new() { ["offline"] = false, ["latency"] = 400, ["downloadThroughput"] = 50 * 1024, ["uploadThroughput"] = 20 * 1024 });
        var sent = 0;
        await page.RouteAsync(new Regex("/submissions/new\\?handler=Draft$"), async route =>
        {
            // The server has the first; the author's browser never hears of it.
            if (Interlocked.Increment(ref sent) == 1)
            {
                await route.FetchAsync();
                await route.AbortAsync();
            }
            else
            {
                await route.ContinueAsync();
            }
        });
        await page.GotoAsync("/submissions/new");
        await Fill(page, "Told from a tunnel");
        await Assertions.Expect(page.Locator("[data-saved]")).ToContainTextAsync("no connection");

        await page.EvaluateAsync("dispatchEvent(new Event('online'))");
        await page.Arrive("**/edit");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and check" }).ClickAsync();
        await page.Arrive("**/check");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Submit") }).ClickAsync();
        await page.Arrive("**/submitted");

        await page.GotoAsync("/submissions");
        Assert.That(await page.GetByRole(AriaRole.Link, new() { Name = "Told from a tunnel" }).CountAsync(), Is.EqualTo(1));
        await page.Context.CloseAsync();
    }

    private static async Task Fill(IPage page, string title)
    {
        await page.FillAsync("[name='Form.Title']", title);
        await Choose(page, "Form.AreaCode", "SS");
        await page.Locator("[name='Form.Topics'][value='SMRs and portable reactors']").CheckAsync();
        await page.FillAsync("[name='Form.Abstract']", Text);
        await page.FillAsync("[name='Form.Authors[0].GivenName']", "سلمى");
        await page.FillAsync("[name='Form.Authors[0].FamilyName']", "بنعلي");
        await page.FillAsync("[name='Form.Authors[0].Email']", "salma@late.example");
        await page.FillAsync("[name='Form.Authors[0].Affiliation']", "Late Institute");
        await Choose(page, "Form.Authors[0].Country", "MA");
    }

    private static async Task Choose(IPage page, string name, string value)
    {
        var select = page.Locator($"select[name='{name}']");
        if (await select.CountAsync() > 0) await select.SelectOptionAsync(value);
        else await page.Locator($"[name='{name}'][value='{value}']").CheckAsync();
    }
}
