using Microsoft.Playwright;

namespace AbstractReview.Browser.Tests;

/// <summary>The chair decides on late-breaking abstracts, and takes everything back.</summary>
public sealed class DecidingTests
{
    [Test]
    public async Task A_row_is_decided_and_taken_back_by_keys()
    {
        var page = await DemoSite.Open(DemoSite.Account("Chair"));
        await page.GotoAsync("/committee/standings?Show=undecided");
        var decision = page.Locator("tr[data-number] [data-decision]").First;

        await page.Keyboard.PressAsync("j");
        Assert.That(await page.Locator("tr.is-current").GetAttributeAsync("data-number"), Is.EqualTo(await page.Locator("tr[data-number]").First.GetAttributeAsync("data-number")));
        await page.Keyboard.PressAsync("o");
        await Assertions.Expect(decision).ToHaveTextAsync("Oral pending");
        await page.Keyboard.PressAsync("p");
        await Assertions.Expect(decision).ToHaveTextAsync("Poster pending");
        await page.Keyboard.PressAsync("u");
        await Assertions.Expect(decision).ToHaveTextAsync("");

        await page.Keyboard.PressAsync("/");
        Assert.That(await page.EvaluateAsync<string>("document.activeElement.id"), Is.EqualTo("q"));
        await page.Context.CloseAsync();
    }

    [Test]
    public async Task A_row_is_decided_on_a_phone_without_script_and_taken_back_on_the_list_of_decisions()
    {
        var page = await DemoSite.Open(DemoSite.Account("Chair", 1), 390, script: false);
        await page.GotoAsync("/committee/standings?Show=undecided&Sort=Number&Reverse=true");
        var row = page.Locator("tr[data-number]").First;
        var number = await row.GetAttributeAsync("data-number");
        await row.Locator("select").SelectOptionAsync("Waitlist");
        await row.Locator("button[name=decide]").ClickAsync();

        await Assertions.Expect(page.Locator("[role=status]").First).ToContainTextAsync($"Submission {number}: on the waiting list, pending");
        await page.GotoAsync("/committee/decisions");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Undo the decision on submission {number}" }).ClickAsync();
        await Assertions.Expect(page.Locator("[role=status]").First).ToContainTextAsync("taken back");
        await page.Context.CloseAsync();
    }

    [Test]
    public async Task A_rule_is_seen_as_a_difference_before_anything_changes()
    {
        var page = await DemoSite.Open(DemoSite.Account("Chair"));
        await page.GotoAsync("/committee/decisions/batch");
        await page.SelectOptionAsync("[name='Rule.Decided']", "Waitlist");
        await page.SelectOptionAsync("[name='Rule.Accept']", "Poster");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show what would change" }).ClickAsync();

        Assert.That(await page.Locator("#difference").InnerTextAsync(), Does.Match("^[0-9]+ decisions would change$"));
        Assert.That(await page.Locator("main del").First.InnerTextAsync(), Is.EqualTo("Waitlist"));
        Assert.That(await page.Locator("main ins").First.InnerTextAsync(), Is.EqualTo("Poster"));
        await page.GotoAsync("/committee/decisions");
        Assert.That(await page.Locator("main").InnerTextAsync(), Does.Not.Contain("supersedes"));
        await page.Context.CloseAsync();
    }
}
