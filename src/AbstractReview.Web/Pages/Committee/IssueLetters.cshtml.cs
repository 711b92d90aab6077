using AbstractReview.App.Letters;
using AbstractReview.Domain.Letters;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Committee;

/// <summary>Letters that no decision orders: invitations and thanks to reviewers, certificates.</summary>
[Authorize]
public sealed class IssueLettersModel(IMediator mediator) : PageModel, IShowAgain
{
    private static readonly LetterKind[] Kinds = [LetterKind.Thanks, LetterKind.ReviewCertificate, LetterKind.PresentationCertificate];

    [BindProperty]
    public string? List { get; set; }

    public IReadOnlyList<(LetterKind Kind, IReadOnlyList<IssuableLetter> Letters)> Due { get; private set; } = [];

    public IReadOnlyList<InvitationEntry> Invitations { get; private set; } = [];

    public Task OnGetAsync(CancellationToken ct) => ShowAgain(ct);

    public async Task<IActionResult> OnPostIssueAsync(LetterKind kind, CancellationToken ct)
    {
        TempData["Done"] = $"On its way to be written and sent: {LettersModel.Count(await mediator.Send(new IssueLetters(kind, HttpContext.Actor()), ct), "letter")}.";
        return Redirect("/committee/letters/issue");
    }

    public async Task<IActionResult> OnPostInviteAsync(CancellationToken ct)
    {
        var invitees = (List ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Invitee.Parse).ToList();
        var invited = await mediator.Send(new InviteReviewers(invitees, HttpContext.Actor()), ct);
        TempData["Done"] = $"On its way to be written and sent: {LettersModel.Count(invited, "invitation")}.{(invited == invitees.Count ? "" : $" {invitees.Count - invited} had been invited before.")}";
        return Redirect("/committee/letters/issue");
    }

    public async Task ShowAgain(CancellationToken ct)
    {
        var by = HttpContext.Actor();
        var due = new List<(LetterKind, IReadOnlyList<IssuableLetter>)>();
        foreach (var kind in Kinds) due.Add((kind, await mediator.Send(new ReadIssuable(kind, by), ct)));
        Due = due;
        Invitations = await mediator.Send(new ListInvitations(by), ct);
    }

    public string FieldOf(string field) => field == "list" ? "List" : "";
}
