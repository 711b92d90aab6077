using System.ComponentModel.DataAnnotations;
using AbstractReview.App.Book;
using AbstractReview.App.Call;
using AbstractReview.App.Jobs;
using AbstractReview.Domain;
using AbstractReview.Domain.Decisions;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace AbstractReview.Web.Pages.Committee;

/// <summary>Builds editions of the book, keeps them at hand, and takes the committee's foreword.</summary>
[Authorize]
public sealed class BookModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty]
    public EditionForm Form { get; set; } = new();

    [BindProperty, DataType(DataType.MultilineText)]
    public string? Foreword { get; set; }

    public EditionList Editions { get; private set; } = new([], null);
    public JobStatus? Job { get; private set; }
    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];
    public bool MayBuild => Access.MayBuildBook(HttpContext.Actor());

    public IEnumerable<SelectListItem> PageSizes { get; } = [new("A4", "A4"), new("Letter", "Letter")];
    public IEnumerable<SelectListItem> ColumnCounts { get; } = [new("One", "1"), new("Two", "2")];

    public IEnumerable<SelectListItem> Orders { get; } =
        [new("As in the programme", nameof(BookOrder.Programme)) { Group = new() { Name = "By number until a programme is released" } }, new("By number", nameof(BookOrder.Number))];

    public IEnumerable<SelectListItem> Kinds { get; } = [new("Oral presentations", nameof(DecisionKind.Oral)), new("Posters", nameof(DecisionKind.Poster)), new("Panel contributions", nameof(DecisionKind.Panel))];

    public IEnumerable<SelectListItem> Pieces { get; } =
    [
        new("Foreword", nameof(BookPiece.Foreword)), new("Committee", nameof(BookPiece.Committee)), new("Programme at a glance", nameof(BookPiece.Glance)),
        new("Times and rooms of sessions and talks", nameof(BookPiece.Sessions)), new("Affiliations", nameof(BookPiece.Affiliations)), new("Keywords", nameof(BookPiece.Keywords)),
        new("Figures", nameof(BookPiece.Figures)), new("Indexes", nameof(BookPiece.Indexes)),
    ];

    /// <summary>What sets an edition apart from others, such as “Letter, two columns, DRAFT, only TA1”.</summary>
    public static string Words(BookOptions options)
    {
        List<string> words = [options.PageSize, options.Columns == 2 ? "two columns" : "one column"];
        if (options.Order == BookOrder.Number) words.Add("by number");
        if (options.ConfirmedOnly) words.Add("confirmed only");
        if (options.Draft) words.Add("DRAFT");
        if (options.Bleed) words.Add("with bleed");
        if (options.Areas.Count + options.Kinds.Count > 0) words.Add($"only {string.Join(", ", options.Areas.Concat(options.Kinds.Select(k => k.ToString())))}");
        if (options.Without.Count > 0) words.Add($"without {string.Join(", ", options.Without)}");
        return string.Join(", ", words);
    }

    public async Task OnGetAsync(CancellationToken ct)
    {
        Form.Pieces = [.. Enum.GetValues<BookPiece>()];
        await ShowAgain(ct);
    }

    public async Task<IActionResult> OnPostBuildAsync(CancellationToken ct)
    {
        await mediator.Send(new BuildEdition(Form.Options(), HttpContext.Actor()), ct);
        return Redirect("/committee/book");
    }

    public async Task<IActionResult> OnPostForewordAsync(CancellationToken ct)
    {
        Form.Pieces = [.. Enum.GetValues<BookPiece>()];
        await mediator.Send(new WriteForeword(Foreword ?? "", HttpContext.Actor()), ct);
        TempData["Done"] = "The foreword is kept; the next edition prints it.";
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
        Foreword ??= await mediator.Send(new ReadForeword(HttpContext.Actor()), ct);
        Areas = [.. (await mediator.Send(new ReadCall(HttpContext.Actor()), ct)).Conference.Areas.Select(a => new SelectListItem($"{a.Code} {a.Title}", a.Code))];
    }

    public string FieldOf(string field) => field switch
    {
        "foreword" => "Foreword",
        "pageSize" or "columns" or "doiPrefix" or "isbn" => $"Form.{char.ToUpperInvariant(field[0])}{field[1..]}",
        _ when field.StartsWith("areas[", StringComparison.Ordinal) => "Form.Areas",
        _ when field.StartsWith("kinds[", StringComparison.Ordinal) => "Form.Kinds",
        _ => "",
    };
}

/// <summary>What an edition shall hold and look like, as boxes and fields.</summary>
public sealed class EditionForm
{
    public string PageSize { get; set; } = "A4";
    public int Columns { get; set; } = 1;
    public BookOrder Order { get; set; }

    /// <summary>None ticked is all of them.</summary>
    public List<string> Areas { get; set; } = [];

    /// <summary>None ticked is all of them.</summary>
    public List<DecisionKind> Kinds { get; set; } = [];

    public bool ConfirmedOnly { get; set; }

    /// <summary>What is printed; boxes that were not ticked are not sent, so it begins empty.</summary>
    public List<BookPiece> Pieces { get; set; } = [];

    public bool Draft { get; set; }

    public bool Bleed { get; set; }
    public string? DoiPrefix { get; set; }
    public string? Isbn { get; set; }

    /// <summary>Something is set among what is folded away at first.</summary>
    public bool IsNarrowed => Areas.Count > 0 || Kinds.Count > 0 || !string.IsNullOrWhiteSpace(DoiPrefix) || !string.IsNullOrWhiteSpace(Isbn);

    public BookOptions Options() => new()
    {
        PageSize = PageSize, Columns = Columns, Order = Order, Areas = Areas, Kinds = Kinds, ConfirmedOnly = ConfirmedOnly, Draft = Draft, Bleed = Bleed,
        Without = [.. Enum.GetValues<BookPiece>().Except(Pieces)], DoiPrefix = DoiPrefix?.Trim() ?? "", Isbn = Isbn?.Trim() ?? "",
    };
}
