using System.ComponentModel.DataAnnotations;
using AbstractReview.App.Accounts;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Account;

/// <summary>The link of a forgotten password or of an invitation. One signs in afterwards: a second factor is still asked for.</summary>
public sealed class SetPasswordModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty(SupportsGet = true)]
    public string Token { get; set; } = "";

    [BindProperty, DataType(DataType.Password)]
    public string? Password { get; set; }

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await mediator.Send(new SetPassword(Token, Password ?? ""), ct);
        TempData["Done"] = "Your password is set. Sign in with it.";
        return Redirect("/account/sign-in");
    }

    public Task ShowAgain(CancellationToken ct) => Task.CompletedTask;

    public string FieldOf(string field) => field == "password" ? "Password" : field;
}
