using System.ComponentModel.DataAnnotations;
using AbstractReview.App.Accounts;
using AbstractReview.Domain;
using AbstractReview.Web.Accounts;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Account;

/// <summary>The link of the sign-up mail: name and password, and one is signed in.</summary>
public sealed class FinishSignUpModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty(SupportsGet = true)]
    public string Token { get; set; } = "";

    [BindProperty]
    public ProfileForm Profile { get; set; } = new();

    [BindProperty, DataType(DataType.Password)]
    public string? Password { get; set; }

    /// <summary>Null when the link has ended.</summary>
    public string? Email { get; private set; }

    public Task OnGetAsync(CancellationToken ct) => ShowAgain(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var person = await mediator.Send(new FinishSignUp(Token, Profile.Read(), Password ?? ""), ct);
        await Sessions.Begin(HttpContext, person);
        TempData["Done"] = "Your account is ready.";
        return Redirect("/");
    }

    public async Task ShowAgain(CancellationToken ct)
    {
        try
        {
            Email = await mediator.Send(new ReadSignUpLink(Token), ct);
        }
        catch (RuleBrokenException)
        {
            Email = null;
        }
    }

    public string FieldOf(string field) => field switch { "password" => "Password", "" => "", _ => $"Profile.{char.ToUpperInvariant(field[0])}{field[1..]}" };
}
