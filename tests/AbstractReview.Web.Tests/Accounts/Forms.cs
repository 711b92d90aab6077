using System.Net;
using System.Text.RegularExpressions;
using AbstractReview.Domain;

namespace AbstractReview.Web.Tests.Accounts;

/// <summary>Fills in forms as a browser without JavaScript does.</summary>
internal static partial class Forms
{
    /// <summary>Opens the page for its antiforgery token, then posts the fields to it (or to <paramref name="action"/>).</summary>
    public static async Task<HttpResponseMessage> Submit(this HttpClient browser, string page, Dictionary<string, string> fields, string? action = null)
    {
        var html = await browser.GetStringAsync(page);
        var form = new Dictionary<string, string>(fields) { ["__RequestVerificationToken"] = WebUtility.HtmlDecode(Token().Match(html).Groups[1].Value) };
        using var content = new FormUrlEncodedContent(form);
        return await browser.PostAsync(action ?? page, content);
    }

    public static Task<HttpResponseMessage> SignIn(this HttpClient browser, string email, string password = Site.Password, string? returnUrl = null)
        => browser.Submit("/account/sign-in" + (returnUrl is null ? "" : "?returnUrl=" + Uri.EscapeDataString(returnUrl)),
            new() { ["Email"] = email, ["Password"] = password, ["ReturnUrl"] = returnUrl ?? "" });

    /// <summary>A browser in which this person has signed in.</summary>
    public static async Task<HttpClient> BrowserOf(this Site site, Actor person)
    {
        var browser = site.Browser();
        var answer = await browser.SignIn(person.Words);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), await answer.Content.ReadAsStringAsync());
        return browser;
    }

    public static string? Where(this HttpResponseMessage answer) => answer.Headers.Location?.OriginalString;

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="([^"]+)""")]
    private static partial Regex Token();
}
