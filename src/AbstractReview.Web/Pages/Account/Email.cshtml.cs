using System.ComponentModel.DataAnnotations;
using AbstractReview.App.Accounts;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Account;

[Authorize]
public sealed class EmailModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty]
    public string? Email { get; set; }

    [BindProperty, DataType(DataType.Password)]
    public string? Password { get; set; }

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await mediator.Send(new AskToChangeEmail(Email ?? "", Password ?? "", HttpContext.Actor()), ct);
        TempData["Done"] = $"We wrote to {Email}. Open the link there within 24 hours.";
        return Redirect("/account");
    }

    public Task ShowAgain(CancellationToken ct) => Task.CompletedTask;

    public string FieldOf(string field) => field switch { "email" => "Email", "password" => "Password", _ => field };
}
