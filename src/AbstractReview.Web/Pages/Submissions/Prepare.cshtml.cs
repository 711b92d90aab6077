using System.ComponentModel.DataAnnotations;
using AbstractReview.App.Submissions;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace AbstractReview.Web.Pages.Submissions;

/// <summary>After acceptance: who presents, the biography, the final text and the consent to publish.</summary>
[Authorize]
public sealed class PrepareModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    [BindProperty]
    public PreparationForm Form { get; set; } = new();

    [BindProperty(Name = "version")]
    public int? Version { get; set; }

    public PreparationView Standing { get; private set; } = null!;
    public SelectList AuthorItems => new(Standing.Authors.Select((a, i) => new SelectListItem(a.FullName, $"{i + 1}")), "Value", "Text");
    public static SelectList ConsentItems => new(new SelectListItem[] { new("Yes, the abstract may be published", "yes"), new("No, publish only title and authors", "no") }, "Value", "Text");

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        await Load(ct);
        if (!Standing.MayChange) return Redirect($"/submissions/{Number}");
        Form = PreparationForm.Of(Standing);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await mediator.Send(new PrepareSubmission
        {
            Number = Number, Presenting = Form.Presenting, Biography = Form.Biography ?? "", Consent = Form.Consent switch { "yes" => true, "no" => false, _ => null },
            Title = Form.Title, Abstract = Form.Abstract, Version = Version, By = HttpContext.Actor(),
        }, ct);
        TempData["Done"] = "Saved. Thank you.";
        return Redirect($"/submissions/{Number}");
    }

    public async Task ShowAgain(CancellationToken ct)
    {
        await Load(ct);
        // Saving again after having been told is meant.
        ModelState.Remove("version");
    }

    public string FieldOf(string field) => field is "state" or "" ? "" : $"Form.{char.ToUpperInvariant(field[0])}{field[1..]}";

    private async Task Load(CancellationToken ct)
    {
        Standing = await mediator.Send(new ReadPreparation(Number, HttpContext.Actor()), ct);
        Version = Standing.Version;
    }
}

/// <summary>What comes after acceptance, as its form sends it. Title and abstract are absent where they cannot be changed.</summary>
public sealed class PreparationForm
{
    public int? Presenting { get; set; }
    [DataType(DataType.MultilineText)]
    public string? Biography { get; set; }
    public string? Title { get; set; }
    [DataType(DataType.MultilineText)]
    public string? Abstract { get; set; }
    /// <summary>yes, no, or nothing yet.</summary>
    public string? Consent { get; set; }

    public static PreparationForm Of(PreparationView v) => new()
    {
        Presenting = v.Authors.ToList().FindIndex(a => a.Presenting) + 1,
        Biography = v.Biography,
        Title = v.Title,
        Abstract = v.Abstract,
        Consent = v.Consent switch { true => "yes", false => "no", null => "" },
    };
}
