using AbstractReview.App.Letters;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Committee;

/// <summary>Every text of letters, and who changed it.</summary>
[Authorize]
public sealed class LetterTemplatesModel(IMediator mediator) : PageModel
{
    public IReadOnlyList<TemplateEntry> Templates { get; private set; } = [];

    public IEnumerable<string> InUse => Templates.Where(t => t.InUse).Select(t => t.Language).Distinct();

    public async Task OnGetAsync(CancellationToken ct) => Templates = await mediator.Send(new ListTemplates(HttpContext.Actor()), ct);
}
