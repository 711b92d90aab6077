using AbstractReview.App.Submissions;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Submissions;

/// <summary>Every revision and what each changed.</summary>
[Authorize]
public sealed class HistoryModel(IMediator mediator) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    public IReadOnlyList<RevisionView> Revisions { get; private set; } = [];

    public bool MayReadReceipts { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        Revisions = await mediator.Send(new ReadHistory(Number, HttpContext.Actor()), ct);
        MayReadReceipts = (await mediator.Send(new ReadSubmission(Number, HttpContext.Actor()), ct)).May.ReadReceipt;
    }
}
