using AbstractReview.App.Programme;
using MediatR;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Programme;

/// <summary>One release as it was published, with what it changed.</summary>
public sealed class ReleaseModel(IMediator mediator, TimeProvider clock) : PageModel
{
    public ReleaseReading Release { get; private set; } = null!;
    public ProgrammeList List { get; private set; } = null!;

    public async Task OnGet(int number)
    {
        Release = await mediator.Send(new ReadRelease(number, HttpContext.Actor()), HttpContext.RequestAborted);
        List = ProgrammeList.Of(Release.Programme, ProgrammeBy.Day, null, clock.GetUtcNow(), stars: false);
    }
}
