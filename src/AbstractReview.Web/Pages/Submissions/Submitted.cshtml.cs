using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Submissions;

/// <summary>The receipt on screen: number, time, and the hash of what was taken.</summary>
[Authorize]
public sealed class SubmittedModel(IMediator mediator) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    public SubmissionView View { get; private set; } = null!;
    public RevisionView Newest { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken ct)
    {
        View = await mediator.Send(new ReadSubmission(Number, HttpContext.Actor()), ct);
        var history = await mediator.Send(new ReadHistory(Number, HttpContext.Actor()), ct);
        Newest = history.Count > 0 ? history[0] : throw new NotFoundException($"Submission {Number} is not submitted yet.");
    }
}
