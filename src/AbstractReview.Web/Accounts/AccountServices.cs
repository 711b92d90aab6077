using AbstractReview.App.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;

namespace AbstractReview.Web.Accounts;

/// <summary>Sign-in: a cookie for people, a bearer token for programs.</summary>
internal static class AccountServices
{
    private const string CookieOrToken = "CookieOrToken";

    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        // One pass over what is sealed instead of two, several times a page; keys that were made for another way keep to it until they end.
        services.AddDataProtection().SetApplicationName("AbstractReview").UseCryptographicAlgorithms(new AuthenticatedEncryptorConfiguration { EncryptionAlgorithm = EncryptionAlgorithm.AES_256_GCM });
        services.AddSingleton<ProtectionKeys>();
        services.AddSingleton<DatabaseKeys>();
        services.AddOptions<KeyManagementOptions>().Configure<DatabaseKeys>((o, keys) => o.XmlRepository = keys);
        services.AddHttpContextAccessor();
        services.AddAuthentication(o =>
            {
                o.DefaultScheme = CookieOrToken;
                o.DefaultSignInScheme = IdentityConstants.ApplicationScheme;
            })
            .AddPolicyScheme(CookieOrToken, null, o => o.ForwardDefaultSelector = context =>
                context.IsApi() && context.Request.Headers.Authorization.Count > 0 ? BearerTokens.Scheme : IdentityConstants.ApplicationScheme)
            .AddScheme<AuthenticationSchemeOptions, BearerTokens>(BearerTokens.Scheme, null)
            .AddIdentityCookies();
        services.ConfigureApplicationCookie(o =>
        {
            o.Cookie.Name = "abstractreview";
            o.Cookie.SameSite = SameSiteMode.Lax;
            o.Cookie.HttpOnly = true;
            o.ReturnUrlParameter = "returnUrl";
            o.LoginPath = "/account/sign-in";
            o.LogoutPath = "/account/sign-out";
            o.AccessDeniedPath = "/status/403";
            o.ExpireTimeSpan = TimeSpan.FromDays(7);
            o.Events.OnValidatePrincipal = Sessions.Validate;
            o.Events.OnRedirectToLogin = context => Answer(context, 401);
            o.Events.OnRedirectToAccessDenied = context => Answer(context, 403);
        });
        services.AddOpenIdSignIn();
        Policies.Add(services.AddAuthorizationBuilder());
        services.AddSingleton<IPasswordHasher<Person>, PasswordHasher<Person>>();
        return services;
    }

    // A program is told by status; a person is sent to the sign-in page and back.
    private static Task Answer(RedirectContext<Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationOptions> context, int status)
    {
        if (context.HttpContext.IsApi()) context.Response.StatusCode = status;
        else context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }
}
