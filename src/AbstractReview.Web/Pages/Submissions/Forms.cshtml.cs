using AbstractReview.App.Submissions;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Submissions;

/// <summary>Form A and Form B of a submission: uploaded here, or announced where they come by another way.</summary>
[Authorize]
[RequestSizeLimit(AttachmentFiles.LargestForm)]
public sealed class FormsModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    [BindProperty]
    public string Kind { get; set; } = "A";

    [BindProperty]
    public IFormFile? Document { get; set; }

    public SubmissionView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        await ShowAgain(ct);
        return View.May.SendForms ? Page() : Redirect($"/submissions/{Number}");
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Document is not { } file)
        {
            ModelState.AddModelError($"Document{Kind}", $"Choose the file of Form {Kind}.");
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            await ShowAgain(ct);
            return Page();
        }

        await mediator.Send(new PutForm(Number, Kind, file.FileName, await AttachmentFiles.Bytes(file, ct), HttpContext.Actor()), ct);
        TempData["Done"] = $"Form {Kind} is received.";
        return Redirect($"/submissions/{Number}/forms");
    }

    public async Task<IActionResult> OnPostAnnounceAsync(CancellationToken ct)
    {
        await mediator.Send(new AnnounceForm(Number, Kind, HttpContext.Actor()), ct);
        TempData["Done"] = $"Noted: Form {Kind} comes by another way. The secretariat ticks it off when it has it.";
        return Redirect($"/submissions/{Number}/forms");
    }

    public async Task ShowAgain(CancellationToken ct) => View = await mediator.Send(new ReadSubmission(Number, HttpContext.Actor()), ct);

    public string FieldOf(string field) => field == "file" ? $"Document{Kind}" : "";
}
