using Deque.AxeCore.Playwright;
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
        ("Chair", ["/committee/overview", "/committee/standings", "/committee/plots", "/committee/decisions", "/committee/decisions/batch", "/committee/submissions/1", "/committee/routing", "/committee/reviewing", "/committee/letters", "/committee/book", "/committee/programme"]),
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

    /// <summary>For pages that are only reached by doing something.</summary>
    public static async Task CanBeUsed(IPage page)
    {
        var found = await page.RunAxe();
        var grave = found.Violations.Where(v => v.Impact is "serious" or "critical").Select(v => $"{v.Id}: {v.Nodes[0].Html}");
        var overhang = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

        Assert.That(grave, Is.Empty);
        Assert.That(overhang, Is.LessThanOrEqualTo(0), "the page is wider than the window");
    }
}
