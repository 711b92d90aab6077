using AbstractReview.App.Audit;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Secretariat;

/// <summary>Who did what, when.</summary>
[Authorize]
public sealed class AuditTrailModel(IMediator mediator) : PageModel
{
    public const int Size = 100;

    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Who { get; set; }

    [BindProperty(SupportsGet = true, Name = "p")]
    public int At { get; set; } = 1;

    public AuditPage Entries { get; private set; } = new([], 0);

    public string Address(int page) => $"?kind={Uri.EscapeDataString(Kind ?? "")}&id={Uri.EscapeDataString(Id ?? "")}&who={Uri.EscapeDataString(Who ?? "")}&p={page}";

    public async Task OnGetAsync(CancellationToken ct)
    {
        At = Math.Max(1, At);
        Entries = await mediator.Send(new ListAudit(Kind, Id, Who, At, Size, HttpContext.Actor()), ct);
    }
}
