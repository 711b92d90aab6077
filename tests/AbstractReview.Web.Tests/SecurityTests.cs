using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using AbstractReview.Domain;
using AbstractReview.Web.Tests.Accounts;
using AbstractReview.Web.Tests.Api;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AbstractReview.Web.Tests;

/// <summary>What OWASP ASVS 4.0.3, level 2, asks and a test can tell; each names its requirement.</summary>
public sealed partial class SecurityTests
{
    // 14.4: HTTP security headers.
    [TestCase("/")]
    [TestCase("/account/sign-in")]
    [TestCase("/nowhere")]
    [TestCase("/api/v1/call")]
    [TestCase("/css/site.css")]
    public async Task Every_answer_has_the_headers_that_keep_a_browser_in_bounds(string path)
    {
        await using var site = await Site.Open();
        using var browser = site.Browser();
        var answer = await browser.GetAsync(path);
        var policy = Header(answer, "Content-Security-Policy");
        Assert.Multiple(() =>
        {
            Assert.That(policy, Does.Contain("default-src 'none'").And.Contain("frame-ancestors 'none'").And.Contain("form-action 'self'").And.Contain("base-uri 'none'").And.Not.Contain("unsafe"));
            Assert.That(Header(answer, "X-Frame-Options"), Is.EqualTo("DENY"));
            Assert.That(Header(answer, "X-Content-Type-Options"), Is.EqualTo("nosniff"));
            Assert.That(Header(answer, "Referrer-Policy"), Is.EqualTo("same-origin"));
            Assert.That(Header(answer, "Permissions-Policy"), Does.Contain("camera=()"));
            Assert.That(answer.Headers.Contains("Server"), Is.False);
        });
    }

    // 14.4.5: HSTS, where the proxy says that the request came by TLS.
    [TestCase("https", "max-age=31536000; includeSubDomains")]
    [TestCase("http", "")]
    public async Task Over_TLS_a_browser_is_told_to_stay_there(string scheme, string expected)
    {
        await using var site = await Site.Open();
        using var browser = site.Browser();
        browser.DefaultRequestHeaders.Add("X-Forwarded-Proto", scheme);
        Assert.That(Header(await browser.GetAsync("/"), "Strict-Transport-Security"), Is.EqualTo(expected));
    }

    // 3.4: cookies of sessions and forms.
    [Test]
    public async Task Cookies_are_kept_from_scripts_and_other_sites_and_over_TLS_from_plain_connections()
    {
        await using var site = await Site.Open();
        var author = await site.Person([Role.Author]);
        using var browser = site.Browser();
        browser.BaseAddress = new Uri("https://localhost");
        var form = await browser.GetAsync("/account/sign-in");
        var signedIn = await browser.SignIn(author.Words);
        var cookies = form.Headers.GetValues("Set-Cookie").Concat(signedIn.Headers.GetValues("Set-Cookie")).Where(c => !c.Contains("expires=Thu, 01 Jan 1970", StringComparison.Ordinal)).ToList();
        Assert.That(cookies, Has.Count.GreaterThanOrEqualTo(2));
        foreach (var cookie in cookies)
            Assert.That(cookie, Does.Contain("httponly").IgnoreCase.And.Contain("secure").IgnoreCase.And.Match("(?i)samesite=(lax|strict)"));
    }

    // 4.2.2: antiforgery. The pages are read from the source, so that a new form is held to it too.
    [Test]
    public async Task No_page_takes_a_form_without_its_token()
    {
        await using var site = await Site.Open();
        var person = await site.Person([Role.Chair, Role.Secretariat, Role.Reviewer]);
        using var browser = site.Browser();
        await browser.SignIn(person.Words);
        var posted = new List<string>();
        foreach (var page in Directory.GetFiles(Path.Combine(Repository.Root, "src", "AbstractReview.Web", "Pages"), "*.cshtml", SearchOption.AllDirectories))
        {
            var code = page + ".cs";
            if (!File.Exists(code) || !File.ReadAllText(code).Contains("OnPost", StringComparison.Ordinal) || Route().Match(File.ReadAllText(page)) is not { Success: true } route) continue;
            var path = Parameter().Replace(route.Groups[1].Value, p => Choice().Match(p.Value) is { Success: true } choice ? choice.Groups[1].Value : "1");
            if (path is "/error" || path.StartsWith("/status", StringComparison.Ordinal)) continue;
            posted.Add(path);
            using var form = new FormUrlEncodedContent([KeyValuePair.Create("x", "y")]);
            Assert.That((await browser.PostAsync(path, form)).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), path);
        }

        Assert.That(posted, Has.Count.GreaterThan(20));
    }

    // 5.1.5: no open redirect.
    [TestCase("https://evil.example/")]
    [TestCase("//evil.example/")]
    [TestCase("/\\evil.example/")]
    [TestCase("javascript:alert(1)")]
    public async Task Signing_in_leads_nowhere_but_here(string elsewhere)
    {
        await using var site = await Site.Open();
        var author = await site.Person([Role.Author]);
        using var browser = site.Browser();
        var answer = await browser.SignIn(author.Words, returnUrl: elsewhere);
        Assert.That((answer.StatusCode, answer.Headers.Location?.ToString()), Is.EqualTo((HttpStatusCode.Found, "/submissions")));
    }

    // 11.1.4: limits against automation; nodes that share them count together.
    [TestCase(false)]
    [TestCase(true)]
    public async Task Too_many_requests_are_refused_with_the_time_to_wait(bool shared)
    {
        await using var site = await Site.Open(settings: new Dictionary<string, string> { ["RateLimits:Api"] = "5", ["RateLimits:Shared"] = $"{shared}" });
        var api = await site.Api(await site.Person([Role.Author]));
        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 12; i++) answers.Add(await api.GetAsync("/api/v1/submissions"));
        var refused = answers.Where(a => a.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        // A shared minute may end meanwhile.
        Assert.That(refused, Has.Count.InRange(2, 7));
        Assert.That(refused.Select(r => r.Headers.RetryAfter?.Delta), Has.All.InRange(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)));
        if (shared) Assert.That(await site.One<int>("select sum(Taken) from RateWindow"), Is.EqualTo(12));
    }

    // 12.1.1, 13.1: size of a request, and 11.1.3: the time it may take, over a real connection.
    [Test]
    public async Task A_body_past_the_limit_is_refused_and_a_slow_request_is_not_waited_for()
    {
        await using var site = await Site.Open();
        await using var node = await site.Listen();
        using var api = new HttpClient { BaseAddress = new Uri(node.Urls.Single()) };
        api.DefaultRequestHeaders.Authorization = (await site.Api(await site.Person([Role.Author]))).DefaultRequestHeaders.Authorization;
        using var large = new StringContent($"{{\"title\":\"{new string('x', 5 << 20)}\"}}", System.Text.Encoding.UTF8, "application/json");
        api.DefaultRequestHeaders.ExpectContinue = true;
        var answer = await api.PostAsync("/api/v1/submissions", large);
        Assert.That((answer.StatusCode, answer.Content.Headers.ContentType?.MediaType), Is.EqualTo((HttpStatusCode.RequestEntityTooLarge, "application/problem+json")));
        var limits = node.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;
        Assert.That((limits.RequestHeadersTimeout, limits.MinRequestBodyDataRate?.BytesPerSecond), Is.EqualTo((TimeSpan.FromSeconds(15), 240)));
    }

    // 5.1.2: no mass assignment: what a body names beside what it may say changes nothing.
    [Test]
    public async Task What_a_request_may_not_say_is_not_taken_from_it()
    {
        await using var site = await Site.Open();
        var (author, other) = (await site.Person([Role.Author]), await site.Person([Role.Author]));
        var api = await site.Api(author);
        var body = SubmissionsApiTests.Body();
        foreach (var (name, value) in new (string, System.Text.Json.Nodes.JsonNode)[] { ("number", 77), ("state", "Confirmed"), ("ownerId", other.PersonId), ("submittedAt", "2019-01-01T00:00:00Z"), ("decisionVersion", 3), ("by", new System.Text.Json.Nodes.JsonObject { ["personId"] = other.PersonId }) })
            body[name] = value;
        Assert.That((await api.PostAsJsonAsync("/api/v1/submissions", body)).StatusCode, Is.EqualTo(HttpStatusCode.Created).Or.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await site.One<int>("select count(*) from Submission where Number <> 1 or State <> 'Draft' or OwnerId <> @PersonId or SubmittedAt is not null or DecisionVersion <> 0", author), Is.Zero);

        using var browser = site.Browser();
        await browser.SignIn(author.Words);
        await browser.Submit("/account", new() { ["Profile.FamilyName"] = "Newname", ["Profile.GivenName"] = "New", ["Id"] = $"{other.PersonId}", ["By.PersonId"] = $"{other.PersonId}", ["Roles"] = "Chair", ["Profile.Roles"] = "Chair", ["Profile.Email"] = "x@evil.example" });
        Assert.That(await site.One<int>("select count(*) from PersonRole where Role = 'Chair'"), Is.Zero);
        Assert.That(await site.One<string>("select FamilyName from Person where Id = @PersonId", other), Is.Not.EqualTo("Newname"));
        Assert.That(await site.One<int>("select count(*) from Person where Email = 'x@evil.example'"), Is.Zero);
    }

    // 5.2.6, 12.6.1: no request is made to an address that came with a request; the mail server and the sign-in provider are settings.
    [Test]
    public void Nothing_here_calls_an_address()
    {
        var source = Path.Combine(Repository.Root, "src");
        var calling = Directory.GetFiles(source, "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && Calls().IsMatch(File.ReadAllText(f)))
            .Select(f => Path.GetRelativePath(source, f).Replace('\\', '/'));
        // The rehearsal visits its own copy of this server.
        Assert.That(calling, Is.EqualTo(new[] { "AbstractReview.Web/Rehearsals/Walk.cs" }));
    }

    // 12.2.1: a file is what its content says, not what its name or its sender says.
    [TestCase("figure.pdf", "MZ\u0090 a program")]
    [TestCase("figure.pdf", "<html><script>alert(1)</script></html>")]
    [TestCase("figure.svg", "<svg onload='alert(1)'/>")]
    [TestCase("figure.png", "%PDF-1.4 a document", "figure.pdf, application/pdf")]
    [TestCase("figure.exe", "%PDF-1.4\n%%EOF\n", "figure.pdf, application/pdf")]
    public async Task A_file_is_what_its_content_says(string name, string content, string? kept = null)
    {
        await using var site = await Site.Open();
        var api = await site.Api(await site.Person([Role.Author]));
        await api.PostAsJsonAsync("/api/v1/submissions", SubmissionsApiTests.Body());
        using var file = new ByteArrayContent(System.Text.Encoding.Latin1.GetBytes(content));
        file.Headers.ContentType = new("application/pdf");
        Assert.That((int)(await api.PutAsync($"/api/v1/submissions/1/attachment?name={name}", file)).StatusCode, Is.EqualTo(kept is null ? 422 : 200));
        Assert.That(await site.One<string>("select concat(FileName, ', ', MediaType) from Attachment"), Is.EqualTo(kept));
    }

    // 3.2.1, 3.3.1: a new session at each sign-in, and none after signing out.
    [Test]
    public async Task Signing_in_makes_a_new_session_and_signing_out_ends_it()
    {
        await using var site = await Site.Open();
        var author = await site.Person([Role.Author]);
        using var browser = site.Browser();
        var first = Session(await browser.SignIn(author.Words));
        using var other = site.Browser();
        var second = Session(await other.SignIn(author.Words));
        Assert.That(second, Is.Not.EqualTo(first));
        await browser.Submit("/submissions", [], "/account/sign-out");
        Assert.That((await browser.GetAsync("/submissions")).StatusCode, Is.EqualTo(HttpStatusCode.Found));
    }

    // 1.11, 9: a session begun on one node goes on on another, whose keys came from the database.
    [Test]
    public async Task A_session_outlives_the_node_that_began_it()
    {
        await using var site = await Site.Open();
        var author = await site.Person([Role.Author]);
        using var browser = site.Browser();
        var signedIn = await browser.SignIn(author.Words);
        Assert.That((Directory.Exists(Path.Combine(site.Folder.Root, "keys")), await site.One<int>("select count(*) from DataProtectionKey")), Is.EqualTo((false, 1)));
        var cookie = Session(signedIn);
        await using var node = await site.AnotherNode();
        using var moved = node.GetTestClient();
        moved.DefaultRequestHeaders.Add("Cookie", cookie);
        Assert.That((await moved.GetAsync("/submissions")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await node.StopAsync();
    }

    private static string Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";

    private static string Session(HttpResponseMessage answer) => answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("abstractreview=", StringComparison.Ordinal)).Split(';')[0];

    [GeneratedRegex("""^@page "([^"]+)""", RegexOptions.Multiline)]
    private static partial Regex Route();

    [GeneratedRegex(@"\b(HttpClient|SocketsHttpHandler|WebRequest|WebClient|TcpClient|Dns)\b|new Socket\(")]
    private static partial Regex Calls();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();

    // The first of the words a part of the route may be.
    [GeneratedRegex(@"regex\(\^\((\w+)")]
    private static partial Regex Choice();
}
