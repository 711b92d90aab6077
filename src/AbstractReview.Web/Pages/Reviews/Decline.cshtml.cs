using AbstractReview.App.Reviews;
using AbstractReview.Domain;
using AbstractReview.Domain.Reviews;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace AbstractReview.Web.Pages.Reviews;

/// <summary>A reviewer gives a submission back, with the reason.</summary>
[Authorize]
public sealed class DeclineModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    [BindProperty]
    public DeclineReason? Reason { get; set; }

    [BindProperty]
    public string? Note { get; set; }

    public string Title { get; private set; } = "";

    public IReadOnlyList<SelectListItem> Reasons { get; } =
    [
        new("I have a conflict of interest", nameof(DeclineReason.Conflict)),
        new("It is outside what I know", nameof(DeclineReason.Expertise)),
        new("I have no time", nameof(DeclineReason.Time)),
    ];

    public Task OnGetAsync(CancellationToken ct) => ShowAgain(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Reason is not { } reason) throw new RuleBrokenException("reason", "Please say why.");
        await mediator.Send(new DeclineAssignment(Number, reason, Note ?? "", HttpContext.Actor()), ct);
        TempData["Done"] = $"You gave submission {Number} back.";
        return Redirect("/reviews");
    }

    public async Task ShowAgain(CancellationToken ct) => Title = (await mediator.Send(new ReadMyReview(Number, HttpContext.Actor()), ct)).Title;

    public string FieldOf(string field) => field switch { "reason" => "Reason", "note" => "Note", _ => "" };
}
