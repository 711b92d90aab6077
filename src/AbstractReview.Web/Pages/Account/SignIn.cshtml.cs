using System.ComponentModel.DataAnnotations;
using AbstractReview.App.Accounts;
using AbstractReview.Web.Accounts;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Account;

/// <summary>E-mail and password; then to where one wanted to go, else to where one's role works.</summary>
public sealed class SignInModel(IMediator mediator, ActorReader actors, IConfiguration settings) : PageModel
{
    [BindProperty, Required(ErrorMessage = "Enter your e-mail address."), EmailAddress(ErrorMessage = "Enter an e-mail address, such as name@example.org."), StringLength(254)]
    public string Email { get; set; } = "";

    [BindProperty, Required(ErrorMessage = "Enter your password."), DataType(DataType.Password), StringLength(256)]
    public string Password { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>What the OpenID Connect provider is called; null where none is configured.</summary>
    public string? OpenIdName => OpenIdSignIn.NameIn(settings);

    public IActionResult OnGet() => HttpContext.Actor() is { SignedIn: true } person ? Redirect(Places.After(Url, ReturnUrl, person)) : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!ModelState.IsValid) return Page();
        if (await mediator.Send(new CheckPassword(Email, Password), ct) is not { } person)
        {
            ModelState.AddModelError("", "This e-mail address and password do not match an account. After ten wrong tries an address rests for 15 minutes.");
            return Page();
        }

        if (person.TwoFactorEnabled)
        {
            await Sessions.BeginSecondFactor(HttpContext, person);
            return Redirect("/account/sign-in/code" + Places.Query(Url, ReturnUrl));
        }

        await Sessions.Begin(HttpContext, person);
        return Redirect(Places.After(Url, ReturnUrl, await actors.Of(person.Id, ct)));
    }
}

/// <summary>Where a page of the account leads: only ever to this site.</summary>
internal static class Places
{
    public static string After(IUrlHelper url, string? returnUrl, Domain.Actor person)
        => url.IsLocalUrl(returnUrl) && returnUrl != "/" ? returnUrl! : Policies.HomeOf(person);

    public static string Query(IUrlHelper url, string? returnUrl)
        => url.IsLocalUrl(returnUrl) ? "?returnUrl=" + Uri.EscapeDataString(returnUrl!) : "";
}
