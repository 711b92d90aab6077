using AbstractReview.App.Letters;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Committee;

/// <summary>One letter: the page as it was sent, and the story of its mail.</summary>
[Authorize]
public sealed class LetterModel(IMediator mediator) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    public LetterStory Story { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken ct) => Story = await mediator.Send(new ReadLetter(Id, HttpContext.Actor()), ct);
}
