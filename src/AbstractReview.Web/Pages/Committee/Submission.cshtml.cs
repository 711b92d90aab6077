using System.Text.Json;
using AbstractReview.App.Audit;
using AbstractReview.App.Call;
using AbstractReview.App.Decisions;
using AbstractReview.App.Reviews;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Submissions;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Committee;

/// <summary>One submission's standing and reviews, the decision on it and who did what, for who judges it and the secretariat.</summary>
[Authorize]
public sealed class SubmissionModel(IMediator mediator) : PageModel, IShowAgain
{
    private const int Entries = 50;

    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    [BindProperty]
    public DecisionKind? Kind { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public int Version { get; set; }

    public StandingView Standing { get; private set; } = null!;
    public SubmissionView Submission { get; private set; } = null!;
    public IReadOnlyList<ReviewView> Reviews { get; private set; } = [];
    public ReviewRules Rules { get; private set; } = null!;
    public ScoreAxis Axis { get; private set; } = null!;
    public AuditPage? Audit { get; private set; }

    public bool MayDecide => Standing.MayDecide && Standing.State.May(Verb.Decide);

    public bool MaySecond => Rules.TwoChairs && Standing is { Pending: true, MayDecide: true, SecondedById: null } && Standing.DecidedById != HttpContext.Actor().PersonId;

    public async Task OnGetAsync(CancellationToken ct)
    {
        await ShowAgain(ct);
        (Kind, Reason) = (Standing.Decision, Standing.Pending ? Standing.DecisionReason : "");
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Kind is not { } kind) throw new RuleBrokenException("kind", "Choose a decision.");
        await mediator.Send(new Decide(Number, kind, Reason ?? "", HttpContext.Actor()) { Version = Version }, ct);
        return Back($"{char.ToUpperInvariant(kind.Words()[0])}{kind.Words()[1..]}, pending until decisions are published.");
    }

    public async Task<IActionResult> OnPostUndoAsync(CancellationToken ct)
    {
        await mediator.Send(new UndoDecision(Number, HttpContext.Actor()) { Version = Version }, ct);
        return Back("The decision is taken back.");
    }

    public async Task<IActionResult> OnPostSecondAsync(CancellationToken ct)
    {
        await mediator.Send(new SecondDecisions([new SeenDecision(Number, Version)], HttpContext.Actor()), ct);
        return Back("You agreed to the decision.");
    }

    public async Task ShowAgain(CancellationToken ct)
    {
        var by = HttpContext.Actor();
        Standing = await mediator.Send(new ReadStanding(Number, by), ct);
        Submission = await mediator.Send(new ReadSubmission(Number, by), ct);
        Reviews = await mediator.Send(new ReadReviews(Number, by), ct);
        Rules = (await mediator.Send(new ReadFrame(by), ct)).Conference!.Review;
        Axis = new ScoreAxis(Rules.ScoreMin, Rules.ScoreMax, 320);
        if (Access.MayReadAudit(by)) Audit = await mediator.Send(new ListAudit("submission", Number.ToString(System.Globalization.CultureInfo.InvariantCulture), null, 1, Entries, by), ct);
    }

    string IShowAgain.FieldOf(string field) => field switch { "kind" => nameof(Kind), "reason" => nameof(Reason), _ => "" };

    /// <summary>What an entry of the audit says, in words.</summary>
    public static string Words(AuditLine line) => line.Action switch
    {
        "submission.decided" when After(line) is { } a => $"decided {Text(a, "kind")}{From(a)}",
        "submission.undecided" => "took the decision back",
        "decision.seconded" when After(line) is { } a => $"agreed to {Text(a, "kind")}",
        "decision.published" when After(line) is { } a => $"published {Text(a, "kind")}",
        "reviewers.read" => "read who reviews it",
        "review.submitted" => "handed a review in",
        "review.saved" => "saved a review",
        "review.reopened" => "took a review back to write on",
        "assignment.declined" => "declined to review",
        _ => line.Action[(line.Action.IndexOf('.', StringComparison.Ordinal) + 1)..].Replace('.', ' ') + (line.Action.StartsWith("submission.", StringComparison.Ordinal) ? "" : $" ({line.Action.Split('.')[0]})"),
    };

    private static JsonElement? After(AuditLine line) => line.AfterJson is null ? null : JsonSerializer.Deserialize<JsonElement>(line.AfterJson);

    private static string From(JsonElement after)
        => after.TryGetProperty("from", out var from) && from.ValueKind == JsonValueKind.Object && from.TryGetProperty("reviews", out var reviews)
            ? $" from a standing of {reviews} {(reviews.ToString() == "1" ? "review" : "reviews")}, calibrated {ScoreAxis.Words(from.TryGetProperty("calibrated", out var c) && c.ValueKind == JsonValueKind.Number ? c.GetDouble() : null)}, version {from.GetProperty("version")}, SHA-256 {Text(from, "hash")[..12]}…"
            : "";

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.ToString() : "";

    private RedirectResult Back(string done)
    {
        TempData["Done"] = done;
        return Redirect($"/committee/submissions/{Number}");
    }
}
