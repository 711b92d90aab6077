using AbstractReview.App.Submissions;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Submissions;

/// <summary>Answers the form's question for known spellings of an institution.</summary>
[Authorize]
public sealed class AffiliationsModel(IMediator mediator) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string? q, CancellationToken ct)
        => new JsonResult(await mediator.Send(new SuggestAffiliations(q ?? "", HttpContext.Actor()), ct));
}
