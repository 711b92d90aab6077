using System.Text;
using AbstractReview.App.Storage;
using AbstractReview.App.Submissions.Bulk;
using AbstractReview.Domain;
using AbstractReview.Web.Accounts;
using AbstractReview.Web.Pages.Submissions;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Secretariat;

/// <summary>All submissions out as a file, and a file of submissions in: shown first, taken when that is confirmed.</summary>
[Authorize(Policies.Secretariat)]
[RequestSizeLimit(MostBytes + 1024 * 1024)]
public sealed class SubmissionsModel(IMediator mediator, IFiles files) : PageModel
{
    public const int MostBytes = 64 * 1024 * 1024;

    [BindProperty]
    public IFormFile? Document { get; set; }

    /// <summary>What the file would become; null before one was sent.</summary>
    public ImportReport? Report { get; private set; }

    /// <summary>By which the confirmation finds the file that was shown.</summary>
    public string FileHash { get; private set; } = "";

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Document is not { Length: > 0 and <= MostBytes } file)
        {
            ModelState.AddModelError(nameof(Document), Document is null ? "Choose the file of submissions." : "The file is empty or larger than 64 MB.");
            return Page();
        }

        var bytes = await AttachmentFiles.Bytes(file, ct);
        Report = await mediator.Send(new ImportSubmissions(Text(bytes), DryRun: true, HttpContext.Actor()), ct);
        if (Report.Errors.Count == 0) FileHash = await files.Put(bytes, ct);
        else Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    public async Task<IActionResult> OnPostTakeAsync(string? sha256, CancellationToken ct)
    {
        var bytes = sha256 is { Length: 64 } hash && hash.All(char.IsAsciiHexDigitLower) ? await files.Get(hash, ct) : null;
        if (bytes is null) throw new NotFoundException("The file that was shown is gone; send it again.");
        Report = await mediator.Send(new ImportSubmissions(Text(bytes), DryRun: false, HttpContext.Actor()), ct);
        if (!Report.Done) return Page();
        TempData["Done"] = $"{Report.Rows.Count} submissions are taken, as {Report.Rows[0].Number} to {Report.Rows[^1].Number}.";
        return Redirect("/secretariat/submissions");
    }

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
