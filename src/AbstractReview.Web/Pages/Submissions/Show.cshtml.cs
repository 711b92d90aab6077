using AbstractReview.App.Submissions;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Submissions;

/// <summary>One submission: its text, where it stands, and what its reader may do next.</summary>
[Authorize]
public sealed class ShowModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    public SubmissionView View { get; private set; } = null!;

    public Task OnGetAsync(CancellationToken ct) => ShowAgain(ct);

    public async Task<IActionResult> OnPostConfirmAsync(CancellationToken ct)
    {
        await mediator.Send(new ConfirmParticipation(Number, HttpContext.Actor()), ct);
        TempData["Done"] = "Thank you: your participation is confirmed.";
        return Redirect($"/submissions/{Number}");
    }

    public async Task ShowAgain(CancellationToken ct) => View = await mediator.Send(new ReadSubmission(Number, HttpContext.Actor()), ct);

    public string FieldOf(string field) => "";
}
