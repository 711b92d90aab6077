using AbstractReview.App.Call;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using AbstractReview.Domain.Submissions;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Submissions;

/// <summary>Check your answers, then submit.</summary>
[Authorize]
public sealed class CheckModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    public SubmissionView View { get; private set; } = null!;
    public string AreaTitle { get; private set; } = "";
    public bool TakesFiles { get; private set; }
    /// <summary>What is missing before it can be submitted.</summary>
    public IReadOnlyList<FieldError> Missing { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        await ShowAgain(ct);
        return View.May.Submit ? Page() : Redirect($"/submissions/{Number}");
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await mediator.Send(new SubmitSubmission(Number, HttpContext.Actor()), ct);
        return Redirect($"/submissions/{Number}/submitted");
    }

    public async Task ShowAgain(CancellationToken ct)
    {
        View = await mediator.Send(new ReadSubmission(Number, HttpContext.Actor()), ct);
        var conference = (await mediator.Send(new ReadFrame(HttpContext.Actor()), ct)).Conference!;
        AreaTitle = conference.Area(View.AreaCode)?.Title ?? "";
        TakesFiles = conference.Limits.Attachments > 0;
        Missing = ContentRules.CheckComplete(EditModel.Content(View), conference);
    }

    // The fields are on the form, one page before.
    public string FieldOf(string field) => "";
}
