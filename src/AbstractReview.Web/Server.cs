using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using AbstractReview.App;
using AbstractReview.App.Accounts;
using AbstractReview.App.Jobs;
using AbstractReview.App.Mailing;
using AbstractReview.App.Storage;
using AbstractReview.Web.Accounts;
using AbstractReview.Web.Api;
using AbstractReview.Web.Jobs;
using AbstractReview.Web.Pages.Shell;
using Microsoft.AspNetCore.CookiePolicy;
using AbstractReview.Web.Rehearsals;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.WebEncoders;

namespace AbstractReview.Web;

/// <summary>The composition, readable top to bottom: settings, storage, the application, sign-in, jobs, pages, API.</summary>
public static class Server
{
    /// <summary>
    /// Builds the server over a data folder. <paramref name="adjust"/> lets tests put in their clock and listener;
    /// <paramref name="settings"/> come before files, environment and command line.
    /// </summary>
    public static WebApplication Build(DataFolder folder, int? port = null, Action<WebApplicationBuilder>? adjust = null, IReadOnlyDictionary<string, string?>? settings = null)
    {
        // Settings, pages and static files lie beside the program, whichever folder it was started from.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = typeof(Server).Assembly.GetName().Name });
        if (settings is not null) builder.Configuration.AddInMemoryCollection(settings);
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Past any abstract, so that a text that is too long is refused by its field rather than by its size.
            kestrel.Limits.MaxRequestBodySize = 4 * 1024 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
        if (port is { } p) builder.WebHost.UseUrls($"http://127.0.0.1:{p}");

        AddStorage(builder.Services, builder.Configuration, folder);
        builder.Services.AddSingleton(builder.Configuration.GetSection("Mail").Get<MailSettings>() ?? new MailSettings());
        builder.Services.AddAbstractReview();
        builder.Services.AddSingleton(new SiteAddress(builder.Configuration["Site:Address"] ?? ""));
        builder.Services.AddAccounts();
        builder.Services.AddLimits(builder.Configuration);
        builder.Services.AddJobs(builder.Configuration);
        builder.Services.AddScoped<ILongWork, RehearsalWork>();
        builder.Services.AddPages();
        builder.Services.AddVisitorCompression();
        builder.Services.AddApi();
        builder.Services.AddHealth();
        builder.AddTelemetry();
        // Requests and jobs in hand are finished or handed back within this time after SIGTERM.
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(20));
        adjust?.Invoke(builder);

        var app = builder.Build();
        // The proxy on this machine says who asked and whether by TLS.
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto });
        app.UseRequestsInHand();
        app.UseCookiePolicy(new CookiePolicyOptions
        {
            HttpOnly = HttpOnlyPolicy.Always,
            Secure = builder.Configuration["Site:Address"]?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) == true ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest,
        });
        // Outside the exception handler, so that a refusal it answers by status alone gets its page too.
        app.UseWhen(c => c.IsApi(), api => api.UseStatusCodePages());
        app.UseWhen(c => !c.IsApi(), pages => pages.UseStatusCodePagesWithReExecute("/status/{0}"));
        app.UseExceptionHandler("/error");
        app.UseSecurityHeaders();
        app.UseKnownEncodings();
        app.UseVisitorCompression();
        app.UseRouting();
        app.UseAuthentication();
        app.UseActor();
        app.UseRequestLog();
        app.UseRateLimiter();
        app.UseScopes();
        if (builder.Configuration.GetValue<bool>("Accounts:RequireTwoFactor")) app.UseSecondFactorRule();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapRazorPages().WithStaticAssets();
        app.MapApi();
        app.MapOpenApi();
        app.MapHealth();
        return app;
    }

    private static void AddStorage(IServiceCollection services, ConfigurationManager settings, DataFolder folder)
    {
        services.AddSingleton(folder);
        services.AddSingleton(_ => StoryClock.Of(folder));
        services.AddSingleton<Dialect>(_ => settings["Storage:Engine"] == "SqlServer"
            ? new SqlServerDialect(settings.GetConnectionString("Default") ?? throw new InvalidOperationException("Set ConnectionStrings:Default for SQL Server."))
            : new SqliteDialect(folder.Database));
    }

    private static IServiceCollection AddPages(this IServiceCollection services)
    {
        // Every script as it is typed: encoded letters would be seven bytes each.
        services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddScoped<IShellSource, ConferenceShell>();
        services.AddRazorPages(o =>
        {
            o.Conventions.AddPageRoute("/Submissions/Edit", "/submissions/new");
            o.Conventions.ConfigureFilter(new RefusalFilter());
            o.Conventions.AuthorizeFolder("/Committee", Policies.Committee);
            o.Conventions.AuthorizeFolder("/Secretariat", Policies.RunsConference);
        }).AddMvcOptions(o =>
        {
            o.Filters.Add<ShellFilter>();
            // No form of ours writes its names in jQuery's way; looking for them costs each post a second reading of its fields.
            o.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
            o.ValueProviderFactories.RemoveType<JQueryQueryStringValueProviderFactory>();
        });
        services.AddAntiforgery(o =>
        {
            o.Cookie.SameSite = SameSiteMode.Strict;
            // The header that it would set allows more than ours.
            o.SuppressXFrameOptionsHeader = true;
        });
        return services;
    }

    private static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddOpenApi("v1", ApiDocument.Describe);
        services.AddProblemDetails(o => o.CustomizeProblemDetails = BareProblems.Explain);
        services.AddExceptionHandler<Problems>();
        // A body that cannot be read is told in problem+json too.
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(o =>
        {
            o.SerializerOptions.Converters.Add(new JsonStringEnumConverter());
            // A number is a number, so that the schema says so too.
            o.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        services.Configure<FormOptions>(o => o.ValueLengthLimit = 256 * 1024);
        return services;
    }
}
