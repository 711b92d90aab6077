using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace AbstractReview.Browser.Tests;

/// <summary>A reviewer finishes a late-breaking abstract in the queue.</summary>
public sealed class ReviewingTests
{
    [Test]
    public async Task A_reviewer_hands_in_a_review_and_never_sees_who_wrote_it()
    {
        var page = await DemoSite.Open(DemoSite.Account("Reviewer"));
        await page.GotoAsync("/reviews");
        var next = await page.Locator("main a.button[href^='/reviews/']").GetAttributeAsync("href");
        await page.GotoAsync(next!);
        Assert.That(await page.Locator("article .person").CountAsync(), Is.Zero);

        foreach (var criterion in await page.Locator(".scores").AllAsync()) await criterion.Locator("input[value='4']").CheckAsync();
        await page.Locator("input[name='Form.Confidence']").Nth(2).CheckAsync();
        await page.Locator("input[name='Form.Recommendation']").First.CheckAsync();
        await page.FillAsync("[name='Form.CommentsToAuthors']", "شكرا – a clear account.");
        await page.Locator("button[data-key-action=save]").ClickAsync();
        await page.Arrive(url => !url.EndsWith(next!, StringComparison.Ordinal));

        await page.GotoAsync(next!);
        Assert.That(await page.Locator("main").InnerTextAsync(), Does.Contain("Handed in").And.Contain("شكرا – a clear account."));
        await page.Context.CloseAsync();
    }

    [Test]
    public async Task A_review_without_scores_is_refused_by_field_and_keeps_its_text()
    {
        var page = await DemoSite.Open(DemoSite.Account("Reviewer", 1), 390, script: false);
        await page.GotoAsync("/reviews");
        await page.Locator("main a.button[href^='/reviews/']").ClickAsync();
        await page.Arrive("**/reviews/*");
        await page.FillAsync("[name='Form.CommentsToAuthors']", "Kept.");

        await page.Locator("button[data-key-action=save]").ClickAsync();

        await Assertions.Expect(page).ToHaveTitleAsync(new Regex("^Error:"));
        Assert.That(await page.InputValueAsync("[name='Form.CommentsToAuthors']"), Is.EqualTo("Kept."));
        Assert.That(await page.Locator("fieldset.field--error").CountAsync(), Is.GreaterThanOrEqualTo(5));
        await page.Context.CloseAsync();
    }
}
