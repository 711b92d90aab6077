using AbstractReview.App.Submissions;
using AbstractReview.Web.Accounts;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Secretariat;

/// <summary>Submissions whose texts look alike; two of them word by word where the address names them.</summary>
[Authorize(Policies.Secretariat)]
public sealed class DuplicatesModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty(SupportsGet = true)]
    public bool Dismissed { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? One { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Other { get; set; }

    public IReadOnlyList<DuplicatePair> Pairs { get; private set; } = [];
    public IReadOnlyList<FieldChange>? Changes { get; private set; }

    public Task OnGetAsync(CancellationToken ct) => ShowAgain(ct);

    public async Task<IActionResult> OnPostAsync(int number, int otherNumber, string? reason, CancellationToken ct)
    {
        await mediator.Send(new DismissDuplicate(number, otherNumber, reason ?? "", HttpContext.Actor()), ct);
        TempData["Done"] = $"Submissions {otherNumber} and {number} are settled.";
        return Redirect("/secretariat/duplicates");
    }

    public async Task ShowAgain(CancellationToken ct)
    {
        Pairs = await mediator.Send(new ListDuplicates(Dismissed, HttpContext.Actor()), ct);
        if (One is { } one && Other is { } other) Changes = await mediator.Send(new CompareSubmissions(one, other, HttpContext.Actor()), ct);
    }

    public string FieldOf(string field) => "";
}
