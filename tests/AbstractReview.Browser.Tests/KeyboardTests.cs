using Microsoft.Playwright;

namespace AbstractReview.Browser.Tests;

/// <summary>From the sign-in page to the receipt by keyboard alone, at a phone's and a desk's width, with and without JavaScript.</summary>
public sealed class KeyboardTests
{
    private static readonly string Words = string.Join(' ', Enumerable.Repeat("Regulators learn from one another when they tell what did not work.", 16));

    [TestCase(true, 1280)]
    [TestCase(false, 1280)]
    [TestCase(false, 390)]
    public async Task An_author_signs_in_writes_checks_and_submits_without_a_pointer(bool script, int width)
    {
        var account = DemoSite.Account("Author", 1);
        var page = await DemoSite.Open(null, width, script);
        await page.GotoAsync("/");
        await Press(page, "main a.button[href='/submissions/new']");
        await page.Arrive("**/account/sign-in*");
        await Type(page, "#Email", account.Email);
        await Type(page, "#Password", account.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.Arrive("**/submissions/new");

        await Type(page, "[name='Form.Title']", $"By keyboard alone, {width} {(script ? "with" : "without")} script");
        await Type(page, "[name='Form.AreaCode']", "SS");
        await Reach(page, "[name='Form.Topics'][value='SMRs and portable reactors']");
        await page.Keyboard.PressAsync("Space");
        await Reach(page, "[name='Form.Abstract']");
        await page.Keyboard.InsertTextAsync(Words);
        await Type(page, "[name='Form.Authors[0].GivenName']", "سلمى");
        await Type(page, "[name='Form.Authors[0].FamilyName']", "بنعلي");
        await Type(page, "[name='Form.Authors[0].Email']", "salma@late.example");
        await Type(page, "[name='Form.Authors[0].Affiliation']", "Late Institute");
        await page.Keyboard.PressAsync("Escape");
        await Type(page, "[name='Form.Authors[0].Country']", "Moro");
        await Press(page, "main form .actions button:has-text('Save and check')");
        await page.Arrive("**/check");
        await Press(page, "main form button");
        await page.Arrive("**/submitted");

        Assert.That(await page.Locator("main h1").InnerTextAsync(), Is.EqualTo("Your abstract is submitted"));
        await Reach(page, "main a[href$='/receipt.pdf']");
        await page.Context.CloseAsync();
    }

    [Test]
    public async Task A_reviewer_bids_with_a_digit_and_goes_on_with_a_letter()
    {
        var page = await DemoSite.Open(DemoSite.Account("Reviewer"));
        await page.GotoAsync("/reviews/bids");
        var first = await page.Locator("main form [name=n]").InputValueAsync();

        await page.Keyboard.PressAsync("5");
        await page.Keyboard.PressAsync("s");
        await page.Arrive("**/reviews/bids?n=*");

        Assert.That(await page.Locator("main form [name=n]").InputValueAsync(), Is.Not.EqualTo(first));
        Assert.That(await page.Locator($".queue__list a[href='?n={first}'] .queue__meta").InnerTextAsync(), Does.EndWith("Eager"));
        await page.Context.CloseAsync();
    }

    private static async Task Press(IPage page, string selector)
    {
        await Reach(page, selector);
        await page.Keyboard.PressAsync("Enter");
    }

    private static async Task Type(IPage page, string selector, string text)
    {
        await Reach(page, selector);
        await page.Keyboard.TypeAsync(text);
    }

    /// <summary>Tab until the element has the focus, as somebody without a pointer does; it must show that it has.</summary>
    private static async Task Reach(IPage page, string selector)
    {
        for (var i = 0; i < 150; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            var focused = page.Locator(":focus");
            if (await focused.CountAsync() == 0 || !await Matches(page, selector)) continue;
            Assert.That(await focused.EvaluateAsync<bool>("e => { const s = getComputedStyle(e); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0; }"), Is.True, $"{selector} does not show the focus");
            return;
        }

        Assert.Fail($"{selector} cannot be reached by the Tab key on {page.Url}");
    }

    private static async Task<bool> Matches(IPage page, string selector)
    {
        var handle = await page.Locator(":focus").ElementHandleAsync();
        foreach (var wanted in await page.Locator(selector).ElementHandlesAsync())
            if (await page.EvaluateAsync<bool>("([a, b]) => a === b", new object[] { handle, wanted })) return true;
        return false;
    }
}
