using AbstractReview.App.Book;
using AbstractReview.App.Submissions;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Submissions;

/// <summary>The page as the book will print it, and what its authors should look at first.</summary>
[Authorize]
public sealed class ProofModel(IMediator mediator) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    public SubmissionView View { get; private set; } = null!;
    public IReadOnlyList<string> Warnings { get; private set; } = [];
    public int Pages { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        View = await mediator.Send(new ReadSubmission(Number, HttpContext.Actor()), ct);
        var proof = await mediator.Send(new PageProof(Number, HttpContext.Actor()), ct);
        (Warnings, Pages) = (proof.Warnings, proof.Pages);
    }
}
