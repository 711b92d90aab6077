using AbstractReview.App.Letters;
using AbstractReview.App.Programme;
using AbstractReview.App.Submissions;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Submissions;

/// <summary>One submission: its text, where it stands, and what its reader may do next.</summary>
[Authorize]
public sealed class ShowModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    public SubmissionView View { get; private set; } = null!;
    public IReadOnlyList<OwnLetter> Letters { get; private set; } = [];
    /// <summary>What the authors of an accepted submission have added; null where there is nothing to add, or not by this reader.</summary>
    public PreparationView? Preparation { get; private set; }
    public OwnSlot? Slot { get; private set; }

    public Task OnGetAsync(CancellationToken ct) => ShowAgain(ct);

    public async Task<IActionResult> OnPostConfirmAsync(CancellationToken ct)
    {
        await mediator.Send(new ConfirmParticipation(Number, HttpContext.Actor()), ct);
        TempData["Done"] = "Thank you: your participation is confirmed. Now say who presents and whether the abstract may be published.";
        return Redirect($"/submissions/{Number}/prepare");
    }

    public async Task ShowAgain(CancellationToken ct)
    {
        var by = HttpContext.Actor();
        View = await mediator.Send(new ReadSubmission(Number, by), ct);
        if (View.Decision?.PublishedAt is null) return;
        Letters = await mediator.Send(new ListOwnLetters(Number, by), ct);
        Slot = await mediator.Send(new ReadOwnSlot(Number, by), ct);
        if (View.May.Prepare) Preparation = await mediator.Send(new ReadPreparation(Number, by), ct);
    }

    /// <summary>What the authors of an accepted submission still do, beside confirming it.</summary>
    public static IEnumerable<(string Words, string Anchor, string Hint, string State, string StateWords)> Tasks(PreparationView add)
    {
        yield return ("Who presents", "Form_Presenting", add.Authors.FirstOrDefault(a => a.Presenting)?.FullName ?? "", "Done", "Chosen");
        if (add.BiographyWords > 0) yield return ("Biography of who presents", "Form_Biography", "", add.Biography == "" ? "Due" : "Done", add.Biography == "" ? "Not written" : "Written");
        if (add.MayChangeText) yield return ("Final text", "Form_Abstract", "", "NotStarted", "May be changed");
        yield return ("Consent to publish", "Form_Consent", "", add.Consent is null ? "Due" : "Done", add.Consent switch { null => "Not answered", true => "Given", false => "Refused" });
    }

    public string FieldOf(string field) => "";
}
