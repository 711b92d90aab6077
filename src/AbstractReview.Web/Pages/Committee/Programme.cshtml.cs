using System.Globalization;
using AbstractReview.App.Jobs;
using AbstractReview.App.Programme;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
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

    /// <summary>The text of an office as it was typed, when it was refused.</summary>
    [BindProperty(Name = "people")]
    public string? TypedPeople { get; set; }

    [BindProperty(Name = "office")]
    public EditKind? TypedOffice { get; set; }

    public ProgrammeReading Reading { get; private set; } = null!;
    /// <summary>Where the submission that is looked at could go, with what would clash there.</summary>
    public IReadOnlyList<Place> Places { get; private set; } = [];
    public ReleasePreview Preview { get; private set; } = null!;
    public JobStatus? Status { get; private set; }
    public bool MayEdit => Access.MayEditProgramme(HttpContext.Actor());

    public int? AtNumber => At is not null && At.StartsWith("AR-", StringComparison.Ordinal) && int.TryParse(At.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;
    public Session? AtSession => Reading.Document!.Session(At ?? "");

    public Task OnGet() => Load(HttpContext.RequestAborted);

    public Task ShowAgain(CancellationToken ct) => Load(ct);

    public Task<IActionResult> OnPostPlace(int number, string? place)
    {
        var parts = (place ?? "").Split('@');
        var start = (DateTime?)null;
        if (parts.Length > 1)
            start = DateTime.TryParseExact(parts[1], "yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at : throw new RuleBrokenException("place", "Choose one of the places.");
        return Edit(new ProgrammeEdit { Kind = EditKind.Place, Number = number, Session = parts[0], Start = start });
    }

    public Task<IActionResult> OnPostRemove(int number) => Edit(new ProgrammeEdit { Kind = EditKind.Remove, Number = number });

    public Task<IActionResult> OnPostPin(int number, bool pin) => Edit(new ProgrammeEdit { Kind = pin ? EditKind.Pin : EditKind.Unpin, Number = number });

    public Task<IActionResult> OnPostPeople(string session)
        => TypedOffice is EditKind.SetChairs or EditKind.SetRapporteurs or EditKind.SetPanellists
            ? Edit(new ProgrammeEdit { Kind = TypedOffice.Value, Session = session, People = PeopleLines.Read(TypedPeople) })
            : throw new RuleBrokenException("office", "Choose chairs, rapporteurs or panellists.");

    /// <summary>What an office's box holds: what was typed and refused, else who holds it.</summary>
    public string PeopleText(EditKind office, IEnumerable<ProgrammePerson> people) => TypedOffice == office && !ModelState.IsValid ? TypedPeople ?? "" : PeopleLines.Write(people);

    public Task<IActionResult> OnPostItem(string session, string? title, DateTime? start, int? minutes)
        => Edit(new ProgrammeEdit { Kind = EditKind.AddItem, Session = session, Title = title, Start = start, Minutes = minutes });

    public Task<IActionResult> OnPostDropItem(string session, string code) => Edit(new ProgrammeEdit { Kind = EditKind.RemoveItem, Session = session, Code = code });

    public Task<IActionResult> OnPostMove(string session, string room, DateTime? start) => Edit(new ProgrammeEdit { Kind = EditKind.MoveSession, Session = session, Room = room, Start = start });

    public Task<IActionResult> OnPostChange(string session, string? title, int? minutes, int? slotMinutes, int? panelMinutes)
        => Edit(new ProgrammeEdit { Kind = EditKind.ChangeSession, Session = session, Title = title ?? "", Minutes = minutes, SlotMinutes = slotMinutes, PanelMinutes = panelMinutes });

    public Task<IActionResult> OnPostDropSession(string session)
    {
        At = null;
        return Edit(new ProgrammeEdit { Kind = EditKind.RemoveSession, Session = session });
    }

    public Task<IActionResult> OnPostAddSession(string? code, SessionKind? kind, string? title, string? area, string? room, DateTime? start, int? minutes, int? slotMinutes, int? panelMinutes)
    {
        At = code;
        return Edit(new ProgrammeEdit { Kind = EditKind.AddSession, Session = code, SessionKind = kind, Title = title, AreaCode = string.IsNullOrEmpty(area) ? null : area, Room = room, Start = start, Minutes = minutes, SlotMinutes = slotMinutes, PanelMinutes = panelMinutes });
    }

    public Task<IActionResult> OnPostNeeds(int number, string[]? equipment) => Edit(new ProgrammeEdit { Kind = EditKind.SetNeeds, Number = number, Equipment = equipment ?? [] });

    public Task<IActionResult> OnPostAway(string? email, DateTime? from, DateTime? to)
        => Edit(new ProgrammeEdit { Kind = EditKind.SetAbsence, Absence = new Absence(email?.Trim() ?? "", from ?? default, to ?? default) });

    public Task<IActionResult> OnPostBack(string email, DateTime from, DateTime to) => Edit(new ProgrammeEdit { Kind = EditKind.ClearAbsence, Absence = new Absence(email, from, to) });

    public async Task<IActionResult> OnPostStep(bool redo)
    {
        await mediator.Send(new StepProgramme(redo, HttpContext.Actor()) { Version = Version }, HttpContext.RequestAborted);
        return Back(redo ? "Brought again." : "Taken back.");
    }

    public async Task<IActionResult> OnPostPropose(int seconds)
    {
        var job = await mediator.Send(new ProposeProgramme(HttpContext.Actor()) { Seconds = seconds }, HttpContext.RequestAborted);
        return Redirect(FormattableString.Invariant($"/committee/programme?job={job}"));
    }

    public async Task<IActionResult> OnPostEnough(int job)
    {
        var running = await mediator.Send(new TakeBestSoFar(job, HttpContext.Actor()), HttpContext.RequestAborted);
        TempData["Done"] = running ? "The search ends; its best so far becomes the draft in a moment." : "That proposal has already ended.";
        return Redirect(FormattableString.Invariant($"/committee/programme?job={job}"));
    }

    public async Task<IActionResult> OnPostRelease()
    {
        var number = await mediator.Send(new ReleaseProgramme(HttpContext.Actor()), HttpContext.RequestAborted);
        TempData["Done"] = $"Release {number} is public; those concerned are told by mail.";
        return Redirect(FormattableString.Invariant($"/programme/releases/{number}"));
    }

    string IShowAgain.FieldOf(string field) => field switch { "people" when TypedOffice is { } office => office.ToString(), "place" => "place", _ => "" };

    private async Task<IActionResult> Edit(ProgrammeEdit edit)
    {
        await mediator.Send(new EditProgramme(edit, Version, HttpContext.Actor()), HttpContext.RequestAborted);
        return Back($"Saved: {ProgrammeEdits.Words(edit)}.", edit.Number is { } n ? Slot.CodeOf(n) : null);
    }

    // To what was looked at, at the top of the page; else to where the talk now lies in the grid.
    private RedirectResult Back(string done, string? moved = null)
    {
        TempData["Done"] = done;
        return Redirect("/committee/programme" + (At is not null ? $"?at={Uri.EscapeDataString(At)}" : moved is null ? "" : $"#{moved}"));
    }

    private async Task Load(CancellationToken ct)
    {
        var by = HttpContext.Actor();
        Access.Require(Access.MaySeeProgrammeDraft(by), "see the programme's draft");
        Reading = await mediator.Send(new ReadProgramme(by), ct);
        Preview = await mediator.Send(new PreviewRelease(by), ct);
        if (AtNumber is { } number && (Reading.Document!.Find(number) is not null || Reading.Unscheduled.Any(t => t.Number == number)) && Reading.Accepted.ContainsKey(number)) Places = await mediator.Send(new FindPlaces(number, by), ct);
        if (Job is { } id) Status = await mediator.Send(new ReadJob(id, by), ct);
        Version = Reading.Version;
        ModelState.Remove(nameof(Version));
    }
}
