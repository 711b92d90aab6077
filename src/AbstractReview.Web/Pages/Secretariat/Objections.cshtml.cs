using AbstractReview.App.Submissions;
using AbstractReview.Web.Accounts;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Secretariat;

/// <summary>Authors who do not agree to being named.</summary>
[Authorize(Policies.Secretariat)]
public sealed class ObjectionsModel(IMediator mediator) : PageModel, IShowAgain
{
    public IReadOnlyList<ObjectionRow> Objections { get; private set; } = [];

    public Task OnGetAsync(CancellationToken ct) => ShowAgain(ct);

    public async Task<IActionResult> OnPostAsync(int id, string? settlement, CancellationToken ct)
    {
        await mediator.Send(new SettleObjection(id, settlement ?? "", HttpContext.Actor()), ct);
        TempData["Done"] = "The objection is settled.";
        return Redirect("/secretariat/objections");
    }

    public async Task ShowAgain(CancellationToken ct) => Objections = await mediator.Send(new ListObjections(HttpContext.Actor()), ct);

    public string FieldOf(string field) => "";
}
