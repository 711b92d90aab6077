using System.Globalization;
using AbstractReview.App.Call;
using AbstractReview.App.Decisions;
using AbstractReview.App.Reviews;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Submissions;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Committee;

/// <summary>What the scores can and cannot tell, row by row, with a decision at each. Filters and order are in the address.</summary>
[Authorize]
public sealed class StandingsModel(IMediator mediator) : PageModel, IShowAgain
{
    public const int Size = 100;

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Area { get; set; }

    /// <summary>A decision, or one of undecided, pending, incomplete, disagree, near.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Wish { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Falls { get; set; }

    [BindProperty(SupportsGet = true)]
    public StandingOrder Sort { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Reverse { get; set; }

    [BindProperty(SupportsGet = true)]
    public int At { get; set; } = 1;

    public StandingPage Result { get; private set; } = null!;
    public ReviewRules Rules { get; private set; } = null!;
    public IReadOnlyDictionary<string, AreaLine> Lines { get; private set; } = new Dictionary<string, AreaLine>();
    public ScoreAxis Axis { get; private set; } = null!;

    public bool Narrowed => !string.IsNullOrEmpty(Q) || !string.IsNullOrEmpty(Area) || !string.IsNullOrEmpty(Show) || !string.IsNullOrEmpty(Wish) || Falls;

    public Task OnGetAsync(CancellationToken ct) => ShowAgain(ct);

    /// <summary>One row's button: the submission and the version that its row showed, as <c>12:7</c>.</summary>
    public async Task<IActionResult> OnPostAsync(string decide, CancellationToken ct)
    {
        var parts = decide.Split(':');
        if (parts.Length != 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            return BadRequest();
        if (Enum.TryParse<DecisionKind>(Request.Form[$"kind-{number}"], out var kind) && Enum.IsDefined(kind))
        {
            await mediator.Send(new Decide(number, kind, null, HttpContext.Actor()) { Version = version }, ct);
            TempData["Done"] = $"Submission {number}: {kind.Words()}, pending until decisions are published.";
        }
        else
        {
            await mediator.Send(new UndoDecision(number, HttpContext.Actor()) { Version = version }, ct);
            TempData["Done"] = $"The decision on submission {number} is taken back.";
        }

        return Redirect($"{Address(At)}#s{number}");
    }

    public async Task ShowAgain(CancellationToken ct)
    {
        var by = HttpContext.Actor();
        At = Math.Clamp(At, 1, 1_000_000);
        Result = await mediator.Send(new ReadStandings(Filter(), by), ct);
        Rules = (await mediator.Send(new ReadFrame(by), ct)).Conference!.Review;
        Axis = new ScoreAxis(Rules.ScoreMin, Rules.ScoreMax, 160);
        Lines = Result.Lines.ToDictionary(l => l.AreaCode);
    }

    public string FieldOf(string field) => "";

    /// <summary>What may be chosen for a row: taking back only while pending.</summary>
    public static IEnumerable<string> Kinds(StandingView s) => s.Decision is null || s.Pending ? Enum.GetNames<DecisionKind>().Prepend("") : Enum.GetNames<DecisionKind>();

    public static bool MayDecide(StandingView s) => s.MayDecide && s.State.May(Verb.Decide);

    /// <summary>This row is the last within the slots of the area, by calibrated score, and the list shows that order.</summary>
    public bool LineBelow(int row)
    {
        if (string.IsNullOrEmpty(Area) || Sort != StandingOrder.Calibrated || Reverse || Lines.GetValueOrDefault(Area)?.Score is not { } line) return false;
        return Result.Items[row].Calibrated > line && (row + 1 == Result.Items.Count ? Result.Total > At * Size : !(Result.Items[row + 1].Calibrated > line));
    }

    public string Address(int page) => Query(("At", page == 1 ? null : page.ToString(CultureInfo.InvariantCulture)), ("Sort", Sort == default ? null : Sort.ToString()), ("Reverse", Reverse ? "true" : null));

    /// <summary>The same rows in another order; the present one turned around.</summary>
    public string Sorted(StandingOrder order) => Query(("Sort", order == default ? null : order.ToString()), ("Reverse", order == Sort && !Reverse ? "true" : null));

    public string? Direction(StandingOrder order)
        => order != Sort ? null : Reverse ^ order is StandingOrder.Number or StandingOrder.Title or StandingOrder.Area ? "ascending" : "descending";

    /// <summary>These rows as a file.</summary>
    public string File(string ending)
    {
        var f = Filter();
        var query = new QueryBuilder();
        foreach (var (name, value) in new[]
        {
            ("area", f.Area), ("q", f.Search), ("decision", f.Decision?.ToString()), ("state", f.State?.ToString()), ("presentation", f.Presentation), ("undecided", Flag(f.Undecided)), ("disagreement", Flag(f.Disagreement)),
            ("incomplete", Flag(f.Incomplete)), ("near", Flag(f.Near)), ("falls", Flag(f.Falls)), ("sort", Sort.ToString()), ("reverse", Flag(Reverse)),
        })
            if (!string.IsNullOrEmpty(value)) query.Add(name, value);
        return $"/api/v1/standings.{ending}{query}";
    }

    private static string? Flag(bool on) => on ? "true" : null;

    private StandingFilter Filter() => new()
    {
        Search = Q, Area = Area, Falls = Falls, Presentation = Wish, Order = Sort, Reverse = Reverse, Skip = (At - 1) * Size, Take = Size,
        Undecided = Show == "undecided", Incomplete = Show == "incomplete", Disagreement = Show == "disagree", Near = Show == "near",
        State = Show == "pending" ? SubmissionState.Decided : null,
        Decision = Enum.TryParse<DecisionKind>(Show, out var kind) && Enum.IsDefined(kind) ? kind : null,
    };

    private string Query(params (string Name, string? Value)[] more)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in new[] { ("Q", Q), ("Area", Area), ("Show", Show), ("Wish", Wish), ("Falls", Falls ? "true" : null) }.Concat(more))
            if (!string.IsNullOrEmpty(value)) query.Add(name, value);
        return $"/committee/standings{query}";
    }
}
