using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using AbstractReview.App.Accounts;
using AbstractReview.App.Mailing;
using AbstractReview.Domain;
using AbstractReview.Domain.Accounts;
using AbstractReview.Web.Tests.Accounts;
using AbstractReview.Web.Tests.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AbstractReview.Web.Tests.Operation;

/// <summary>Logs tell what happened and never a secret or who it happened to, however much is logged. ASVS 7.1.1 and 7.1.2.</summary>
public sealed class LogTests
{
    private const string SmtpPassword = "the password of the mail server";
    private const string WrongPassword = "not the password of anybody";
    private const string NewPassword = "quite another long password";
    private const string Canary = "zqxvkjwq";

    [Test]
    public async Task No_line_at_any_level_holds_a_secret_or_a_person()
    {
        await using var site = await Site.Open();
        var log = new KeptLog(LogLevel.Trace);
        await using var node = await site.Listen(builder =>
        {
            Verbose(builder).Logging.AddProvider(log);
            builder.Services.AddSingleton(new MailSettings { Host = "127.0.0.1", Port = 1, Tls = "None", User = "sender", Password = SmtpPassword });
        });
        var person = await site.Person([Role.Author]);
        List<string> secrets = [SmtpPassword, WrongPassword, NewPassword, Site.Password, Canary, person.Words, "Family1", "Institute 1"];
        using var browser = Browser(node);

        await browser.SignIn(person.Words, WrongPassword);
        var session = await browser.SignIn(person.Words);
        Assert.That(session.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        secrets.Add(session.Headers.GetValues("Set-Cookie").First(c => c.StartsWith("abstractreview=", StringComparison.Ordinal)).Split(';')[0]["abstractreview=".Length..]);
        secrets.Add(await Reset(site, node, person));
        secrets.AddRange(await SecondFactor(site, node, person));
        secrets.Add(await Submits(site, node, person));
        await node.Services.CreateScope().ServiceProvider.GetRequiredService<MediatR.IMediator>().Send(new SendWaitingMail());

        Assert.That(log.Lines, Has.Count.GreaterThan(500), "so much is logged");
        Assert.That(log.Lines.Where(l => l.Contains("AbstractReview.Web.Requests: POST account/sign-in answered 302", StringComparison.Ordinal)), Is.Not.Empty, "and our own lines are among it");
        Assert.That(secrets, Has.All.Length.GreaterThan(5));
        Assert.That(log.Lines.Where(l => secrets.Any(s => l.Contains(s, StringComparison.OrdinalIgnoreCase))), Is.Empty);
    }

    [Test]
    public async Task A_failure_of_the_storage_is_logged_with_its_cause()
    {
        await using var site = await Site.Open();
        var log = new KeptLog(LogLevel.Information);
        await using var node = await site.Listen(builder => builder.Logging.AddProvider(log));
        var person = await site.Person([Role.Author]);
        using var api = new HttpClient { BaseAddress = new Uri(node.Urls.Single()) };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await site.Send(new IssueToken(person.PersonId, "test", "read write", null, Actor.Timetable)));
        await using (var scope = node.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<App.Storage.Db>().Run("pragma query_only = 1", null, default);

        var answer = await api.PostAsJsonAsync("/api/v1/submissions", SubmissionsApiTests.Body());

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(log.Lines.Where(l => l.StartsWith("Error AbstractReview.Web.Problems: Storage failed", StringComparison.Ordinal) && l.Contains("readonly database", StringComparison.Ordinal)), Is.Not.Empty);
        Assert.That(log.Lines.Where(l => l.Contains("answered 503", StringComparison.Ordinal)), Is.Not.Empty);
    }

    private static async Task<string> Reset(Site site, WebApplication node, Actor person)
    {
        using var browser = Browser(node);
        await browser.Submit("/account/forgotten", new() { ["Email"] = person.Words });
        var link = await site.LinkIn(person.Words);
        var token = link[(link.LastIndexOf('=') + 1)..];
        await browser.Submit(link, new() { ["Token"] = Uri.UnescapeDataString(token), ["Password"] = NewPassword });
        await browser.GetAsync(link);
        return Uri.UnescapeDataString(token);
    }

    private static async Task<IEnumerable<string>> SecondFactor(Site site, WebApplication node, Actor person)
    {
        var key = (await site.Send(new OfferTwoFactor(person)))!;
        var enabled = await site.Send(new EnableTwoFactor(Totp.Code(key, Totp.StepAt(site.Clock.GetUtcNow())), person));
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        var code = Totp.Code(key, Totp.StepAt(site.Clock.GetUtcNow()));
        using var browser = Browser(node);
        await browser.SignIn(person.Words, NewPassword);
        await browser.Submit("/account/sign-in/code", new() { ["Code"] = enabled.RecoveryCodes[0] });
        await browser.GetAsync("/account/two-factor");
        using var other = Browser(node);
        await other.SignIn(person.Words, NewPassword);
        Assert.That((await other.Submit("/account/sign-in/code", new() { ["Code"] = code })).StatusCode, Is.EqualTo(HttpStatusCode.Found));
        return [.. enabled.RecoveryCodes, Convert.ToBase64String(Encoding.UTF8.GetBytes(key)), key];
    }

    private static async Task<string> Submits(Site site, WebApplication node, Actor person)
    {
        var token = await site.Send(new IssueToken(person.PersonId, "test", "read write", null, Actor.Timetable));
        using var api = new HttpClient { BaseAddress = new Uri(node.Urls.Single()) };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var body = SubmissionsApiTests.Body();
        body["title"] = $"On {Canary}";
        Assert.That((await api.PostAsJsonAsync("/api/v1/submissions?submit=true", body)).StatusCode, Is.EqualTo(HttpStatusCode.Created));
        await api.GetAsync($"/api/v1/submissions?search={Canary}&take={Canary}");
        using var broken = new StringContent($"{{\"title\": 5, \"abstract\": \"{Canary}\"", Encoding.UTF8, "application/json");
        await api.PostAsync("/api/v1/submissions", broken);
        using var browser = Browser(node);
        await browser.GetAsync($"/account/sign-in?returnUrl=/submissions/{Canary}");
        await browser.GetAsync($"/submissions/new?area={Canary}");
        return token;
    }

    private static WebApplicationBuilder Verbose(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        foreach (var category in new[] { "Default", "AbstractReview", "Microsoft", "Microsoft.AspNetCore", "Microsoft.AspNetCore.Antiforgery", "Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", "Microsoft.Hosting.Lifetime", "Microsoft.AspNetCore.Hosting.Diagnostics" })
            builder.Configuration[$"Logging:LogLevel:{category}"] = "Trace";
        return builder;
    }

    private static HttpClient Browser(WebApplication node) => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(node.Urls.Single()) };
}
