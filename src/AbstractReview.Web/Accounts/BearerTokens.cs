using System.Security.Claims;
using System.Text.Encodings.Web;
using AbstractReview.App.Accounts;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace AbstractReview.Web.Accounts;

/// <summary>Signs a program in by <c>Authorization: Bearer …</c>, a personal token of somebody's account.</summary>
internal sealed class BearerTokens(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IMediator mediator)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "Bearer";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.Fail("Send Authorization: Bearer and your token.");
        if (await mediator.Send(new FindTokenOwner(header["Bearer ".Length..].Trim()), Context.RequestAborted) is not { } owner)
            return AuthenticateResult.Fail("This token is unknown, expired or revoked.");
        var identity = new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, FormattableString.Invariant($"{owner.PersonId}")), new("scopes", owner.Scopes)], Scheme);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = 401;
        Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }
}
