using System.Text;
using AbstractReview.App.Accounts;
using AbstractReview.App.Leaving;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Secretariat;

/// <summary>One account: take its data along, or take the person out.</summary>
[Authorize]
public sealed class PersonModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    /// <summary>The address typed again, so that nobody is erased by a slip.</summary>
    [BindProperty]
    public string? Confirm { get; set; }

    public ListedPerson Person { get; private set; } = null!;

    public Task OnGetAsync(CancellationToken ct) => ShowAgain(ct);

    public async Task<IActionResult> OnGetDataAsync(CancellationToken ct)
        => File(Encoding.UTF8.GetBytes(await mediator.Send(new ExportPerson(Id, HttpContext.Actor()), ct)), "application/json", FormattableString.Invariant($"person-{Id}.json"));

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await ShowAgain(ct);
        if (!string.Equals(Confirm?.Trim(), Person.Email, StringComparison.OrdinalIgnoreCase))
        {
            ModelState.AddModelError("Confirm", "Type the address of the account to erase it.");
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        var erased = await mediator.Send(new ErasePerson(Id, HttpContext.Actor()), ct);
        TempData["Done"] = erased.Printed.Count == 0 ? $"{erased.Name}: nothing of theirs is in print." : $"{erased.Name}. In print their name stays: {string.Join(", ", erased.Printed.Select(n => $"AR-{n}"))}.";
        if (erased.TextsLeft) TempData["Done"] += " Somebody else has the same name: texts that mention it were left as they are.";
        return Redirect("/secretariat/people");
    }

    public async Task ShowAgain(CancellationToken ct) => Person = await mediator.Send(new ReadPerson(Id, HttpContext.Actor()), ct);
}
