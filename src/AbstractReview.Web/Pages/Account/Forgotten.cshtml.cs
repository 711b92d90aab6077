using AbstractReview.App.Accounts;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Account;

/// <summary>Asks for the address; says the same whether or not it has an account.</summary>
public sealed class ForgottenModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty]
    public string? Email { get; set; }

    public bool Sent { get; private set; }

    public void OnGet() { }

    public async Task OnPostAsync(CancellationToken ct)
    {
        await mediator.Send(new AskForPassword(Email ?? "", HttpContext.Actor()), ct);
        Sent = true;
    }

    public Task ShowAgain(CancellationToken ct) => Task.CompletedTask;

    public string FieldOf(string field) => field == "email" ? "Email" : field;
}
