using AbstractReview.App.Accounts;
using AbstractReview.Web.Accounts;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Account;

/// <summary>Who one is, and the ways to sign in.</summary>
[Authorize]
public sealed class IndexModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty]
    public ProfileForm Profile { get; set; } = new();

    public OwnAccount Account { get; private set; } = null!;
    public IReadOnlyList<LinkedSignIn> Linked { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        await ShowAgain(ct);
        Profile = ProfileForm.Of(Account.Profile);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await mediator.Send(new SaveProfile(Profile.Read(), HttpContext.Actor()), ct);
        TempData["Done"] = "Saved.";
        return Redirect("/account");
    }

    public async Task<IActionResult> OnPostEverywhereAsync(CancellationToken ct)
    {
        await Sessions.Begin(HttpContext, await mediator.Send(new SignOutEverywhere(HttpContext.Actor()), ct));
        TempData["Done"] = "Every other browser is signed out. API tokens go on until they are revoked.";
        return Redirect("/account");
    }

    public async Task<IActionResult> OnPostCutAsync(string? issuer, CancellationToken ct)
    {
        await mediator.Send(new CutLinkedSignIns(issuer ?? "", HttpContext.Actor()), ct);
        TempData["Done"] = "It no longer signs in to your account.";
        return Redirect("/account");
    }

    public async Task ShowAgain(CancellationToken ct)
    {
        Account = await mediator.Send(new ReadAccount(HttpContext.Actor()), ct);
        Linked = await mediator.Send(new ListLinkedSignIns(HttpContext.Actor()), ct);
    }

    public string FieldOf(string field) => field == "" ? "" : $"Profile.{char.ToUpperInvariant(field[0])}{field[1..]}";
}
