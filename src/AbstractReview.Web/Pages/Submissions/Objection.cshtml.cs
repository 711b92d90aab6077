using System.ComponentModel.DataAnnotations;
using AbstractReview.App.Submissions;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Submissions;

/// <summary>Where an author's mail leads them when they do not agree to being named; they need no account.</summary>
[ResponseCache(NoStore = true)]
public sealed class ObjectionModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Key { get; set; }

    [BindProperty, DataType(DataType.MultilineText)]
    public string? Words { get; set; }

    public Authorship Authorship { get; private set; } = null!;

    public Task OnGetAsync(CancellationToken ct) => ShowAgain(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await mediator.Send(new ObjectToAuthorship(Number, Key ?? "", Words ?? "", HttpContext.Actor()), ct);
        return Redirect($"/submissions/{Number}/objection?key={Uri.EscapeDataString(Key ?? "")}");
    }

    public async Task ShowAgain(CancellationToken ct) => Authorship = await mediator.Send(new ReadAuthorship(Number, Key ?? "", HttpContext.Actor()), ct);

    public string FieldOf(string field) => field == "reason" ? "Words" : "";
}
