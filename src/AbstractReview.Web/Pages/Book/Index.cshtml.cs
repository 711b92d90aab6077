using AbstractReview.App.Book;
using MediatR;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Book;

/// <summary>The newest edition that the reader may have, in every format.</summary>
public sealed class IndexModel(IMediator mediator) : PageModel
{
    /// <summary>Null before there is one.</summary>
    public PublicEdition? Edition { get; private set; }

    public async Task OnGetAsync(CancellationToken ct) => Edition = await mediator.Send(new ReadNewestEdition(HttpContext.Actor()), ct);
}
