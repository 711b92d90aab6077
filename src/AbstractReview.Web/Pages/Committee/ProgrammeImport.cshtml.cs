using AbstractReview.App.Programme;
using AbstractReview.Domain;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Committee;

/// <summary>A timetable from elsewhere: chosen, looked at as a difference, taken over.</summary>
[Authorize]
public sealed class ProgrammeImportModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty]
    public IFormFile? Timetable { get; set; }

    [BindProperty]
    public bool Whole { get; set; }

    public TimetablePreview? Preview { get; private set; }

    public Task OnGet() => ShowAgain(HttpContext.RequestAborted);

    public async Task<IActionResult> OnPost()
    {
        if (Timetable is null) throw new RuleBrokenException("file", "Choose a file first.");
        using var bytes = new MemoryStream();
        await Timetable.CopyToAsync(bytes, HttpContext.RequestAborted);
        Preview = await mediator.Send(new PreviewTimetable(bytes.ToArray(), Whole, HttpContext.Actor()), HttpContext.RequestAborted);
        return Page();
    }

    public async Task<IActionResult> OnPostApply(string file, int version)
    {
        await mediator.Send(new ApplyTimetable(file, Whole, version, HttpContext.Actor()), HttpContext.RequestAborted);
        TempData["Done"] = "The timetable is taken over. Undo takes it back.";
        return Redirect("/committee/programme");
    }

    public Task ShowAgain(CancellationToken ct)
    {
        Access.Require(Access.MayEditProgramme(HttpContext.Actor()), "import a timetable");
        return Task.CompletedTask;
    }

    string IShowAgain.FieldOf(string field) => field == "file" ? nameof(Timetable) : "";
}
