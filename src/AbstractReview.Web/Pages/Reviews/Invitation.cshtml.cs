using AbstractReview.App.Letters;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Reviews;

/// <summary>Where the link of an invitation leads: yes or no, without an account.</summary>
public sealed class InvitationModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty(SupportsGet = true)]
    public string Token { get; set; } = "";

    public InvitationView Invitation { get; private set; } = null!;

    public Task OnGetAsync(CancellationToken ct) => ShowAgain(ct);

    public async Task<IActionResult> OnPostAsync(bool accept, string? reason, CancellationToken ct)
        => Redirect(await mediator.Send(new AnswerInvitation(Token, accept, reason ?? ""), ct));

    public async Task ShowAgain(CancellationToken ct) => Invitation = await mediator.Send(new ReadInvitation(Token), ct);

    public string FieldOf(string field) => "";
}
