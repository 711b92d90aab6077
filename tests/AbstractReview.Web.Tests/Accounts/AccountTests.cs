using System.Net;
using System.Text.RegularExpressions;
using AbstractReview.App.Accounts;
using AbstractReview.Domain.Accounts;

namespace AbstractReview.Web.Tests.Accounts;

public class AccountTests
{
    [Test]
    public async Task Signing_up_goes_by_a_link_that_works_once()
    {
        await using var site = await Site.Open();
        var browser = site.Browser();

        await browser.Submit("/account/sign-up", new() { ["Email"] = "new@author.example" });
        var link = await site.LinkIn("new@author.example");
        var finished = await browser.Submit(link, new() { ["Token"] = Token(link), ["Profile.FamilyName"] = "العلوي", ["Password"] = Site.Password });
        var again = await site.Browser().GetStringAsync(link);

        Assert.That((finished.StatusCode, finished.Where()), Is.EqualTo((HttpStatusCode.Redirect, "/")));
        Assert.That((await browser.GetAsync("/account")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(again, Does.Contain("used already or has ended"));
    }

    [TestCase("/account/sign-up")]
    [TestCase("/account/forgotten")]
    public async Task The_page_is_the_same_for_an_address_with_an_account_and_without(string page)
    {
        await using var site = await Site.Open();
        var person = await site.Person([]);

        var known = await (await site.Browser().Submit(page, new() { ["Email"] = person.Words })).Content.ReadAsStringAsync();
        var unknown = await (await site.Browser().Submit(page, new() { ["Email"] = "nobody@nowhere.example" })).Content.ReadAsStringAsync();

        Assert.That(known.Replace(person.Words, "nobody@nowhere.example", StringComparison.Ordinal), Is.EqualTo(unknown));
        Assert.That(await site.One<int>("select count(*) from Outbox"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_forgotten_password_is_set_by_mail_and_ends_every_session()
    {
        await using var site = await Site.Open();
        var person = await site.Person([]);
        var old = await site.BrowserOf(person);

        await site.Browser().Submit("/account/forgotten", new() { ["Email"] = person.Words });
        var link = await site.LinkIn(person.Words);
        await site.Browser().Submit(link, new() { ["Token"] = Token(link), ["Password"] = "another long one" });

        Assert.That((await old.GetAsync("/account")).StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That((await site.Browser().SignIn(person.Words)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await site.Browser().SignIn(person.Words, "another long one")).StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
    }

    [TestCase("too short", "Use at least 12 characters")]
    [TestCase("person1 and more", "Leave “person1” out")]
    [TestCase("aaaaaaaaaaaaaaaa", "more than three different")]
    public async Task A_weak_password_is_refused_in_words(string password, string words)
    {
        await using var site = await Site.Open();
        var browser = await site.BrowserOf(await site.Person([]));

        var answer = await browser.Submit("/account/password", new() { ["Current"] = Site.Password, ["Password"] = password });

        Assert.That((int)answer.StatusCode, Is.EqualTo(422));
        Assert.That(WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), Does.Contain(words));
    }

    [Test]
    public async Task Changing_the_password_signs_out_everywhere_else()
    {
        await using var site = await Site.Open();
        var person = await site.Person([]);
        var (here, there) = (await site.BrowserOf(person), await site.BrowserOf(person));

        await here.Submit("/account/password", new() { ["Current"] = Site.Password, ["Password"] = "another long one" });

        Assert.That(((await here.GetAsync("/account")).StatusCode, (await there.GetAsync("/account")).StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.Redirect)));
    }

    [Test]
    public async Task A_new_address_counts_once_its_link_is_opened_and_the_old_one_is_told()
    {
        await using var site = await Site.Open();
        var person = await site.Person([]);
        var browser = await site.BrowserOf(person);

        await browser.Submit("/account/email", new() { ["Email"] = "moved@new.example", ["Password"] = Site.Password });
        var link = await site.LinkIn("moved@new.example");
        var before = await site.One<string>("select Email from Person where Id = @PersonId", person);
        await site.Browser().Submit(link, new() { ["Token"] = Token(link) });

        Assert.That((before, await site.One<string>("select Email from Person where Id = @PersonId", person)), Is.EqualTo((person.Words, "moved@new.example")));
        Assert.That(await site.One<int>("select count(*) from Outbox where ToEmail = @Words and Subject like 'Your address was changed%'", person), Is.EqualTo(1));
    }

    [Test]
    public async Task A_second_factor_is_asked_for_and_its_code_works_once()
    {
        await using var site = await Site.Open();
        var person = await site.Person([]);
        var key = (await site.Send(new OfferTwoFactor(person)))!;
        var enabled = await site.Send(new EnableTwoFactor(Totp.Code(key, Totp.StepAt(site.Clock.GetUtcNow())), person));
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        var code = Totp.Code(key, Totp.StepAt(site.Clock.GetUtcNow()));
        async Task<string?> SignInWith(string c)
        {
            var browser = site.Browser();
            var first = await browser.SignIn(person.Words);
            Assert.That(first.Where(), Is.EqualTo("/account/sign-in/code"));
            Assert.That((await browser.GetAsync("/account")).StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
            return (await browser.Submit("/account/sign-in/code", new() { ["Code"] = c })).Where();
        }

        Assert.That(await SignInWith(code), Is.EqualTo("/submissions"));
        Assert.That(await SignInWith(code), Is.Null);
        Assert.That(await SignInWith(enabled.RecoveryCodes[0]), Is.EqualTo("/submissions"));
        Assert.That(await SignInWith(enabled.RecoveryCodes[0]), Is.Null);
    }

    [Test]
    public async Task A_token_for_reading_changes_nothing()
    {
        await using var site = await Site.Open();
        var person = await site.Person([]);
        var token = await site.Send(new IssueToken(person.PersonId, "reader", "read", null, person));
        var client = await site.Api();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);

        Assert.That((await client.GetAsync("/api/v1/call")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await client.PostAsync("/api/v1/submissions", null)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task A_revoked_token_is_nobodys()
    {
        await using var site = await Site.Open();
        var person = await site.Person([]);
        var token = await site.Send(new IssueToken(person.PersonId, "gone", "read", null, person));
        await site.Send(new RevokeToken((await site.Send(new ListTokens(person))).Single().Id, person));

        Assert.That(await site.Send(new FindTokenOwner(token)), Is.Null);
    }

    [Test]
    public async Task Too_many_sign_ins_are_told_when_to_try_again()
    {
        await using var site = await Site.Open();
        var browser = site.Browser();
        HttpResponseMessage answer = null!;
        using var content = new StringContent("");
        for (var i = 0; i <= 30; i++) answer = await browser.PostAsync("/account/sign-in", content);

        Assert.That((int)answer.StatusCode, Is.EqualTo(429));
        Assert.That(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, Is.InRange(1, 60));
    }

    [TestCase("/account/set-password")]
    [TestCase("/account/sign-up/finish")]
    [TestCase("/account/confirm-email")]
    public async Task A_link_that_lost_its_token_on_the_way_is_told_to_be_no_good(string page)
    {
        await using var site = await Site.Open();
        var browser = await site.BrowserOf(await site.Person([]));
        // Cut off by a mail program at the equals sign; the pages without a form are posted to from another.
        var fields = new Dictionary<string, string> { ["Token"] = "", ["Password"] = Site.Password, ["Profile.GivenName"] = "Ann", ["Profile.FamilyName"] = "Author", ["Profile.Country"] = "FR" };

        Assert.That((await browser.GetAsync($"{page}?token=")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var answer = await browser.Submit("/account/tokens", fields, page);

        Assert.That((int)answer.StatusCode, Is.LessThan(500));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("used already or has ended"));
    }

    [TestCase("/account/sign-in")]
    [TestCase("/account/sign-up")]
    [TestCase("/account/sign-up/finish")]
    [TestCase("/account/forgotten")]
    [TestCase("/account/set-password")]
    [TestCase("/account/confirm-email")]
    [TestCase("/account/sign-in/code")]
    [TestCase("/account")]
    [TestCase("/account/password")]
    [TestCase("/account/email")]
    [TestCase("/account/two-factor")]
    [TestCase("/account/tokens")]
    [TestCase("/account/sign-out")]
    public async Task A_form_without_its_token_is_refused(string page)
    {
        await using var site = await Site.Open();
        var browser = await site.BrowserOf(await site.Person([]));
        using var content = new FormUrlEncodedContent([]);

        Assert.That((await browser.PostAsync(page, content)).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    private static string Token(string link) => link[(link.IndexOf('=', StringComparison.Ordinal) + 1)..];
}

internal static partial class Mails
{
    /// <summary>The link in the newest mail to an address, as path and query.</summary>
    public static async Task<string> LinkIn(this Site site, string email)
    {
        var text = await site.One<string>("select BodyText from Outbox where Id = (select max(Id) from Outbox where ToEmail = @email)", new { email });
        return new Uri(Link().Match(text!).Value).PathAndQuery;
    }

    [GeneratedRegex(@"https?://\S+\?token=\w+")]
    private static partial Regex Link();
}
