using AbstractReview.App.Reviews;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Reviews;

/// <summary>What waits for a reviewer.</summary>
[Authorize]
public sealed class QueueModel(IMediator mediator) : PageModel
{
    public ReviewQueue Queue { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken ct) => Queue = await mediator.Send(new ReadQueue(HttpContext.Actor()), ct);
}
