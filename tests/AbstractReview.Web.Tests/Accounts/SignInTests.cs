using System.Net;
using AbstractReview.Domain;

namespace AbstractReview.Web.Tests.Accounts;

public class SignInTests
{
    [TestCase(new Role[0], "/submissions")]
    [TestCase(new[] { Role.Reviewer }, "/reviews")]
    [TestCase(new[] { Role.Secretariat }, "/secretariat/people")]
    [TestCase(new[] { Role.Chair, Role.Reviewer }, "/committee/overview")]
    public async Task It_leads_to_where_the_role_works(Role[] roles, string home)
    {
        await using var site = await Site.Open();
        var person = await site.Person(roles);

        var answer = await site.Browser().SignIn(person.Words);

        Assert.That((answer.StatusCode, answer.Where()), Is.EqualTo((HttpStatusCode.Redirect, home)));
    }

    [TestCase("/submissions/new?area=TA3", "/submissions/new?area=TA3")]
    [TestCase("https://evil.example/", "/submissions")]
    [TestCase("//evil.example/", "/submissions")]
    [TestCase("/\\evil.example", "/submissions")]
    [TestCase("javascript:alert(1)", "/submissions")]
    public async Task It_leads_back_only_within_this_site(string returnUrl, string expected)
    {
        await using var site = await Site.Open();
        var person = await site.Person([]);

        var answer = await site.Browser().SignIn(person.Words, returnUrl: returnUrl);

        Assert.That(answer.Where(), Is.EqualTo(expected));
    }

    [Test]
    public async Task The_session_is_a_cookie_that_scripts_and_other_sites_do_not_get()
    {
        await using var site = await Site.Open();
        var person = await site.Person([]);

        var answer = await site.Browser().SignIn(person.Words);

        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("abstractreview=", StringComparison.Ordinal));
        Assert.That(cookie, Does.Contain("; httponly").And.Contain("; samesite=lax").And.Contain("; path=/"));
    }

    [Test]
    public async Task Each_sign_in_makes_a_session_of_its_own()
    {
        await using var site = await Site.Open();
        var person = await site.Person([]);
        static string Session(HttpResponseMessage a) => a.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("abstractreview=", StringComparison.Ordinal)).Split(';')[0];

        var first = Session(await site.Browser().SignIn(person.Words));
        var second = Session(await site.Browser().SignIn(person.Words));

        Assert.That(second, Is.Not.EqualTo(first));
    }

    [Test]
    public async Task A_wrong_password_and_an_unknown_address_are_answered_alike()
    {
        await using var site = await Site.Open();
        var person = await site.Person([]);

        var wrong = await site.Browser().SignIn(person.Words, "not the password");
        var unknown = await site.Browser().SignIn("nobody@nowhere.example", "not the password");

        static string Plain(string html, string email) => System.Text.RegularExpressions.Regex.Replace(html.Replace(email, "", StringComparison.Ordinal), "CfDJ8[^\"]+", "");
        Assert.That(wrong.StatusCode, Is.EqualTo(unknown.StatusCode));
        Assert.That(Plain(await wrong.Content.ReadAsStringAsync(), person.Words), Is.EqualTo(Plain(await unknown.Content.ReadAsStringAsync(), "nobody@nowhere.example")));
    }

    [Test]
    public async Task After_ten_wrong_tries_the_address_rests_for_a_quarter_of_an_hour()
    {
        await using var site = await Site.Open();
        var person = await site.Person([]);
        for (var i = 0; i < 10; i++) await site.Send(new App.Accounts.CheckPassword(person.Words, "wrong"));

        var resting = await site.Send(new App.Accounts.CheckPassword(person.Words, Site.Password));
        site.Clock.Advance(TimeSpan.FromMinutes(15));
        var rested = await site.Send(new App.Accounts.CheckPassword(person.Words, Site.Password));

        Assert.That((resting?.Id, rested?.Id), Is.EqualTo(((int?)null, (int?)person.PersonId)));
    }

    [Test]
    public async Task A_visitor_of_a_page_for_the_signed_in_is_sent_to_sign_in_and_back()
    {
        await using var site = await Site.Open();

        var answer = await site.Browser().GetAsync("/account");

        Assert.That(new Uri(new Uri("http://localhost"), answer.Where()).PathAndQuery, Is.EqualTo("/account/sign-in?returnUrl=%2Faccount"));
    }

    [Test]
    public async Task Signing_out_ends_the_session_and_only_by_post()
    {
        await using var site = await Site.Open();
        var browser = await site.BrowserOf(await site.Person([]));

        await browser.GetAsync("/account/sign-out");
        var before = await browser.GetAsync("/account");
        await browser.Submit("/account/sign-out", []);
        var after = await browser.GetAsync("/account");

        Assert.That((before.StatusCode, after.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.Redirect)));
    }
}
