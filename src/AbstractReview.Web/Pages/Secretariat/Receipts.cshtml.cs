using System.ComponentModel.DataAnnotations;
using AbstractReview.App.Submissions;
using AbstractReview.Web.Pages.Submissions;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Secretariat;

/// <summary>Is this receipt ours? By its code or its file.</summary>
[Authorize]
public sealed class ReceiptsModel(IMediator mediator) : PageModel, IShowAgain
{
    public const int MostBytes = 1024 * 1024;

    [BindProperty, DataType(DataType.MultilineText)]
    public string? Code { get; set; }

    [BindProperty]
    public IFormFile? Document { get; set; }

    public ReceiptVerdict? Verdict { get; private set; }

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Document is { Length: > MostBytes }) ModelState.AddModelError(nameof(Document), "A receipt is smaller than 1 MB.");
        else Verdict = await mediator.Send(new VerifyReceipt(Code, Document is null ? null : await AttachmentFiles.Bytes(Document, ct), HttpContext.Actor()), ct);
        return Page();
    }

    public Task ShowAgain(CancellationToken ct) => Task.CompletedTask;

    public string FieldOf(string field) => field == "code" ? "Code" : "";
}
