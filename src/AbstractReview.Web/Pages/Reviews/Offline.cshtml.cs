using System.ComponentModel.DataAnnotations;
using AbstractReview.App.Call;
using AbstractReview.App.Reviews;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Reviews;

/// <summary>A reviewer takes the queue along as a form, and brings it back: first as a difference, then for good.</summary>
[Authorize]
public sealed class OfflineModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty, Display(Name = "The form you filled in", Description = "The .csv or .xlsx file, at most 5 MB. You see what would change before anything does.")]
    public IFormFile? Form { get; set; }

    /// <summary>The rows of the form that was shown, as they come back to be taken.</summary>
    [BindProperty]
    public string? Rows { get; set; }

    /// <summary>Null until a form was sent.</summary>
    public ReviewImport? Import { get; private set; }

    public async Task<IActionResult> OnGetDownloadAsync(OfflineFormat format, CancellationToken ct)
    {
        var form = await mediator.Send(new ExportReviews(format, HttpContext.Actor()), ct);
        return File(form.Bytes, form.MediaType, form.FileName);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Form is null) throw new RuleBrokenException("file", "Choose the file you filled in.");
        if (Form.Length > OfflineForms.MaxBytes) throw new RuleBrokenException("file", "The file is larger than 5 MB: an offline form is not.");
        using var bytes = new MemoryStream();
        await Form.CopyToAsync(bytes, ct);
        var by = HttpContext.Actor();
        var file = OfflineForms.Read(bytes.ToArray(), (await mediator.Send(new ReadFrame(by), ct)).Conference!.Review);
        Import = await mediator.Send(new ImportReviews(file, false, by), ct);
        var changing = Import.Items.Where(i => i.Action != ImportAction.Nothing).Select(i => i.Row).ToHashSet();
        Rows = Json.Write(file.Rows.Where(r => changing.Contains(r.Row)));
        ModelState.Clear();
        return Page();
    }

    public async Task<IActionResult> OnPostTakeAsync(CancellationToken ct)
    {
        var rows = Read(Rows) ?? throw new RuleBrokenException("file", "Send the form again: it did not come back whole.");
        var import = await mediator.Send(new ImportReviews(new OfflineFile(rows, []), true, HttpContext.Actor()), ct);
        TempData["Done"] = $"Your form is taken: {import.Items.Count(i => i.Action == ImportAction.HandIn)} handed in, {import.Items.Count(i => i.Action == ImportAction.Keep)} kept as drafts.";
        return Redirect("/reviews");
    }

    public Task ShowAgain(CancellationToken ct) => Task.CompletedTask;

    public string FieldOf(string field) => "Form";

    private static List<OfflineReview>? Read(string? rows)
    {
        try
        {
            return rows is null ? null : Json.Read<List<OfflineReview>>(rows);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
