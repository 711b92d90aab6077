using System.ComponentModel.DataAnnotations;
using AbstractReview.App.Call;
using AbstractReview.Domain.Conferences;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Secretariat;

/// <summary>The call as it stands, and a form to put a changed conference file in its place.</summary>
[Authorize]
public sealed class CallSettingsModel(IMediator mediator) : PageModel, IShowAgain
{
    public const int MostBytes = 1024 * 1024;

    [BindProperty, Display(Name = "Conference file", Description = "JSON, at most 1 MB. A wrong file is refused whole."), Required(ErrorMessage = "Choose the conference file.")]
    public IFormFile? Document { get; set; }

    public Conference? Conference { get; private set; }

    public Task OnGetAsync(CancellationToken ct) => ShowAgain(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Document is { Length: > MostBytes }) ModelState.AddModelError(nameof(Document), "The conference file is larger than 1 MB.");
        if (!ModelState.IsValid)
        {
            await ShowAgain(ct);
            return Page();
        }

        using var reader = new StreamReader(Document!.OpenReadStream());
        await mediator.Send(new ImportConference(await reader.ReadToEndAsync(ct), HttpContext.Actor()), ct);
        TempData["Done"] = "The conference file is taken; the call is as it says.";
        return Redirect("/secretariat/call");
    }

    public async Task ShowAgain(CancellationToken ct) => Conference = await mediator.Send(new ReadCallSettings(HttpContext.Actor()), ct);
}
