using AbstractReview.App.Letters;
using AbstractReview.Domain.Letters;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Account;

/// <summary>Every letter to oneself, and those one may ask for.</summary>
[Authorize]
public sealed class MyLettersModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty]
    public string? PassportName { get; set; }

    [BindProperty]
    public string? PassportNumber { get; set; }

    [BindProperty]
    public string? Nationality { get; set; }

    [BindProperty]
    public DateOnly? BirthDate { get; set; }

    public MyLetters Mine { get; private set; } = new([], []);

    public Task OnGetAsync(CancellationToken ct) => ShowAgain(ct);

    public async Task<IActionResult> OnPostAsync(LetterKind kind, int? number, CancellationToken ct)
    {
        var passport = new Passport { Name = PassportName ?? "", Number = PassportNumber ?? "", Nationality = Nationality ?? "", BirthDate = BirthDate };
        await mediator.Send(new AskForLetter(kind, number, kind == LetterKind.Visa ? passport : null, HttpContext.Actor()), ct);
        TempData["Done"] = "The letter is being written. It will be here in a minute and comes to you by mail.";
        return Redirect("/account/letters");
    }

    public async Task ShowAgain(CancellationToken ct) => Mine = await mediator.Send(new ReadMyLetters(HttpContext.Actor()), ct);

    public string FieldOf(string field) => "";
}
