using System.Globalization;
using AbstractReview.App.Call;
using AbstractReview.App.Decisions;
using AbstractReview.App.Reviews;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Submissions;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Committee;

/// <summary>What the scores can and cannot tell, row by row, with a decision at each.</summary>
[Authorize]
public sealed class StandingsModel(IMediator mediator) : PageModel, IShowAgain
{
    private const int Size = 50;

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Area { get; set; }

    [BindProperty(SupportsGet = true)]
    public StandingOrder Sort { get; set; }

    [BindProperty(SupportsGet = true)]
    public int At { get; set; } = 1;

    public StandingPage Result { get; private set; } = null!;
    public IReadOnlyList<string> Areas { get; private set; } = [];
    private ReviewRules Rules { get; set; } = null!;

    public Task OnGetAsync(CancellationToken ct) => ShowAgain(ct);

    public async Task<IActionResult> OnPostAsync(int number, DecisionKind kind, CancellationToken ct)
    {
        await mediator.Send(new Decide(number, kind, "", HttpContext.Actor()), ct);
        TempData["Done"] = $"Submission {number}: {kind.Words()}, pending until decisions are published.";
        return Redirect(Address(At));
    }

    public async Task ShowAgain(CancellationToken ct)
    {
        var by = HttpContext.Actor();
        At = Math.Max(1, At);
        Result = await mediator.Send(new ReadStandings(new StandingFilter { Search = Q, Area = Area, Order = Sort, Skip = (At - 1) * Size, Take = Size }, by), ct);
        Rules = (await mediator.Send(new ReadFrame(by), ct)).Conference!.Review;
        Areas = Result.Lines.Select(l => l.AreaCode).ToList();
    }

    public string FieldOf(string field) => "";

    public bool MayDecide(StandingView s) => HttpContext.Actor().ChairsArea(s.AreaCode) && s.State.May(Verb.Decide);

    public string Number(double? score) => score?.ToString("0.00", CultureInfo.InvariantCulture) ?? "–";

    /// <summary>Where a score stands on the plot's 160 points; what lies outside the scale stands at its end.</summary>
    public string X(double score)
        => (6 + 148 * (Math.Clamp(score, Rules.ScoreMin, Rules.ScoreMax) - Rules.ScoreMin) / (Rules.ScoreMax - Rules.ScoreMin)).ToString("0.#", CultureInfo.InvariantCulture);

    public string Address(int page)
        => string.Create(CultureInfo.InvariantCulture, $"/committee/standings?At={page}&Sort={Sort}&Area={Uri.EscapeDataString(Area ?? "")}&Q={Uri.EscapeDataString(Q ?? "")}");
}
