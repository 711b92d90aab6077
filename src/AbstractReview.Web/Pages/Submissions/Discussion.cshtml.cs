using System.ComponentModel.DataAnnotations;
using AbstractReview.App.Reviews;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Submissions;

/// <summary>The reviews of a submission, its authors' answer, and what reviewers and committee say to each other about it.</summary>
[Authorize]
public sealed class DiscussionModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    [BindProperty, Display(Name = "Write to the others")]
    public string? Text { get; set; }

    public DiscussionView Discussion { get; private set; } = null!;
    public IReadOnlyList<ReviewView> Reviews { get; private set; } = [];

    public Task OnGetAsync(CancellationToken ct) => ShowAgain(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var position = await mediator.Send(new PostToDiscussion(Number, Text ?? "", HttpContext.Actor()), ct);
        return Redirect($"/submissions/{Number}/discussion#p{position}");
    }

    public async Task ShowAgain(CancellationToken ct)
    {
        Discussion = await mediator.Send(new ReadDiscussion(Number, HttpContext.Actor()), ct);
        Reviews = await mediator.Send(new ReadReviews(Number, HttpContext.Actor()), ct);
    }

    public string FieldOf(string field) => "Text";
}
