using System.Security.Claims;
using AbstractReview.App.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AbstractReview.Web.Accounts;

/// <summary>
/// Sign-in through one OpenID Connect provider where <c>OpenId:Authority</c>, <c>OpenId:ClientId</c> and <c>OpenId:ClientSecret</c> are set;
/// <c>OpenId:Name</c> is what people know it by. Authorization code with PKCE (OpenID Connect Core 1.0, 3.1; RFC 7636).
/// The provider's redirect address is <c>/account/openid/callback</c>.
/// </summary>
internal static class OpenIdSignIn
{
    public const string Scheme = "OpenId";

    /// <summary>What the provider is called; null where none is configured.</summary>
    public static string? NameIn(IConfiguration settings) => IsIn(settings) ? settings["OpenId:Name"] is { Length: > 0 } name ? name : "your institution" : null;

    public static IServiceCollection AddOpenIdSignIn(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<OpenIdConnectOptions>, OpenIdConnectPostConfigureOptions>());
        services.AddTransient<OpenIdConnectHandler>();
        // Read when the server is built: a scheme that is not configured must not exist.
        services.AddOptions<AuthenticationOptions>().Configure<IConfiguration>((o, settings) =>
        {
            if (IsIn(settings)) o.AddScheme<OpenIdConnectHandler>(Scheme, NameIn(settings));
        });
        services.AddOptions<OpenIdConnectOptions>(Scheme).Configure<IConfiguration>(Configure);
        return services;
    }

    /// <summary>What the provider said of who came back from it; null when nobody did in this browser within the last minutes.</summary>
    public static async Task<ExternalIdentity?> Came(HttpContext http, IConfiguration settings)
    {
        var answer = await http.AuthenticateAsync(IdentityConstants.ExternalScheme);
        if (answer.Principal is not { } who || who.FindFirstValue("sub") is not { Length: > 0 } subject) return null;
        return new ExternalIdentity(settings["OpenId:Authority"]!.TrimEnd('/'), subject, who.FindFirstValue("email") ?? "", bool.TryParse(who.FindFirstValue("email_verified"), out var verified) && verified,
            who.FindFirstValue("given_name") ?? "", who.FindFirstValue("family_name") ?? who.FindFirstValue("name") ?? "");
    }

    private static bool IsIn(IConfiguration settings) => settings["OpenId:Authority"] is { Length: > 0 } && settings["OpenId:ClientId"] is { Length: > 0 };

    private static void Configure(OpenIdConnectOptions o, IConfiguration settings)
    {
        o.Authority = settings["OpenId:Authority"];
        o.ClientId = settings["OpenId:ClientId"];
        o.ClientSecret = settings["OpenId:ClientSecret"];
        // Plain HTTP only to a provider on this machine.
        o.RequireHttpsMetadata = !(Uri.TryCreate(o.Authority, UriKind.Absolute, out var authority) && authority.IsLoopback);
        o.SignInScheme = IdentityConstants.ExternalScheme;
        o.CallbackPath = "/account/openid/callback";
        o.ResponseType = "code";
        o.UsePkce = true;
        // By a redirect rather than a foreign form, so that the cookies of the way need not be sent across sites.
        o.ResponseMode = "query";
        o.CorrelationCookie.SameSite = o.NonceCookie.SameSite = SameSiteMode.Lax;
        o.CorrelationCookie.SecurePolicy = o.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        o.MapInboundClaims = false;
        o.GetClaimsFromUserInfoEndpoint = true;
        o.ClaimActions.MapJsonKey("email_verified", "email_verified");
        o.Scope.Clear();
        foreach (var scope in new[] { "openid", "email", "profile" }) o.Scope.Add(scope);
        // Behind a proxy the request does not know by which address people came.
        if (settings["Site:Address"] is { Length: > 0 } site)
            o.Events.OnRedirectToIdentityProvider = context =>
            {
                context.ProtocolMessage.RedirectUri = site.TrimEnd('/') + o.CallbackPath;
                return Task.CompletedTask;
            };
        o.Events.OnRemoteFailure = context =>
        {
            context.HandleResponse();
            context.Response.Redirect("/account/openid/done");
            return Task.CompletedTask;
        };
    }
}
