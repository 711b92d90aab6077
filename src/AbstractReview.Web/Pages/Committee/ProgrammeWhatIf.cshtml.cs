using AbstractReview.App.Programme;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Programmes;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Committee;

/// <summary>Asks what a withdrawal or an absence would change, shows the smallest set of moves, and makes it so.</summary>
[Authorize]
public sealed class ProgrammeWhatIfModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty(SupportsGet = true)]
    public WhatIfKind Kind { get; set; }

    /// <summary>As people write it: 42 or AR-42.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Number { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Email { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateTime? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateTime? To { get; set; }

    public ProgrammeReading Reading { get; private set; } = null!;
    public WhatIfAnswer? Answer { get; private set; }
    public IReadOnlyList<ProgrammePerson> People { get; private set; } = [];

    public Task OnGet() => ShowAgain(HttpContext.RequestAborted);

    public async Task<IActionResult> OnPost()
    {
        var ct = HttpContext.RequestAborted;
        Answer = await mediator.Send(new AskWhatIf(Kind, HttpContext.Actor()) { Number = Parsed(), Email = Email, From = From, To = To }, ct);
        await ShowAgain(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostApply(string edits, string words, int version)
    {
        await mediator.Send(new EditProgrammeTogether(Moves(edits), words, version, HttpContext.Actor()), HttpContext.RequestAborted);
        TempData["Done"] = $"Saved: {words}. Undo takes it back.";
        return Redirect("/committee/programme");
    }

    private static List<ProgrammeEdit> Moves(string edits)
    {
        try
        {
            return Json.Read<List<ProgrammeEdit>>(edits);
        }
        catch (System.Text.Json.JsonException)
        {
            throw new RuleBrokenException("edits", "These moves cannot be read any more. Ask again.");
        }
    }

    public async Task ShowAgain(CancellationToken ct)
    {
        var by = HttpContext.Actor();
        Access.Require(Access.MayEditProgramme(by), "ask for changes of the programme");
        Reading = await mediator.Send(new ReadProgramme(by), ct);
        People = await mediator.Send(new ListProgrammePeople(by), ct);
        // The first day is what a late arrival usually costs.
        if (Reading.Programme.Days is not [var first, ..]) return;
        From ??= first.ToDateTime(TimeOnly.MinValue);
        To ??= first.AddDays(1).ToDateTime(TimeOnly.MinValue);
    }

    string IShowAgain.FieldOf(string field) => field switch { "number" => nameof(Number), "email" => nameof(Email), "from" => nameof(From), "to" => nameof(To), _ => "" };

    private int? Parsed() => string.IsNullOrWhiteSpace(Number) ? null
        : int.TryParse(Number.Trim().Replace("AR-", "", StringComparison.OrdinalIgnoreCase), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var n) ? n
        : throw new RuleBrokenException("number", $"“{Number}” is no submission; write it as 42 or AR-42.");
}
