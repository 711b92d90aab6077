using System.ComponentModel.DataAnnotations;
using AbstractReview.App.Reviews;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Committee;

/// <summary>How reviewing goes on: who owes what, the reminders, and what may be switched meanwhile.</summary>
public sealed class ReviewingModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty, Display(Name = "Take reviews after the deadline")]
    public bool LateReviews { get; set; }

    [BindProperty, Display(Name = "Let authors answer their reviews")]
    public bool Rebuttal { get; set; }

    [BindProperty, Display(Name = "Answers from", Description = "In the conference's time. Empty: from the review deadline.")]
    public DateTime? RebuttalOpens { get; set; }

    [BindProperty, Display(Name = "Answers until", Description = "Empty: until decisions are due.")]
    public DateTime? RebuttalCloses { get; set; }

    public ReviewingView Reviewing { get; private set; } = null!;
    public bool MayChange => Domain.Access.MayEditCall(HttpContext.Actor());

    public async Task OnGetAsync(CancellationToken ct)
    {
        await ShowAgain(ct);
        (LateReviews, Rebuttal, RebuttalOpens, RebuttalCloses) = Reviewing.Switches;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!ModelState.IsValid)
        {
            await ShowAgain(ct);
            return Page();
        }

        await mediator.Send(new ChangeReviewing(new ReviewingSwitches(LateReviews, Rebuttal, RebuttalOpens, RebuttalCloses), HttpContext.Actor()), ct);
        TempData["Done"] = "Changed, from now on.";
        return Redirect("/committee/reviewing");
    }

    public async Task ShowAgain(CancellationToken ct) => Reviewing = await mediator.Send(new ReadReviewing(HttpContext.Actor()), ct);

    public string FieldOf(string field) => field switch
    {
        "review.rebuttalOpens" => nameof(RebuttalOpens),
        "review.rebuttalCloses" => nameof(RebuttalCloses),
        _ => "",
    };
}
