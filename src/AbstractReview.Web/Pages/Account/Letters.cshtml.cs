using System.Globalization;
using AbstractReview.App.Letters;
using AbstractReview.Domain;
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
    /// <summary>What a consulate wants to read: the field, its words, its width and what browsers fill in.</summary>
    public static readonly (string Name, string Label, string Width, string Autocomplete)[] Asked =
    [
        ("PassportName", "Name as in your passport", "", "name"), ("PassportNumber", "Passport number", "input--20", "off"),
        ("Nationality", "Nationality", "input--20", "off"), ("BirthDate", "Date of birth", "input--10", "bday"),
    ];

    // The form that was sent, of the several on the page.
    private string? _sent;

    public MyLetters Mine { get; private set; } = new([], []);

    public Task OnGetAsync(CancellationToken ct) => ShowAgain(ct);

    public async Task<IActionResult> OnPostAsync(LetterKind kind, int? number, CancellationToken ct)
    {
        _sent = IdOf(kind, number);
        var passport = new Passport { Name = Typed(_sent, "PassportName"), Number = Typed(_sent, "PassportNumber"), Nationality = Typed(_sent, "Nationality"), BirthDate = Day(Typed(_sent, "BirthDate")) };
        await mediator.Send(new AskForLetter(kind, number, kind == LetterKind.Visa ? passport : null, HttpContext.Actor()), ct);
        TempData["Done"] = "The letter is being written. It will be here in a minute and comes to you by mail.";
        return Redirect("/account/letters");
    }

    public async Task ShowAgain(CancellationToken ct) => Mine = await mediator.Send(new ReadMyLetters(HttpContext.Actor()), ct);

    public string FieldOf(string field) => field switch
    {
        "passport.name" => $"PassportName-{_sent}",
        "passport.number" => $"PassportNumber-{_sent}",
        "passport.nationality" => $"Nationality-{_sent}",
        "passport.birthDate" => $"BirthDate-{_sent}",
        _ => "",
    };

    /// <summary>Tells the forms of the page apart.</summary>
    public static string IdOf(LetterKind kind, int? number) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{number}");

    /// <summary>What was typed into a field of the form that was sent; nothing in any other.</summary>
    public string Typed(string form, string field) => form == _sent ? Request.Form[field].ToString() : "";

    public string? Wrong(string field) => ModelState[field]?.Errors.FirstOrDefault()?.ErrorMessage;

    // Where a browser has no field for dates it is typed by hand.
    private static DateOnly? Day(string typed)
        => typed.Trim() == "" ? null
            : DateOnly.TryParseExact(typed.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
            : throw new RuleBrokenException("passport.birthDate", "Write the day as year, month and day, such as 1980-01-31.");
}
