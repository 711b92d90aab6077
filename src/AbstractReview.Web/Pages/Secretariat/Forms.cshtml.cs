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
    public const int Size = 50;

    [BindProperty(SupportsGet = true)]
    public bool Missing { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Search { get; set; }

    // "page" is taken: it is Razor's own route value.
    [BindProperty(SupportsGet = true, Name = "p")]
    public int At { get; set; } = 1;

    public FormPage Forms { get; private set; } = new([], 0);
    public bool MayChange => HttpContext.Actor().IsSecretariat;

    /// <summary>A page of the list, filters kept.</summary>
    public string Address(int page) => $"/secretariat/forms?missing={(Missing ? "true" : "false")}&search={Uri.EscapeDataString(Search ?? "")}&p={page}";

    public Task OnGetAsync(CancellationToken ct) => ShowAgain(ct);

    public async Task<IActionResult> OnPostAsync(int number, string kind, FormState state, string? note, int version, CancellationToken ct)
    {
        await mediator.Send(new SetForm(number, kind, state, note ?? "", version, HttpContext.Actor()), ct);
        TempData["Done"] = $"Form {kind} of submission {number} is noted as {state.ToString().ToLowerInvariant()}.";
        return Redirect(Address(At));
    }

    public async Task ShowAgain(CancellationToken ct)
    {
        At = Math.Max(1, At);
        Forms = await mediator.Send(new ListForms(Missing, HttpContext.Actor()) { Search = Search, Skip = (At - 1) * Size, Take = Size }, ct);
    }

    public string FieldOf(string field) => "";
}
