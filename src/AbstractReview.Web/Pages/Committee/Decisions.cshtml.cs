using AbstractReview.App.Decisions;
using AbstractReview.App.Reviews;
using AbstractReview.Domain;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Committee;

/// <summary>What publishing would tell, what waits for a second pair of eyes, and the button that tells it.</summary>
[Authorize]
public sealed class DecisionsModel(IMediator mediator) : PageModel, IShowAgain
{
    public PendingDecisions Pending { get; private set; } = null!;

    public bool MayPublish => Access.MayPublishDecisions(HttpContext.Actor());

    public Task OnGetAsync(CancellationToken ct) => ShowAgain(ct);

    public async Task<IActionResult> OnPostPublishAsync(string? expected, CancellationToken ct)
    {
        var count = await mediator.Send(new PublishDecisions(HttpContext.Actor()) { Expected = expected ?? "" }, ct);
        TempData["Done"] = count == 0 ? "There was nothing left to publish." : $"{Words(count)} published; {(count == 1 ? "its letter is" : "their letters are")} being written.";
        return Redirect("/committee/decisions");
    }

    public async Task<IActionResult> OnPostUndoAsync(string undo, CancellationToken ct)
    {
        var (number, version) = Seen(undo);
        await mediator.Send(new UndoDecision(number, HttpContext.Actor()) { Version = version }, ct);
        TempData["Done"] = $"The decision on submission {number} is taken back.";
        return Redirect("/committee/decisions");
    }

    /// <summary>Each box is a submission and the version that its row showed, as <c>12:7</c>.</summary>
    public async Task<IActionResult> OnPostSecondAsync(string[] agree, CancellationToken ct)
    {
        var count = await mediator.Send(new SecondDecisions(agree.Select(Seen).Select(s => new SeenDecision(s.Number, s.Version)).ToList(), HttpContext.Actor()), ct);
        TempData["Done"] = $"You agreed to {(count == 1 ? "1 decision" : $"{count} decisions")}.";
        return Redirect("/committee/decisions");
    }

    public async Task ShowAgain(CancellationToken ct) => Pending = await mediator.Send(new ReadDecisions(HttpContext.Actor()), ct);

    public string FieldOf(string field) => "";

    public static string Words(int count) => count == 1 ? "1 decision is" : $"{count} decisions are";

    public bool MaySecond(StandingView s) => Pending.ToSecond.Contains(s);

    private static (int Number, int Version) Seen(string text)
    {
        var parts = text.Split(':');
        return parts.Length == 2 && int.TryParse(parts[0], out var number) && int.TryParse(parts[1], out var version)
            ? (number, version)
            : throw new RuleBrokenException("This row cannot be read. Load the page again.");
    }
}
