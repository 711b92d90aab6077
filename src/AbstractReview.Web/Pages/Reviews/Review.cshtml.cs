using AbstractReview.App.Reviews;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Reviews;
using AbstractReview.Web.Api;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace AbstractReview.Web.Pages.Reviews;

/// <summary>One submission of the queue, its abstract and the reviewer's form side by side.</summary>
[Authorize]
public sealed class ReviewModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    [BindProperty]
    public ReviewInput Form { get; set; } = new();

    [BindProperty]
    public int? Version { get; set; }

    public MyReview Mine { get; private set; } = null!;
    public ReviewQueue Queue { get; private set; } = null!;
    public ReviewRules Rules => Mine.Rules;
    public IReadOnlyList<SelectListItem> Confidences { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Recommendations { get; } = Enum.GetNames<Recommendation>().Select(r => new SelectListItem(r, r)).ToList();

    public async Task OnGetAsync(CancellationToken ct)
    {
        await ShowAgain(ct);
        Form = ReviewInput.Of(Mine.Form);
        Version = Mine.Version;
    }

    public async Task<IActionResult> OnPostAsync(string? then, CancellationToken ct)
    {
        if (then == "later")
        {
            await mediator.Send(new SaveReview(Number, Form.Review(), Version, HttpContext.Actor()), ct);
            return await Onward($"Your review of submission {Number} is saved. It is not handed in yet.", ct);
        }

        await mediator.Send(new SubmitReview(Number, Form.Review(), Version, HttpContext.Actor()), ct);
        return await Onward($"Your review of submission {Number} is handed in.", ct);
    }

    private async Task<IActionResult> Onward(string done, CancellationToken ct)
    {
        (TempData["Done"], TempData["DraftDone"]) = (done, $"review-{Number}");
        var next = (await mediator.Send(new ReadQueue(HttpContext.Actor()), ct)).After(Number);
        return Redirect(next is null ? "/reviews" : $"/reviews/{next.Number}");
    }

    /// <summary>What autosave posts.</summary>
    public async Task<IActionResult> OnPostDraftAsync(CancellationToken ct)
    {
        var saved = await mediator.Send(new SaveReview(Number, Form.Review(), HttpContext.ExpectedVersion(), HttpContext.Actor()), ct);
        HttpContext.Version(saved.Version);
        return new NoContentResult();
    }

    public async Task<IActionResult> OnPostReopenAsync(CancellationToken ct)
    {
        await mediator.Send(new ReopenReview(Number, null, HttpContext.Actor()), ct);
        TempData["Done"] = "The review is open again. It does not count until you hand it in.";
        return Redirect($"/reviews/{Number}");
    }

    public async Task ShowAgain(CancellationToken ct)
    {
        var by = HttpContext.Actor();
        Mine = await mediator.Send(new ReadMyReview(Number, by), ct);
        Queue = await mediator.Send(new ReadQueue(by), ct);
        Confidences = Rules.Confidence.Select((words, i) => new SelectListItem(words, $"{i + 1}")).ToList();
    }

    public string FieldOf(string field) => field switch
    {
        "confidence" => "Form.Confidence",
        "recommendation" => "Form.Recommendation",
        "commentsToAuthors" => "Form.CommentsToAuthors",
        "commentsToCommittee" => "Form.CommentsToCommittee",
        _ when field.StartsWith("scores.", StringComparison.Ordinal) => $"Form.Scores[{field["scores.".Length..]}]",
        _ => "",
    };
}

/// <summary>The form as posted.</summary>
public sealed class ReviewInput
{
    public Dictionary<string, int> Scores { get; set; } = [];
    public int? Confidence { get; set; }
    public Recommendation? Recommendation { get; set; }
    public string? CommentsToAuthors { get; set; }
    public string? CommentsToCommittee { get; set; }

    public static ReviewInput Of(ReviewForm form) => new()
    {
        Scores = form.Scores.ToDictionary(), Confidence = form.Confidence, Recommendation = form.Recommendation,
        CommentsToAuthors = form.CommentsToAuthors, CommentsToCommittee = form.CommentsToCommittee,
    };

    public ReviewForm Review() => new()
    {
        Scores = Scores, Confidence = Confidence, Recommendation = Recommendation, CommentsToAuthors = CommentsToAuthors ?? "", CommentsToCommittee = CommentsToCommittee ?? "",
    };
}
