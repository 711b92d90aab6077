using AbstractReview.App.Reviewers;
using AbstractReview.Domain;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace AbstractReview.Web.Pages.Reviews;

/// <summary>A reviewer declares conflicts of interest and takes them back.</summary>
[Authorize]
public sealed class ConflictsModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty(SupportsGet = true, Name = "n")]
    public int? Number { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public ConflictsView View { get; private set; } = null!;

    public IEnumerable<SelectListItem> Choices => View.Choices.Select(c => new SelectListItem($"{c.Number} {c.Title}", c.Number.ToString(System.Globalization.CultureInfo.InvariantCulture))).Prepend(new SelectListItem("Choose a submission", ""));

    public Task OnGet(CancellationToken ct) => ShowAgain(ct);

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (Number is not { } number) throw new RuleBrokenException("number", "Choose a submission.");
        await mediator.Send(new DeclareConflicts([new DeclaredConflict { Number = number, Reason = Reason ?? "" }], Replace: false, HttpContext.Actor()), ct);
        TempData["Done"] = $"Declared. You will not be given submission {number}.";
        return RedirectToPage(new { n = (int?)null });
    }

    public async Task<IActionResult> OnPostTakeBack(int number, CancellationToken ct)
    {
        var view = await mediator.Send(new ReadConflicts(HttpContext.Actor()), ct);
        await mediator.Send(new DeclareConflicts(view.Declared.Where(d => d.Number != number).Select(d => new DeclaredConflict { Number = d.Number, Reason = d.Reason }).ToList(), Replace: true, HttpContext.Actor()), ct);
        TempData["Done"] = $"The conflict with submission {number} is taken back.";
        return RedirectToPage(new { n = (int?)null });
    }

    public async Task ShowAgain(CancellationToken ct) => View = await mediator.Send(new ReadConflicts(HttpContext.Actor()), ct);

    string IShowAgain.FieldOf(string field) => field == "number" ? "n" : field == "conflicts" ? nameof(Reason) : "";
}
