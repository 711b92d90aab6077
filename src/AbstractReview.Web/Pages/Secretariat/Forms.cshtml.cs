using AbstractReview.App.Submissions;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Secretariat;

/// <summary>Form A and Form B of every submission, to be ticked off as they come in.</summary>
[Authorize]
public sealed class FormsModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty(SupportsGet = true)]
    public bool Missing { get; set; }

    public IReadOnlyList<FormRow> Forms { get; private set; } = [];
    public bool MayChange => HttpContext.Actor().IsSecretariat;

    public Task OnGetAsync(CancellationToken ct) => ShowAgain(ct);

    public async Task<IActionResult> OnPostAsync(int number, string kind, FormState state, string? note, int version, CancellationToken ct)
    {
        await mediator.Send(new SetForm(number, kind, state, note ?? "", version, HttpContext.Actor()), ct);
        TempData["Done"] = $"Form {kind} of submission {number} is noted as {state.ToString().ToLowerInvariant()}.";
        return Redirect(Missing ? "/secretariat/forms?missing=true" : "/secretariat/forms");
    }

    public async Task ShowAgain(CancellationToken ct) => Forms = await mediator.Send(new ListForms(Missing, HttpContext.Actor()), ct);

    public string FieldOf(string field) => "";
}
