using AbstractReview.App.Call;
using AbstractReview.App.Jobs;
using AbstractReview.App.Storage;
using AbstractReview.Web.Rehearsals;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Committee;

/// <summary>Has anonymity rehearsed and shows where it held and where not.</summary>
[Authorize(Policy = Accounts.Policies.RunsConference)]
public sealed class RehearsalModel(IMediator mediator) : PageModel
{
    public JobStatus? Job { get; private set; }
    public bool Running => Job is { State: "Queued" or "Running" };
    internal RehearsalReport? Report { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        Job = await mediator.Send(new ReadRehearsal(HttpContext.Actor()), ct);
        if (Job?.Result is { } result) Report = Json.Read<RehearsalReport>(result.GetRawText());
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await mediator.Send(new RehearseAnonymity(HttpContext.Actor()), ct);
        return Redirect("/committee/rehearsal");
    }
}
