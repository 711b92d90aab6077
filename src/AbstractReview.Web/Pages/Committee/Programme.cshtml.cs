using System.Globalization;
using AbstractReview.App.Jobs;
using AbstractReview.App.Programme;
using AbstractReview.Domain;
using AbstractReview.Domain.Programmes;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Committee;

/// <summary>The committee's editor: rooms by time, what has no place yet, what clashes; every action a plain form.</summary>
[Authorize]
public sealed class ProgrammeModel(IMediator mediator) : PageModel, IShowAgain
{
    /// <summary>The version the page was made from; edits of others since are merged unless they touched the same thing.</summary>
    [BindProperty]
    public int? Version { get; set; }

    /// <summary>The submission or session that is looked at closely.</summary>
    [BindProperty(SupportsGet = true)]
    public string? At { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Job { get; set; }

    public ProgrammeReading Reading { get; private set; } = null!;
    public ReleasePreview Preview { get; private set; } = null!;
    public JobStatus? Status { get; private set; }
    public bool MayEdit => Access.MayEditProgramme(HttpContext.Actor());

    public int? AtNumber => At is not null && At.StartsWith("AR-", StringComparison.Ordinal) && int.TryParse(At.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;
    public Session? AtSession => Reading.Document!.Session(At ?? "");

    public Task OnGet() => Load(HttpContext.RequestAborted);

    public Task ShowAgain(CancellationToken ct) => Load(ct);

    public Task<IActionResult> OnPostPlace(int number, string place)
    {
        var parts = place.Split('@');
        var start = parts.Length > 1 ? DateTime.ParseExact(parts[1], "yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture) : (DateTime?)null;
        return Edit(new ProgrammeEdit { Kind = EditKind.Place, Number = number, Session = parts[0], Start = start });
    }

    public Task<IActionResult> OnPostRemove(int number) => Edit(new ProgrammeEdit { Kind = EditKind.Remove, Number = number });

    public Task<IActionResult> OnPostPin(int number, bool pin) => Edit(new ProgrammeEdit { Kind = pin ? EditKind.Pin : EditKind.Unpin, Number = number });

    public Task<IActionResult> OnPostPeople(string session, EditKind office, string? people)
        => office is EditKind.SetChairs or EditKind.SetRapporteurs or EditKind.SetPanellists
            ? Edit(new ProgrammeEdit { Kind = office, Session = session, People = PeopleLines.Read(people) })
            : throw new RuleBrokenException("office", "Choose chairs, rapporteurs or panellists.");

    public Task<IActionResult> OnPostItem(string session, string? title, DateTime? start, int? minutes)
        => Edit(new ProgrammeEdit { Kind = EditKind.AddItem, Session = session, Title = title, Start = start, Minutes = minutes });

    public Task<IActionResult> OnPostDropItem(string session, string code) => Edit(new ProgrammeEdit { Kind = EditKind.RemoveItem, Session = session, Code = code });

    public Task<IActionResult> OnPostMove(string session, string room, DateTime? start) => Edit(new ProgrammeEdit { Kind = EditKind.MoveSession, Session = session, Room = room, Start = start });

    public async Task<IActionResult> OnPostStep(bool redo)
    {
        await mediator.Send(new StepProgramme(redo, HttpContext.Actor()), HttpContext.RequestAborted);
        return Back(redo ? "Brought again." : "Taken back.");
    }

    public async Task<IActionResult> OnPostPropose(int seconds)
    {
        var job = await mediator.Send(new ProposeProgramme(HttpContext.Actor()) { Seconds = seconds }, HttpContext.RequestAborted);
        return Redirect(FormattableString.Invariant($"/committee/programme?job={job}"));
    }

    public async Task<IActionResult> OnPostRelease()
    {
        var number = await mediator.Send(new ReleaseProgramme(HttpContext.Actor()), HttpContext.RequestAborted);
        TempData["Done"] = $"Release {number} is public; those concerned are told by mail.";
        return Redirect(FormattableString.Invariant($"/programme/releases/{number}"));
    }

    private async Task<IActionResult> Edit(ProgrammeEdit edit)
    {
        await mediator.Send(new EditProgramme(edit, Version, HttpContext.Actor()), HttpContext.RequestAborted);
        return Back($"Saved: {ProgrammeEdits.Words(edit)}.");
    }

    private RedirectResult Back(string done)
    {
        TempData["Done"] = done;
        return Redirect("/committee/programme" + (At is null ? "" : $"?at={Uri.EscapeDataString(At)}#{Uri.EscapeDataString(At)}"));
    }

    private async Task Load(CancellationToken ct)
    {
        var by = HttpContext.Actor();
        Access.Require(Access.MaySeeProgrammeDraft(by), "see the programme's draft");
        Reading = await mediator.Send(new ReadProgramme(by), ct);
        Preview = await mediator.Send(new PreviewRelease(by), ct);
        if (Job is { } id) Status = await mediator.Send(new ReadJob(id, by), ct);
        Version = Reading.Version;
        ModelState.Remove(nameof(Version));
    }
}

/// <summary>People as lines of a text box: name, affiliation, country, address, separated by semicolons.</summary>
internal static class PeopleLines
{
    public static string Write(IEnumerable<ProgrammePerson> people)
        => string.Join('\n', people.Select(p => $"{p.GivenName} {p.FamilyName.Replace(' ', '\u00a0')}; {p.Affiliation}; {p.Country}; {p.Email}"));

    /// <exception cref="RuleBrokenException">A line has no name.</exception>
    public static IReadOnlyList<ProgrammePerson> Read(string? text) => (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line =>
    {
        var parts = line.Split(';', StringSplitOptions.TrimEntries);
        // The last word is the family name; a family name of several words keeps a no-break space between them.
        var words = parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0) throw new RuleBrokenException("people", $"“{line}” has no name.");
        return new ProgrammePerson
        {
            GivenName = string.Join(' ', words[..^1]),
            FamilyName = words[^1].Replace('\u00a0', ' '),
            Affiliation = parts.ElementAtOrDefault(1) ?? "",
            Country = parts.ElementAtOrDefault(2) ?? "",
            Email = parts.ElementAtOrDefault(3) ?? "",
        };
    }).ToList();
}
