using Microsoft.Playwright;
using UglyToad.PdfPig;

namespace AbstractReview.Browser.Tests;

/// <summary>The chair builds an edition by the page, follows it, and has it in every format.</summary>
public sealed class BookTests
{
    [Test]
    public async Task An_edition_is_chosen_built_followed_and_downloaded()
    {
        var page = await DemoSite.Open(DemoSite.Account("Chair"));
        await page.GotoAsync("/committee/book");
        var editions = page.Locator("table tbody tr");
        var before = await editions.CountAsync();
        await page.GetByLabel("Letter", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("Two", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("Print DRAFT across every page").CheckAsync();
        await page.GetByLabel("Programme at a glance").UncheckAsync();
        await page.GetByText("Only some areas or kinds; DOIs and an ISBN").ClickAsync();
        await page.GetByLabel("TA9 Addressing interfaces").CheckAsync();
        await page.GetByLabel("DOI prefix").FillAsync("10.5555");
        await page.GetByRole(AriaRole.Button, new() { Name = "Build the book" }).ClickAsync();

        // The page follows the work and loads itself anew at its end.
        await Assertions.Expect(editions).ToHaveCountAsync(before + 1, new() { Timeout = 30_000 });
        await page.Arrive("**/committee/book");
        var edition = editions.First;
        Assert.That(await edition.InnerTextAsync(), Does.Contain("Letter, two columns, DRAFT, only TA9, without Glance"));
        Assert.That(await page.Locator("progress").CountAsync(), Is.Zero);

        var links = await edition.Locator("td[data-label=Download] a").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))");
        Assert.That(links.Select(link => link[(link.LastIndexOf('.') + 1)..]), Is.EqualTo(new[] { "pdf", "epub", "html", "bib", "jats", "crossref" }));
        foreach (var link in links)
            Assert.That(await page.APIRequest.GetAsync(link) is { Status: 200 } file && (await file.BodyAsync()).Length > 500, Is.True, link);
        using var book = PdfDocument.Open(await (await page.APIRequest.GetAsync(links[0])).BodyAsync());
        Assert.That((book.GetPage(1).Width, book.GetPage(1).Height), Is.EqualTo((612, 792)), "US Letter");
        Assert.That(book.GetPages().Select(p => string.Concat(p.Letters.Where(l => l.PointSize > 100).Select(l => l.Value))), Is.All.EqualTo("DRAFT"));

        // A draft is not for distribution, though the programme is released.
        await using var visitor = await DemoSite.Chromium.NewContextAsync(new() { BaseURL = DemoSite.Address.ToString() });
        var open = await visitor.NewPageAsync();
        await open.GotoAsync("/book");
        Assert.That(await open.Locator(".page-head__kicker").InnerTextAsync(), Does.StartWith($"Edition {before} ").IgnoreCase);
        await page.Context.CloseAsync();
    }

    [Test]
    public async Task What_cannot_be_built_is_shown_at_its_field_without_script_on_a_phone()
    {
        var page = await DemoSite.Open(DemoSite.Account("Chair"), 390, script: false);
        await page.GotoAsync("/committee/book");
        await page.GetByText("Only some areas or kinds; DOIs and an ISBN").ClickAsync();
        await page.GetByLabel("DOI prefix").FillAsync("nonsense");
        await page.GetByLabel("Two", new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Build the book" }).ClickAsync();

        await page.Arrive("**/committee/book?handler=Build");
        Assert.That(await page.Locator("#error-summary").InnerTextAsync(), Does.Contain("A DOI prefix is “10.” and four to nine digits, such as 10.12345."));
        Assert.That(await page.GetByLabel("DOI prefix").IsVisibleAsync(), Is.True, "what is folded away is open where something is wrong");
        Assert.That(await page.GetByLabel("DOI prefix").InputValueAsync(), Is.EqualTo("nonsense"));
        Assert.That(await page.GetByLabel("Two", new() { Exact = true }).IsCheckedAsync(), Is.True);
        await page.Context.CloseAsync();
    }
}
