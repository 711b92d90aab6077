using AbstractReview.Domain;
using AbstractReview.Web.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Account;

/// <summary>Sends the browser to the OpenID Connect provider.</summary>
[ResponseCache(NoStore = true)]
public sealed class OpenIdModel(IConfiguration settings) : PageModel
{
    public IActionResult OnGet(string? returnUrl) => OpenIdSignIn.NameIn(settings) is null
        ? throw new NotFoundException("No provider is configured.")
        : Challenge(new AuthenticationProperties { RedirectUri = "/account/openid/done" + Places.Query(Url, returnUrl) }, OpenIdSignIn.Scheme);
}
