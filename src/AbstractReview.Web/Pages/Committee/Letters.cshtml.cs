using AbstractReview.App.Letters;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Committee;

/// <summary>Every letter, what became of it, and a way to send again what went wrong.</summary>
[Authorize]
public sealed class LettersModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public LetterList Letters { get; private set; } = new([], null);

    public Task OnGetAsync(CancellationToken ct) => ShowAgain(ct);

    public async Task<IActionResult> OnPostResendAsync(int id, string? email, CancellationToken ct)
    {
        await mediator.Send(new ResendLetter(id, email, HttpContext.Actor()), ct);
        TempData["Done"] = $"Letter {id} is on its way again.";
        return Redirect("/committee/letters?show=trouble");
    }

    public async Task ShowAgain(CancellationToken ct) => Letters = await mediator.Send(new ListLetters(Show, Cursor, 100, HttpContext.Actor()), ct);

    public string FieldOf(string field) => "";
}
