using AbstractReview.App.Call;
using AbstractReview.App.Jobs;
using AbstractReview.App.Routing;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Web.Pages.Shell;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Committee;

/// <summary>The chair proposes, looks, and applies a routing.</summary>
[Authorize]
public sealed class RoutingModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty(SupportsGet = true, Name = "job")]
    public int? JobId { get; set; }

    [BindProperty]
    public bool Fresh { get; set; }

    [BindProperty]
    public IFormFile? Csv { get; set; }

    public ProposalView? Proposal { get; private set; }
    public ProgressModel? Progress { get; private set; }
    public Conference Conference { get; private set; } = null!;

    public Task OnGet(CancellationToken ct) => ShowAgain(ct);

    public async Task<IActionResult> OnPost(int? basedOn, CancellationToken ct)
        => RedirectToPage(new { job = await mediator.Send(new ProposeRouting(Fresh, basedOn, HttpContext.Actor()), ct) });

    public async Task<IActionResult> OnPostApply(int proposal, CancellationToken ct)
    {
        var applied = await mediator.Send(new ApplyRouting(proposal, HttpContext.Actor()), ct);
        TempData["Done"] = $"Applied: {applied.Assigned} review{(applied.Assigned == 1 ? "" : "s")} assigned to {applied.Reviewers} reviewer{(applied.Reviewers == 1 ? "" : "s")}, {applied.Released} released. Each reviewer gets one mail.";
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostImport(CancellationToken ct)
    {
        if (Csv is null) throw new RuleBrokenException("file", "Choose a file first.");
        using var text = new StreamReader(Csv.OpenReadStream());
        var id = await mediator.Send(new ImportAssignments(await text.ReadToEndAsync(ct), HttpContext.Actor()), ct);
        TempData["Done"] = $"The file is proposal {id}. Nothing is assigned until you apply it.";
        return RedirectToPage();
    }

    public async Task<IActionResult> OnGetExport(CancellationToken ct)
        => File(System.Text.Encoding.UTF8.GetBytes(await mediator.Send(new ExportAssignments(HttpContext.Actor()), ct)), "text/csv; charset=utf-8", "assignments.csv");

    public async Task ShowAgain(CancellationToken ct)
    {
        var by = HttpContext.Actor();
        Access.Require(Access.MayRoute(by), "see the routing");
        Conference = (await mediator.Send(new ReadFrame(by), ct)).Conference ?? throw new NotFoundException("There is no conference yet.");
        if (JobId is { } job && await mediator.Send(new ReadJob(job, by), ct) is { State: not "Done" } status)
            Progress = new ProgressModel
            {
                Title = "Proposing who reviews what", Done = status.Done, Total = status.Total, State = status.State, Message = status.Message,
                EventsUrl = FormattableString.Invariant($"/api/v1/jobs/{job}/events"),
            };
        try
        {
            Proposal = await mediator.Send(new ReadProposal(null, by), ct);
        }
        catch (NotFoundException)
        {
            // None yet: the page says what will be here.
        }
    }

    string IShowAgain.FieldOf(string field) => field == "file" ? nameof(Csv) : "";

    /// <summary>1 to 12, by the area's place in the call.</summary>
    public string Hue(string area) => FormattableString.Invariant($"hue-{Conference.Areas.ToList().FindIndex(a => a.Code == area) % 12 + 1}");

    /// <summary>How many reviewers have how many reviews, before and after.</summary>
    public IReadOnlyList<(int Load, int Before, int After)> Loads()
    {
        var reviewers = Proposal!.Document.Reviewers;
        return Enumerable.Range(0, reviewers.Max(r => Math.Max(r.Before, r.After)) + 1)
            .Select(load => (load, reviewers.Count(r => r.Before == load), reviewers.Count(r => r.After == load))).ToList();
    }

    /// <summary>"Apply: assign 264 reviews to 44 reviewers"; without figures when it only pins or forbids, or when what it assigns is hidden from the reader.</summary>
    public string ApplyWords()
    {
        var p = Proposal!;
        if (p.Assigns + p.Releases == 0) return "Apply this proposal";
        var assign = $"assign {p.Assigns} review{(p.Assigns == 1 ? "" : "s")} to {p.ReviewersAffected} reviewer{(p.ReviewersAffected == 1 ? "" : "s")}";
        return p.Releases == 0 ? $"Apply: {assign}" : $"Apply: {assign}, release {p.Releases}";
    }
}
