using System.ComponentModel.DataAnnotations;
using AbstractReview.App.Accounts;
using AbstractReview.Web.Accounts;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Account;

[Authorize]
public sealed class PasswordModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty, DataType(DataType.Password)]
    public string? Current { get; set; }

    [BindProperty, DataType(DataType.Password)]
    public string? Password { get; set; }

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await Sessions.Begin(HttpContext, await mediator.Send(new ChangePassword(Current ?? "", Password ?? "", HttpContext.Actor()), ct));
        TempData["Done"] = "Your password is changed; every other browser is signed out.";
        return Redirect("/account");
    }

    public Task ShowAgain(CancellationToken ct) => Task.CompletedTask;

    public string FieldOf(string field) => field switch { "current" => "Current", "password" => "Password", _ => field };
}
