using AbstractReview.App.Decisions;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Committee;

/// <summary>How far every area is, and what needs a person today.</summary>
[Authorize]
public sealed class OverviewModel(IMediator mediator) : PageModel
{
    public Overview Overview { get; private set; } = new([], []);

    public async Task OnGetAsync(CancellationToken ct) => Overview = await mediator.Send(new ReadOverview(HttpContext.Actor()), ct);
}
