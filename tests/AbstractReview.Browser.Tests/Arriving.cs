using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace AbstractReview.Browser.Tests;

/// <summary>
/// Waits for a page by asking where the window is, again and again. Playwright's own waiting looks once and then listens: a
/// navigation that ends between the two, as a quick server's may, is never heard of and the test fails by its time.
/// </summary>
internal static class Arriving
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Until the window shows a whole page at this address; <c>*</c> stands for anything but a slash, <c>**</c> for anything.</summary>
    public static Task Arrive(this IPage page, string address)
    {
        var pattern = new Regex("^" + Regex.Escape(address).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal) + "$");
        return page.Arrive(pattern.IsMatch, address);
    }

    /// <summary>Until the window shows a whole page whose address is as asked.</summary>
    public static async Task Arrive(this IPage page, Func<string, bool> asked, string? wanted = null)
    {
        for (var since = Stopwatch.StartNew(); !asked(page.Url) || !await IsWhole(page); await Task.Delay(20))
            if (since.Elapsed > Patience) Assert.Fail($"The window stayed at {page.Url}{(wanted is null ? "" : $", not at {wanted}")}.");
    }

    /// <summary>
    /// Until the window shows this part of a page, and the whole page with it: a part of the next page is there before its scripts
    /// are, and a key pressed between the two goes to nobody.
    /// </summary>
    public static async Task Shows(this IPage page, string selector, WaitForSelectorState state = WaitForSelectorState.Visible)
    {
        await page.WaitForSelectorAsync(selector, new() { State = state });
        await page.Arrive(_ => true);
    }

    private static async Task<bool> IsWhole(IPage page)
    {
        try
        {
            return await page.EvaluateAsync<string>("document.readyState") == "complete";
        }
        catch (PlaywrightException)
        {
            // It was leaving for another page just then.
            return false;
        }
    }
}
