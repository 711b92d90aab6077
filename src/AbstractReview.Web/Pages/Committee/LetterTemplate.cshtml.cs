using System.Text.RegularExpressions;
using AbstractReview.App.Letters;
using AbstractReview.Domain;
using AbstractReview.Domain.Letters;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Committee;

/// <summary>One text of letters: edited beside its fields and a real letter, checked when saved, every version kept.</summary>
[Authorize]
public sealed partial class LetterTemplateModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty(SupportsGet = true)]
    public LetterKind Kind { get; set; }

    [BindProperty(SupportsGet = true)]
    public string Language { get; set; } = "en";

    /// <summary>An older version whose text is shown.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Older { get; set; }

    [BindProperty]
    public string? Text { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Number { get; set; }

    [BindProperty]
    public int Version { get; set; }

    public IReadOnlyList<TemplateVersion> History { get; private set; } = [];

    public LetterPreview? Preview { get; private set; }

    /// <summary>The mail's body; every value in it was escaped when it was filled in.</summary>
    public string PreviewHtml => Preview is null ? "" : Body().Match(Preview.Html).Groups[1].Value;

    public string PdfAddress => $"/api/v1/letters/preview.pdf?kind={Kind}&language={Language}{(Number is { } number ? $"&number={number}" : "")}";

    public async Task OnGetAsync(CancellationToken ct)
    {
        var reading = await mediator.Send(new ReadTemplate(Kind, Language, HttpContext.Actor()), ct);
        (Text, Version, History) = (reading.Text, reading.Version, reading.History);
        if (Older is { } older) Text = await mediator.Send(new ReadTemplateVersion(Kind, Language, older, HttpContext.Actor()), ct);
        await TryPreview(ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var version = await mediator.Send(new SaveTemplate(Kind, Language, Text ?? "", Version, HttpContext.Actor()), ct);
        TempData["Done"] = $"Saved as version {version}. Letters that are not written yet take it.";
        return Redirect($"/committee/letters/templates/{Kind}/{Language}?number={Number}");
    }

    public async Task<IActionResult> OnPostReturnAsync(int older, CancellationToken ct)
    {
        var version = await mediator.Send(new ReturnToTemplate(Kind, Language, older, HttpContext.Actor()), ct);
        TempData["Done"] = $"{(older == 0 ? "The text that comes with the program" : $"The text of version {older}")} stands again, as version {version}.";
        return Redirect($"/committee/letters/templates/{Kind}/{Language}");
    }

    /// <summary>The preview of a text that is not saved, as the mail reads: the whole page without JavaScript.</summary>
    public async Task<IActionResult> OnPostPreviewAsync(CancellationToken ct)
    {
        Preview = await Draft(ct);
        await ReadHistory(ct);
        return Page();
    }

    /// <summary>The same for the script: only the letter, or what is wrong.</summary>
    public Task<IActionResult> OnPostTextAsync(CancellationToken ct) => LetterFrame.Show(async () =>
    {
        Preview = await Draft(ct);
        return Content(PreviewHtml, "text/html; charset=utf-8");
    });

    /// <summary>The preview as it is printed, for the frame beside the text.</summary>
    public Task<IActionResult> OnPostPdfAsync(CancellationToken ct) => LetterFrame.Pdf(this, () => Draft(ct));

    public Task ShowAgain(CancellationToken ct) => ReadHistory(ct);

    public string FieldOf(string field) => field switch { "text" => "Text", "number" => "Number", _ => "" };

    private Task<LetterPreview> Draft(CancellationToken ct)
        => mediator.Send(new PreviewLetter(Kind, Number, HttpContext.Actor()) { Draft = (Language, Text ?? "") }, ct);

    private async Task TryPreview(CancellationToken ct)
    {
        try
        {
            Preview = await Draft(ct);
        }
        catch (Exception refused) when (refused is RuleBrokenException or NotFoundException)
        {
            // Nothing to try it on yet.
        }
    }

    private async Task ReadHistory(CancellationToken ct) => History = (await mediator.Send(new ReadTemplate(Kind, Language, HttpContext.Actor()), ct)).History;

    [GeneratedRegex("<body[^>]*>(.*)</body>", RegexOptions.Singleline)]
    private static partial Regex Body();
}
