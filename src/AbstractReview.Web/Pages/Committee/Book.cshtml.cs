using AbstractReview.App.Book;
using AbstractReview.App.Jobs;
using AbstractReview.Domain;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace AbstractReview.Web.Pages.Committee;

/// <summary>Builds editions of the book and keeps them at hand.</summary>
[Authorize]
public sealed class BookModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty]
    public string PageSize { get; set; } = "A4";

    [BindProperty]
    public int Columns { get; set; } = 1;

    [BindProperty]
    public bool Draft { get; set; }

    public EditionList Editions { get; private set; } = new([], null);
    public JobStatus? Job { get; private set; }
    public bool MayBuild => Access.MayBuildBook(HttpContext.Actor());

    public IEnumerable<SelectListItem> PageSizes { get; } = [new("A4", "A4"), new("Letter", "Letter")];
    public IEnumerable<SelectListItem> ColumnCounts { get; } = [new("One", "1"), new("Two", "2")];

    public Task OnGetAsync(CancellationToken ct) => ShowAgain(ct);

    public async Task<IActionResult> OnPostBuildAsync(CancellationToken ct)
    {
        await mediator.Send(new BuildEdition(new BookOptions { PageSize = PageSize, Columns = Columns, Draft = Draft }, HttpContext.Actor()), ct);
        return Redirect("/committee/book");
    }

    public async Task<IActionResult> OnPostPublishAsync(int number, CancellationToken ct)
    {
        await mediator.Send(new PublishEdition(number, HttpContext.Actor()), ct);
        TempData["Done"] = $"Edition {number} is public.";
        return Redirect("/committee/book");
    }

    public async Task ShowAgain(CancellationToken ct)
    {
        Editions = await mediator.Send(new ListEditions(HttpContext.Actor()), ct);
        Job = Editions.Job is { } id ? await mediator.Send(new ReadJob(id, HttpContext.Actor()), ct) : null;
    }

    public string FieldOf(string field) => field switch { "pageSize" => "PageSize", "columns" => "Columns", _ => "" };
}
