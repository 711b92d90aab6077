using AbstractReview.App.Mailing;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Secretariat;

/// <summary>Every mail with what became of it; one that failed can be tried again.</summary>
[Authorize]
public sealed class MailLedgerModel(IMediator mediator) : PageModel, IShowAgain
{
    public const int Size = 50;

    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    [BindProperty(SupportsGet = true, Name = "p")]
    public int At { get; set; } = 1;

    public MailList Mail { get; private set; } = new([], 0);

    public string Address(int page) => $"/secretariat/mail?state={Uri.EscapeDataString(State ?? "")}&p={page}";

    public Task OnGetAsync(CancellationToken ct) => ShowAgain(ct);

    public async Task<IActionResult> OnPostAsync(int id, CancellationToken ct)
    {
        await mediator.Send(new RetryMail(id, HttpContext.Actor()), ct);
        TempData["Done"] = $"Mail {id} is tried again.";
        return Redirect(Address(Math.Max(1, At)));
    }

    public async Task ShowAgain(CancellationToken ct)
    {
        At = Math.Max(1, At);
        Mail = await mediator.Send(new ListMail(State, At, Size, HttpContext.Actor()), ct);
    }

    public string FieldOf(string field) => "";
}
