using AbstractReview.App.Reviews;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Reviews;

/// <summary>What a reviewer wrote in one review, step by step.</summary>
[Authorize]
public sealed class ReviewHistoryModel(IMediator mediator) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    public IReadOnlyList<ReviewRevisionView> Revisions { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => Revisions = await mediator.Send(new ReadReviewHistory(Number, HttpContext.Actor()), ct);
}
