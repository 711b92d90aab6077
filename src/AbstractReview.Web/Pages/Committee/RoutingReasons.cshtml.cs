using AbstractReview.App.Routing;
using AbstractReview.Domain.Routing;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Committee;

/// <summary>Why these reviewers for one submission, who else could, who could not; edited by hand.</summary>
[Authorize]
public sealed class RoutingReasonsModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    public ProposalView Proposal { get; private set; } = null!;
    public SubmissionReasons Reasons { get; private set; } = null!;

    public bool MayEdit => Proposal is { State: ProposalState.Proposed, Current: true };

    public Task OnGet(CancellationToken ct) => ShowAgain(ct);

    public async Task<IActionResult> OnPost(int proposal, int version, ProposalEdit edit, int reviewer, CancellationToken ct)
    {
        var effect = await mediator.Send(new EditProposal(proposal, edit, Number, reviewer, version, HttpContext.Actor()), ct);
        TempData["Done"] = FormattableString.Invariant(
            $"{effect.Words} Floor {effect.FloorBefore:0.000} → {effect.FloorAfter:0.000}, total {effect.TotalBefore:0.00} → {effect.TotalAfter:0.00}, missing reviews {effect.MissingAfter}.");
        return RedirectToPage(new { Number });
    }

    public async Task<IActionResult> OnPostDismiss(int reviewer, ConflictKind kind, CancellationToken ct)
    {
        await mediator.Send(new DismissConflict(Number, reviewer, kind, HttpContext.Actor()), ct);
        TempData["Done"] = "Dismissed for good. Propose again to make use of it.";
        return RedirectToPage(new { Number });
    }

    public async Task ShowAgain(CancellationToken ct)
    {
        Proposal = await mediator.Send(new ReadProposal(null, HttpContext.Actor()), ct);
        Reasons = await mediator.Send(new ReadReasons(Proposal.Id, Number, HttpContext.Actor()), ct);
    }

    string IShowAgain.FieldOf(string field) => "";
}
