using System.Globalization;
using System.Security.Claims;
using AbstractReview.App.Accounts;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace AbstractReview.Web.Accounts;

/// <summary>The session cookie: made new at each sign-in, and good only while the person's security stamp is the one it was made with.</summary>
internal static class Sessions
{
    private const string Stamp = "stamp";

    public static async Task Begin(HttpContext http, Person person)
    {
        await http.SignInAsync(IdentityConstants.ApplicationScheme, Principal(person, IdentityConstants.ApplicationScheme));
        await http.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
    }

    /// <summary>The password was right and the second factor is still asked for.</summary>
    public static Task BeginSecondFactor(HttpContext http, Person person)
        => http.SignInAsync(IdentityConstants.TwoFactorUserIdScheme, Principal(person, IdentityConstants.TwoFactorUserIdScheme));

    /// <summary>Who gave the right password in this browser within the last minutes; null when nobody.</summary>
    public static async Task<int?> AwaitingSecondFactor(HttpContext http, IMediator mediator)
    {
        var answer = await http.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme);
        return answer.Principal is { } principal && await IsCurrent(principal, mediator, http.RequestAborted) ? IdOf(principal) : null;
    }

    public static async Task Validate(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        if (context.Principal is { } principal && await IsCurrent(principal, http.RequestServices.GetRequiredService<IMediator>(), http.RequestAborted)) return;
        context.RejectPrincipal();
        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    private static async Task<bool> IsCurrent(ClaimsPrincipal principal, IMediator mediator, CancellationToken ct)
        => IdOf(principal) is { } id && principal.FindFirstValue(Stamp) is { } stamp && await mediator.Send(new IsSessionCurrent(id, stamp), ct);

    private static int? IdOf(ClaimsPrincipal principal)
        => int.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), CultureInfo.InvariantCulture, out var id) ? id : null;

    private static ClaimsPrincipal Principal(Person person, string scheme) => new(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, person.Id.ToString(CultureInfo.InvariantCulture)), new(ClaimTypes.Name, person.Email), new(Stamp, person.SecurityStamp)], scheme));
}
