using System.ComponentModel.DataAnnotations;
using AbstractReview.App.Call;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace AbstractReview.Web.Pages.Secretariat;

/// <summary>More time, for a submission, an area or everybody.</summary>
[Authorize]
public sealed class ExtensionsModel(IMediator mediator, TimeProvider clock) : PageModel, IShowAgain
{
    [BindProperty]
    public ExtensionForm Form { get; set; } = new();

    public Conference Conference { get; private set; } = null!;
    public IReadOnlyList<ExtensionView> Extensions { get; private set; } = [];
    public DateTimeOffset Now => clock.GetUtcNow();
    public SelectList AreaItems => new(Conference.Areas.Select(a => new SelectListItem($"{a.Code} {a.Title}", a.Code)).Prepend(new("All areas", "")), "Value", "Text");

    public Task OnGetAsync(CancellationToken ct) => ShowAgain(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await ShowAgain(ct);
        if (Form.Until is not { } until) throw new RuleBrokenException("until", "Say until when, as a date and a time.");
        await mediator.Send(new GiveExtension(Form.Number, string.IsNullOrEmpty(Form.AreaCode) ? null : Form.AreaCode, Conference.At(until), Form.Reason ?? "", HttpContext.Actor()), ct);
        TempData["Done"] = $"Submissions are taken until {Deadline.Words(Conference, Conference.At(until))}: {Words(Form.Number, Form.AreaCode)}.";
        return Redirect("/secretariat/extensions");
    }

    public async Task<IActionResult> OnPostEndAsync(int id, string? why, CancellationToken ct)
    {
        await mediator.Send(new EndExtension(id, why ?? "", HttpContext.Actor()), ct);
        TempData["Done"] = "The extension has ended.";
        return Redirect("/secretariat/extensions");
    }

    public async Task ShowAgain(CancellationToken ct)
    {
        Conference = await mediator.Send(new ReadCallSettings(HttpContext.Actor()), ct) ?? throw new NotFoundException("There is no conference yet.");
        Extensions = await mediator.Send(new ListExtensions(HttpContext.Actor()), ct);
    }

    public string FieldOf(string field) => field == "" ? "" : $"Form.{char.ToUpperInvariant(field[0])}{field[1..]}";

    /// <summary>Whom an extension is for.</summary>
    public static string Words(int? number, string? area) => number is { } n ? $"submission {n}" : string.IsNullOrEmpty(area) ? "everybody" : $"area {area}";
}

/// <summary>An extension as its form sends it; its time is the conference's.</summary>
public sealed class ExtensionForm
{
    public int? Number { get; set; }
    public string? AreaCode { get; set; }
    public DateTime? Until { get; set; }
    [DataType(DataType.MultilineText)]
    public string? Reason { get; set; }
}
