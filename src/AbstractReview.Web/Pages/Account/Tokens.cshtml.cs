using AbstractReview.App.Accounts;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace AbstractReview.Web.Pages.Account;

/// <summary>Tokens for programs: made, shown once, revoked.</summary>
[Authorize]
public sealed class TokensModel(IMediator mediator, TimeProvider clock) : PageModel, IShowAgain
{
    public static IReadOnlyList<SelectListItem> ScopeChoices { get; } = [new("Read only", "read"), new("Read and write", "read write")];
    public static IReadOnlyList<SelectListItem> DayChoices { get; } = [new("30 days", "30"), new("90 days", "90"), new("a year", "365")];

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Scopes { get; set; } = "read";

    [BindProperty]
    public int Days { get; set; } = 90;

    public DateTimeOffset Now => clock.GetUtcNow();
    public IReadOnlyList<OwnToken> Tokens { get; private set; } = [];

    /// <summary>The token just made.</summary>
    public string? Made { get; private set; }

    public Task OnGetAsync(CancellationToken ct) => ShowAgain(ct);

    public async Task OnPostAsync(CancellationToken ct)
    {
        var by = HttpContext.Actor();
        Made = await mediator.Send(new IssueToken(by.PersonId, Name ?? "", Scopes ?? "", Now.AddDays(Math.Clamp(Days, 1, 365)), by), ct);
        await ShowAgain(ct);
    }

    public async Task<IActionResult> OnPostRevokeAsync(int id, CancellationToken ct)
    {
        await mediator.Send(new RevokeToken(id, HttpContext.Actor()), ct);
        TempData["Done"] = "The token no longer works.";
        return Redirect("/account/tokens");
    }

    public async Task ShowAgain(CancellationToken ct) => Tokens = await mediator.Send(new ListTokens(HttpContext.Actor()), ct);

    public string FieldOf(string field) => field switch { "name" => "Name", "scopes" => "Scopes", _ => field };
}
