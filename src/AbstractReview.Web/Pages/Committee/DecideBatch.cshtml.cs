using AbstractReview.App.Call;
using AbstractReview.App.Decisions;
using AbstractReview.App.Reviews;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Reviews;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace AbstractReview.Web.Pages.Committee;

/// <summary>Many decisions by a rule or by file: first the difference, then, unchanged or not at all, its doing.</summary>
[Authorize]
public sealed class DecideBatchModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty(SupportsGet = true)]
    public RuleForm Rule { get; set; } = new();

    /// <summary>Short for <see cref="RuleForm.Area"/>, as links of other pages write it.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Area { get; set; }

    [BindProperty]
    public string? Csv { get; set; }

    [BindProperty]
    public IFormFile? Upload { get; set; }

    [BindProperty]
    public DecisionKind? AcceptedAs { get; set; }

    public DecisionBatch? Batch { get; private set; }
    public Conference Conference { get; private set; } = null!;
    public IReadOnlyList<Area> Areas { get; private set; } = [];

    /// <summary>What was previewed came by file.</summary>
    public bool ByFile { get; private set; }

    public Task OnGetAsync(CancellationToken ct)
    {
        Rule.Area ??= Area;
        return ShowAgain(ct);
    }

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => Preview(new DecisionWish { Rule = Rule.Read() }, ct);

    public async Task<IActionResult> OnPostFileAsync(CancellationToken ct)
    {
        ByFile = true;
        if (Upload is not null)
        {
            using var text = new StreamReader(Upload.OpenReadStream());
            Csv = await text.ReadToEndAsync(ct);
            ModelState.Remove(nameof(Csv));
        }

        return await Preview(FileWish(), ct);
    }

    public Task<IActionResult> OnPostApplyAsync(string expected, CancellationToken ct) => Apply(new DecisionWish { Rule = Rule.Read() }, expected, ct);

    public Task<IActionResult> OnPostApplyFileAsync(string expected, CancellationToken ct)
    {
        ByFile = true;
        return Apply(FileWish(), expected, ct);
    }

    public async Task ShowAgain(CancellationToken ct)
    {
        var by = HttpContext.Actor();
        Access.Require(by.OnCommittee, "decide on submissions");
        Conference = (await mediator.Send(new ReadFrame(by), ct)).Conference ?? throw new NotFoundException("There is no conference yet.");
        Areas = Conference.Areas.Where(a => by.ChairsArea(a.Code)).ToList();
    }

    string IShowAgain.FieldOf(string field)
        => field == "file" ? nameof(Csv) : field.StartsWith("rule.", StringComparison.Ordinal) ? $"Rule.{char.ToUpperInvariant(field[5])}{field[6..]}" : "";

    /// <summary>"TA1: 6 oral, 1 panel", for each area with limits.</summary>
    public IEnumerable<string> Places()
        => from area in Areas
           let places = new[] { DecisionKind.Oral, DecisionKind.Poster, DecisionKind.Panel }.Where(k => area.Places(k) is not null).Select(k => $"{area.Places(k)} {k.ToString().ToLowerInvariant()}").ToList()
           where places.Count > 0
           select $"{area.Code}: {string.Join(", ", places)}";

    public static IEnumerable<SelectListItem> Kinds(string? none)
        => Enum.GetValues<DecisionKind>().Select(k => new SelectListItem(k.ToString(), k.ToString())).Prepend(new SelectListItem(none, "")).Where(i => i.Text is not null);

    private DecisionWish FileWish()
        => string.IsNullOrWhiteSpace(Csv) ? throw new RuleBrokenException("file", "Choose a file or paste its lines first.") : new DecisionWish { Csv = Csv, AcceptedAs = AcceptedAs };

    private async Task<IActionResult> Preview(DecisionWish wish, CancellationToken ct)
    {
        if (!ModelState.IsValid)
        {
            await ShowAgain(ct);
            return Page();
        }

        Batch = await mediator.Send(new PreviewBatch(wish, HttpContext.Actor()), ct);
        await ShowAgain(ct);
        return Page();
    }

    private async Task<IActionResult> Apply(DecisionWish wish, string expected, CancellationToken ct)
    {
        var done = await mediator.Send(new DecideBatch(wish, HttpContext.Actor()) { Expected = expected }, ct);
        TempData["Done"] = $"{(done.Changes.Count == 1 ? "1 decision" : $"{done.Changes.Count} decisions")} changed, pending until published.";
        return Redirect("/committee/decisions");
    }

    /// <summary>A rule as the page asks for it.</summary>
    public sealed class RuleForm
    {
        public string? Area { get; set; }
        public DecisionKind Accept { get; set; } = DecisionKind.Oral;
        public double? Threshold { get; set; }
        public int? Capacity { get; set; }
        public DecisionKind? Then { get; set; }
        public double? ThenThreshold { get; set; }
        public DecisionKind? Otherwise { get; set; }
        public ScoreKind By { get; set; }
        public int MinReviews { get; set; } = 1;
        public bool LeaveNear { get; set; }
        public bool LeaveDisagreement { get; set; }
        public string? Presentation { get; set; }
        public Recommendation? Recommended { get; set; }
        public DecisionKind? Decided { get; set; }
        public string? Search { get; set; }
        public string? Reason { get; set; }

        internal DecisionRule Read() => new()
        {
            Area = string.IsNullOrEmpty(Area) ? null : Area, Accept = Accept, Threshold = Threshold, Capacity = Capacity, Then = Then, ThenThreshold = ThenThreshold, Otherwise = Otherwise, By = By,
            MinReviews = MinReviews, LeaveNear = LeaveNear, LeaveDisagreement = LeaveDisagreement, Reason = Reason ?? "",
            Filter = new StandingFilter { Presentation = Presentation, Recommended = Recommended, Decision = Decided, Search = Search },
        };
    }
}
