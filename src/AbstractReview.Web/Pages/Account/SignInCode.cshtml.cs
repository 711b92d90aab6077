using AbstractReview.App.Accounts;
using AbstractReview.Web.Accounts;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Account;

/// <summary>The second factor, for who gave the right password in this browser within the last five minutes.</summary>
public sealed class SignInCodeModel(IMediator mediator, ActorReader actors) : PageModel
{
    [BindProperty]
    public string? Code { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public async Task<IActionResult> OnGetAsync()
        => await Sessions.AwaitingSecondFactor(HttpContext, mediator) is null ? Redirect("/account/sign-in" + Places.Query(Url, ReturnUrl)) : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await Sessions.AwaitingSecondFactor(HttpContext, mediator) is not { } id) return Redirect("/account/sign-in" + Places.Query(Url, ReturnUrl));
        if (await mediator.Send(new CheckSecondFactor(id, Code ?? ""), ct) is not { } person)
        {
            ModelState.AddModelError(nameof(Code), "This code is not right, or was used already. Wait for the next one.");
            return Page();
        }

        await Sessions.Begin(HttpContext, person);
        return Redirect(Places.After(Url, ReturnUrl, await actors.Of(person.Id, ct)));
    }
}
