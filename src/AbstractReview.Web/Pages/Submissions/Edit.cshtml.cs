using AbstractReview.App.Accounts;
using AbstractReview.App.Call;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Submissions;
using AbstractReview.Web.Api;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace AbstractReview.Web.Pages.Submissions;

/// <summary>The one-page form, for a new submission (no number) and for a change.</summary>
[Authorize]
[RequestSizeLimit(AttachmentFiles.LargestForm)]
public sealed class EditModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty(SupportsGet = true)]
    public int? Number { get; set; }

    [BindProperty]
    public SubmissionForm Form { get; set; } = new();

    /// <summary>The version that was loaded; a save over another one shows the difference and asks.</summary>
    [BindProperty(Name = "version")]
    public int? Version { get; set; }

    /// <summary>The key of this form of a new submission: sent twice, it begins one draft.</summary>
    [BindProperty(Name = "form")]
    public string? Key { get; set; }

    [BindProperty]
    public AttachmentFiles Files { get; set; } = new();

    public Conference Conference { get; private set; } = null!;
    public SubmissionView? Standing { get; private set; }
    /// <summary>Of a new submission; one that has a number has its own.</summary>
    public DateTimeOffset? Deadline { get; private set; }
    /// <summary>What differs between the version saved meanwhile and this form; empty unless that happened.</summary>
    public IReadOnlyList<FieldChange> Conflict { get; private set; } = [];
    public bool Draft => Standing is null or { State: SubmissionState.Draft or SubmissionState.Returned };
    public IReadOnlyList<SelectListItem> AreaItems => [new("Choose an area", ""), .. Conference.Areas.Select(a => new SelectListItem($"{a.Code} {a.Title}", a.Code))];
    public static IReadOnlyList<SelectListItem> CountryItems { get; } = [new("Choose a country", ""), .. Countries.All.Select(c => new SelectListItem(c.Value, c.Key))];
    public static IReadOnlyList<SelectListItem> WishItems { get; } = [.. ContentRules.Presentations.Select(p => new SelectListItem(p == "either" ? "No preference" : char.ToUpperInvariant(p[0]) + p[1..], p))];

    /// <summary>What an author's row is drawn with: its fields are named after the row. An expression with an index in it would be compiled anew for each field.</summary>
    public static ViewDataDictionary AuthorRow(ViewDataDictionary page, int row)
    {
        var data = new ViewDataDictionary(page);
        data.TemplateInfo.HtmlFieldPrefix = FormattableString.Invariant($"Form.Authors[{row}]");
        return data;
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        await Load(ct);
        if (Standing is null)
        {
            Key = Guid.NewGuid().ToString("n");
            Form.Authors = [AuthorForm.Of(await mediator.Send(new ReadAccount(HttpContext.Actor()), ct))];
            return Page();
        }

        if (!Standing.May.Edit) return Redirect($"/submissions/{Number}");
        Form = SubmissionForm.Of(Content(Standing));
        Version = Standing.Version;
        if (TempData["FileRefused"] is string refused) ModelState.AddModelError("Files.First", refused);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? row, string? then, CancellationToken ct)
    {
        await GoOnWithBegun(ct);
        // Files first: a text that is refused must not cost them.
        if (Number is { } standing) await Files.Keep(standing, mediator, HttpContext.Actor(), ct);
        if (row is not null)
        {
            // A browser forgets chosen files when a page comes again: they go into a draft.
            ModelState.Clear();
            if (Number is null && Files.Chosen) await BeginWithFiles(ct);
            await Load(ct);
            Form.Arrange(row);
            return Page();
        }

        var submitted = Number is { } n && (await mediator.Send(new ReadSubmission(n, HttpContext.Actor()), ct)).State == SubmissionState.Submitted;
        var saved = await mediator.Send(new SaveDraft(Number, Form.Content(), Version, HttpContext.Actor()) { Form = Key }, ct);
        if (Number is null && await RefusedFile(saved.Number, ct) is { } refused)
        {
            TempData["FileRefused"] = refused;
            return Redirect($"/submissions/{saved.Number}/edit");
        }

        if (!submitted && then != "later") return Redirect($"/submissions/{saved.Number}/check");
        TempData["Done"] = submitted ? "Your changes are submitted." : "Your draft is saved. It is not submitted yet.";
        return Redirect($"/submissions/{saved.Number}");
    }

    /// <summary>Autosave, for drafts only: a change to what was submitted is a revision, which its author makes knowingly.</summary>
    public async Task<IActionResult> OnPostDraftAsync(CancellationToken ct)
    {
        var saved = await mediator.Send(new SaveDraft(Number, Form.Content(), HttpContext.ExpectedVersion() ?? Version, HttpContext.Actor()) { Form = Key }, ct);
        // A draft that was just begun goes on at its own address.
        return HttpContext.Versioned<IActionResult>(Number is null ? new CreatedResult($"/submissions/{saved.Number}/edit", null) : new NoContentResult(), saved.Version);
    }

    // The form of a new submission sent again, because its answer was lost, a button pressed twice or the browser went back. The same
    // text goes on with the draft it began; another is shown beside it, as when two tabs wrote.
    private async Task GoOnWithBegun(CancellationToken ct)
    {
        if (Number is not null || await mediator.Send(new FindBegunDraft(Key, HttpContext.Actor()), ct) is not { } begun) return;
        var standing = await mediator.Send(new ReadSubmission(begun, HttpContext.Actor()), ct);
        var same = Differences.Between(Content(standing), ContentRules.Tidy(Form.Content())).Count == 0;
        (Number, Version) = (begun, same ? standing.Version : Version ?? 0);
    }

    private async Task BeginWithFiles(CancellationToken ct)
    {
        var begun = await mediator.Send(new SaveDraft(null, Form.Content(), null, HttpContext.Actor()) { Form = Key }, ct);
        (Number, Version) = (begun.Number, begun.Version);
        if (await RefusedFile(begun.Number, ct) is { } refused) ModelState.AddModelError("Files.First", refused);
    }

    /// <summary>Keeps the files of a draft that was only just made; why one was not taken, so that the page can say it: the draft itself is safe.</summary>
    private async Task<string?> RefusedFile(int number, CancellationToken ct)
    {
        try
        {
            await Files.Keep(number, mediator, HttpContext.Actor(), ct);
            return null;
        }
        catch (RuleBrokenException refusal)
        {
            return $"Your draft is saved, but a file was not taken. {refusal.Message}";
        }
    }

    public async Task ShowAgain(CancellationToken ct)
    {
        await Load(ct);
        if (Response.StatusCode != StatusCodes.Status409Conflict || Standing is null) return;
        Conflict = Differences.Between(Content(Standing), ContentRules.Tidy(Form.Content()));
        // Saving again after having seen the difference is meant.
        ModelState.Remove("version");
        Version = Standing.Version;
    }

    public string FieldOf(string field) => AttachmentFiles.FieldOf(field) ?? SubmissionForm.FieldOf(field);

    private async Task Load(CancellationToken ct)
    {
        Conference = (await mediator.Send(new ReadFrame(HttpContext.Actor()), ct)).Conference ?? throw new NotFoundException("There is no conference yet.");
        Deadline = Number is null ? await mediator.Send(new ReadDeadline(HttpContext.Actor()), ct) : null;
        if (Number is { } number) Standing = await mediator.Send(new ReadSubmission(number, HttpContext.Actor()), ct);
    }

    internal static SubmissionContent Content(SubmissionView v) => new()
    {
        Title = v.Title,
        Abstract = v.Abstract,
        AreaCode = v.AreaCode,
        Topics = v.Topics,
        Keywords = v.Keywords,
        Authors = v.Authors,
        Presentation = v.Presentation,
    };
}
