using AbstractReview.App.Accounts;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Account;

/// <summary>The link at a new address. Asks before it acts: mail programs open links on their own.</summary>
public sealed class ConfirmEmailModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty(SupportsGet = true)]
    public string Token { get; set; } = "";

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var person = await mediator.Send(new ConfirmEmail(Token, HttpContext.Actor()), ct);
        TempData["Done"] = $"Your address is now {person.Email}. Sign in with it.";
        return Redirect("/account/sign-in");
    }

    public Task ShowAgain(CancellationToken ct) => Task.CompletedTask;
}
