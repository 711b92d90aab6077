using System.Globalization;
using AbstractReview.App.Reviews;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Committee;

/// <summary>One submission's standing and reviews, for who judges it.</summary>
[Authorize]
public sealed class SubmissionModel(IMediator mediator) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    public StandingView Standing { get; private set; } = null!;
    public IReadOnlyList<ReviewView> Reviews { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        Standing = await mediator.Send(new ReadStanding(Number, HttpContext.Actor()), ct);
        Reviews = await mediator.Send(new ReadReviews(Number, HttpContext.Actor()), ct);
    }

    public string Words(double? score) => score?.ToString("0.00", CultureInfo.InvariantCulture) ?? "–";
}
