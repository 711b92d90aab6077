using System.ComponentModel.DataAnnotations;
using AbstractReview.App.Reviews;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Submissions;

/// <summary>An author reads what reviewers wrote to the authors and answers it.</summary>
[Authorize]
public sealed class AnswerModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    [BindProperty, Display(Name = "Your answer", Description = "For all authors of this submission. You can change it until the round closes.")]
    public string? Text { get; set; }

    [BindProperty]
    public int? Version { get; set; }

    public AnswerView Answer { get; private set; } = null!;
    public IReadOnlyList<ReviewView> Reviews { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        await ShowAgain(ct);
        (Text, Version) = (Answer.Text, Answer.Version);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await mediator.Send(new AnswerReviews(Number, Text ?? "", Version, HttpContext.Actor()), ct);
        TempData["Done"] = "Your answer is kept. Reviewers and committee can read it.";
        return Redirect($"/submissions/{Number}/answer");
    }

    public async Task ShowAgain(CancellationToken ct)
    {
        Answer = await mediator.Send(new ReadAnswer(Number, HttpContext.Actor()), ct);
        Reviews = await mediator.Send(new ReadReviews(Number, HttpContext.Actor()), ct);
    }

    public string FieldOf(string field) => field == "text" ? "Text" : "";
}
