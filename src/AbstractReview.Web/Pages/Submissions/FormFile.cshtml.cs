using AbstractReview.App.Submissions;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Submissions;

/// <summary>The uploaded file of a form, as an attachment.</summary>
[Authorize]
public sealed class FormFileModel(IMediator mediator) : PageModel
{
    public async Task<IActionResult> OnGetAsync(int number, string kind, CancellationToken ct)
    {
        var file = await mediator.Send(new ReadForm(number, kind, HttpContext.Actor()), ct);
        return File(file.Bytes, file.MediaType, file.FileName);
    }
}
