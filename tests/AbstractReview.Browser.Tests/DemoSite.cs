using System.Text.Json;
using AbstractReview.App.Audit;
using AbstractReview.App.Storage;
using AbstractReview.Web;
using AbstractReview.Web.Cli;
using AbstractReview.Web.Jobs;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace AbstractReview.Browser.Tests;

/// <summary>The demo, told and served once for all tests of this assembly, and the system's Chromium.</summary>
[SetUpFixture]
public sealed class DemoSite
{
    private static DirectoryInfo _folder = null!;
    private static WebApplication _app = null!;
    private static IPlaywright _playwright = null!;
    private static IReadOnlyList<DemoAccount> _accounts = null!;

    public static IBrowser Chromium { get; private set; } = null!;
    public static Uri Address { get; private set; } = null!;
    public static IServiceProvider Services => _app.Services;

    /// <summary>Where pictures of pages go, when <c>ABSTRACTREVIEW_SCREENSHOTS</c> names a folder.</summary>
    public static string? Screenshots { get; } = Environment.GetEnvironmentVariable("ABSTRACTREVIEW_SCREENSHOTS");

    [OneTimeSetUp]
    public async Task Start()
    {
        _folder = Directory.CreateTempSubdirectory("abstractreview-browser-");
        Assert.That(await CommandLine.Run(["demo", "--exit", "--data", _folder.FullName]), Is.Zero);
        _accounts = JsonSerializer.Deserialize<List<DemoAccount>>(await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "demo-accounts.json")), JsonSerializerOptions.Web)!;
        // Every test signs in from one address.
        _app = Server.Build(new DataFolder(_folder.FullName), port: 0, builder => builder.Configuration["RateLimits:Account"] = "0");
        await _app.StartAsync();
        _app.Services.StartJobs();
        Address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        _playwright = await Playwright.CreateAsync();
        Chromium = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await Chromium.DisposeAsync();
        _playwright.Dispose();
        await _app.StopAsync();
        await using (var scope = _app.Services.CreateAsyncScope())
            Assert.That(await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new CheckInvariants()), Is.Empty, "whatever people did, the data hold together");
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    /// <summary>An account of a role; the n-th of them.</summary>
    public static DemoAccount Account(string role, int n = 0) => _accounts.Where(a => a.Role == role).ElementAt(n);

    /// <summary>A fresh window, signed in as somebody unless <paramref name="account"/> is null.</summary>
    public static async Task<IPage> Open(DemoAccount? account, int width = 1280, bool script = true)
    {
        var context = await Chromium.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Address.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = width < 600 ? 844 : 900 },
            JavaScriptEnabled = script,
            ReducedMotion = ReducedMotion.Reduce,
            // axe brings its own script, which the pages' policy would refuse.
            BypassCSP = true,
        });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(30_000);
        if (account is null) return page;
        await page.GotoAsync("/account/sign-in");
        await page.FillAsync("#Email", account.Email);
        await page.FillAsync("#Password", account.Password);
        await page.ClickAsync("main form button");
        await page.Arrive(url => !url.Contains("/account/sign-in", StringComparison.Ordinal));
        return page;
    }
}

public sealed record DemoAccount(string Email, string Password, string Role, string Token);
