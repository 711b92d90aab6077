using AbstractReview.App.Accounts;
using AbstractReview.Domain;
using AbstractReview.Web.Tests.Submissions;

namespace AbstractReview.Web.Tests.Accounts;

public class OpenIdTests
{
    [Test]
    public async Task Somebody_new_comes_through_the_provider_and_has_an_account()
    {
        await using var provider = await TestProvider.Start();
        await using var site = await Open(provider);
        var browser = site.Browser();

        var home = await Come(browser, "/account/openid?returnUrl=%2Fsubmissions%2Fnew");
        var page = await (await browser.GetAsync("/account")).Content.ReadAsStringAsync();

        Assert.That(home, Is.EqualTo("/submissions/new"));
        Assert.That(page, Does.Contain("eva@institute.example").And.Contain("Énó"));
        Assert.That(await site.One<int>("select count(*) from ExternalLogin"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_verified_address_finds_its_account_and_its_owner_is_told()
    {
        await using var provider = await TestProvider.Start();
        await using var site = await Open(provider);
        var person = await site.Person([]);
        provider.Claims["email"] = person.Words.ToUpperInvariant();

        await Come(site.Browser(), "/account/openid");
        provider.Claims["email"] = "moved@elsewhere.example";
        var browser = site.Browser();
        await Come(browser, "/account/openid");

        // The second time its subject tells, whatever the address is by then.
        Assert.That(await (await browser.GetAsync("/account")).Content.ReadAsStringAsync(), Does.Contain(person.Words));
        Assert.That(await site.One<int>("select count(*) from Person where Email like '%elsewhere%'"), Is.Zero);
        Assert.That(await site.One<string>("select ToEmail from Outbox where Subject like 'A new way to sign in%'"), Is.EqualTo(person.Words));
    }

    [TestCase(false)]
    [TestCase("false")]
    [TestCase(null)]
    public async Task An_address_the_provider_does_not_vouch_for_opens_nothing(object? verified)
    {
        await using var provider = await TestProvider.Start();
        await using var site = await Open(provider);
        var person = await site.Person([Role.Secretariat]);
        provider.Claims["email"] = person.Words;
        if (verified is null) provider.Claims.Remove("email_verified");
        else provider.Claims["email_verified"] = verified;
        var browser = site.Browser();

        var refused = await Follow(browser, "/account/openid");
        var account = await browser.GetAsync("/account");

        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("does not vouch for your e-mail address"));
        Assert.That(await site.One<int>("select count(*) from ExternalLogin"), Is.Zero);
        Assert.That(account.Headers.Location!.ToString(), Does.Contain("/account/sign-in"));
    }

    [Test]
    public async Task A_second_factor_is_asked_for_all_the_same()
    {
        await using var provider = await TestProvider.Start();
        await using var site = await Open(provider);
        var person = await site.Person([]);
        provider.Claims["email"] = person.Words;
        await site.One<int>("update Person set TwoFactorEnabled = 1, AuthenticatorKey = 'GEZDGNBVGY3TQOJQ' where Id = @PersonId", new { person.PersonId });

        Assert.That(await Come(site.Browser(), "/account/openid"), Is.EqualTo("/account/sign-in/code"));
    }

    [Test]
    public async Task A_password_on_an_address_that_was_never_proved_does_not_outlive_its_owners_coming()
    {
        await using var provider = await TestProvider.Start();
        await using var site = await Open(provider);
        var person = await site.Person([]);
        await site.One<int>("update Person set EmailConfirmed = 0 where Id = @PersonId", new { person.PersonId });
        provider.Claims["email"] = person.Words;

        await Come(site.Browser(), "/account/openid");

        Assert.That(await site.Send(new CheckPassword(person.Words, Site.Password)), Is.Null);
        Assert.That(await site.One<int>("select EmailConfirmed from Person where Id = @PersonId", new { person.PersonId }), Is.EqualTo(1));
    }

    [Test]
    public async Task A_forged_answer_signs_nobody_in()
    {
        await using var provider = await TestProvider.Start();
        await using var site = await Open(provider);
        var browser = site.Browser();
        var asked = await browser.GetAsync("/account/openid");
        var state = System.Web.HttpUtility.ParseQueryString(asked.Headers.Location!.Query)["state"];

        var forged = await browser.GetAsync($"/account/openid/callback?code=stolen&state={Uri.EscapeDataString(state!)}");

        Assert.That(forged.Headers.Location?.ToString(), Is.EqualTo("/account/openid/done"));
        Assert.That((await browser.GetAsync("/account")).Headers.Location!.ToString(), Does.Contain("/account/sign-in"));
    }

    [Test]
    public async Task A_provider_can_be_removed_from_ones_account()
    {
        await using var provider = await TestProvider.Start();
        await using var site = await Open(provider);
        var person = await site.Person([]);
        provider.Claims["email"] = person.Words;
        await Come(site.Browser(), "/account/openid");
        var visit = await Visit.By(site, person);
        Assert.That(await visit.Read("/account"), Does.Contain("127.0.0.1 signs in too"));

        await visit.Send("/account?handler=Cut", [("issuer", provider.Address)], "/account");

        Assert.That(await visit.Read("/account"), Does.Not.Contain("signs in too"));
        Assert.That(await site.One<int>("select count(*) from ExternalLogin"), Is.Zero);
    }

    [Test]
    public async Task Behind_a_proxy_the_way_back_is_the_public_address()
    {
        await using var provider = await TestProvider.Start();
        await using var site = await Open(provider, ("Site:Address", "https://conference.example/"));

        var asked = await site.Browser().GetAsync("/account/openid");

        Assert.That(System.Web.HttpUtility.ParseQueryString(asked.Headers.Location!.Query)["redirect_uri"], Is.EqualTo("https://conference.example/account/openid/callback"));
    }

    [Test]
    public async Task Without_a_provider_there_is_no_such_door()
    {
        await using var site = await Site.Open();
        var visit = new Visit(site.Browser());

        Assert.That((int)(await visit.Get("/account/openid")).StatusCode, Is.EqualTo(404));
        Assert.That((int)(await visit.Get("/account/openid/done")).StatusCode, Is.EqualTo(404));
        Assert.That(await visit.Read("/account/sign-in"), Does.Not.Contain("/account/openid"));
    }

    private static Task<Site> Open(TestProvider provider, params (string Name, string Value)[] more) => Site.Open(settings: new Dictionary<string, string>(more.Select(m => KeyValuePair.Create(m.Name, m.Value)))
    {
        ["OpenId:Authority"] = provider.Address, ["OpenId:ClientId"] = "abstractreview", ["OpenId:ClientSecret"] = "secret", ["OpenId:Name"] = "the Institute",
    });

    /// <summary>Goes there and back and answers where it leads in the end.</summary>
    private static async Task<string> Come(HttpClient browser, string path) => (await Follow(browser, path)).Headers.Location!.ToString();

    private static async Task<HttpResponseMessage> Follow(HttpClient browser, string path)
    {
        using var outside = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var there = await browser.GetAsync(path);
        var back = await outside.GetAsync(there.Headers.Location);
        var done = await browser.GetAsync(back.Headers.Location);
        return await browser.GetAsync(done.Headers.Location);
    }
}
