using System.ComponentModel.DataAnnotations;
using AbstractReview.App.Submissions;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Submissions;

/// <summary>Withdrawing a submission, or declining to present an accepted one: asked on a page of its own, with the reason.</summary>
[Authorize]
public sealed class LeaveModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    /// <summary><c>withdraw</c> or <c>decline</c>.</summary>
    [BindProperty(SupportsGet = true)]
    public string Way { get; set; } = "withdraw";

    [BindProperty, DataType(DataType.MultilineText)]
    public string? Reason { get; set; }

    public bool Withdraws => Way == "withdraw";
    public SubmissionView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        await ShowAgain(ct);
        return (Withdraws ? View.May.Withdraw : View.May.Decline) ? Page() : Redirect($"/submissions/{Number}");
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Withdraws) await mediator.Send(new WithdrawSubmission(Number, Reason ?? "", HttpContext.Actor()), ct);
        else await mediator.Send(new DeclineParticipation(Number, Reason ?? "", HttpContext.Actor()), ct);
        TempData["Done"] = Withdraws ? "The submission is withdrawn." : "You declined to take part.";
        return Redirect($"/submissions/{Number}");
    }

    public async Task ShowAgain(CancellationToken ct) => View = await mediator.Send(new ReadSubmission(Number, HttpContext.Actor()), ct);

    public string FieldOf(string field) => field == "reason" ? "Reason" : "";
}
