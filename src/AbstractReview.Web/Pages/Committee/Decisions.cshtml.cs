using AbstractReview.App.Decisions;
using AbstractReview.App.Reviews;
using AbstractReview.Domain;
using AbstractReview.Domain.Submissions;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Committee;

/// <summary>What publishing would tell, and the button that tells it.</summary>
[Authorize]
public sealed class DecisionsModel(IMediator mediator) : PageModel, IShowAgain
{
    public IReadOnlyList<StandingView> Pending { get; private set; } = [];

    public bool MayPublish => Access.MayPublishDecisions(HttpContext.Actor());

    public Task OnGetAsync(CancellationToken ct) => ShowAgain(ct);

    public async Task<IActionResult> OnPostPublishAsync(CancellationToken ct)
    {
        TempData["Done"] = $"{await mediator.Send(new PublishDecisions(HttpContext.Actor()), ct)} decisions are published; their letters are being written.";
        return Redirect("/committee/decisions");
    }

    public async Task<IActionResult> OnPostUndoAsync(int number, CancellationToken ct)
    {
        await mediator.Send(new UndoDecision(number, HttpContext.Actor()), ct);
        TempData["Done"] = $"The decision on submission {number} is taken back.";
        return Redirect("/committee/decisions");
    }

    public async Task ShowAgain(CancellationToken ct)
    {
        var pending = new List<StandingView>();
        StandingPage page;
        do
        {
            var filter = new StandingFilter { State = SubmissionState.Decided, Order = StandingOrder.Number, Skip = pending.Count, Take = StandingFilter.MaxTake };
            page = await mediator.Send(new ReadStandings(filter, HttpContext.Actor()), ct);
            pending.AddRange(page.Items);
        }
        while (page.Items.Count > 0 && pending.Count < page.Total);
        Pending = pending.Where(s => s.Pending).ToList();
    }

    public string FieldOf(string field) => "";
}
