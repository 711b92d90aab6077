using AbstractReview.App.Accounts;
using AbstractReview.Domain;
using AbstractReview.Web.Accounts;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Account;

/// <summary>Where the browser comes back to from the provider. The second factor is asked for as after a password.</summary>
[ResponseCache(NoStore = true)]
public sealed class OpenIdDoneModel(IMediator mediator, ActorReader actors, IConfiguration settings) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string? returnUrl, CancellationToken ct)
    {
        if (OpenIdSignIn.NameIn(settings) is null) throw new NotFoundException("No provider is configured.");
        var identity = await OpenIdSignIn.Came(HttpContext, settings);
        await HttpContext.SignOutAsync(IdentityConstants.ExternalScheme);
        if (identity is null) return Refused("The provider did not sign you in. Try again, or use your password.");
        Person person;
        try
        {
            person = await mediator.Send(new SignInExternally(identity, HttpContext.Actor()), ct);
        }
        catch (RuleBrokenException refusal)
        {
            return Refused(refusal.Message);
        }

        if (person.TwoFactorEnabled)
        {
            await Sessions.BeginSecondFactor(HttpContext, person);
            return Redirect("/account/sign-in/code" + Places.Query(Url, returnUrl));
        }

        await Sessions.Begin(HttpContext, person);
        // Where the provider told no name, its owner does.
        return Redirect(person.FamilyName == "" ? "/account" : Places.After(Url, returnUrl, await actors.Of(person.Id, ct)));
    }

    private PageResult Refused(string why)
    {
        ModelState.AddModelError("", why);
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Page();
    }
}
