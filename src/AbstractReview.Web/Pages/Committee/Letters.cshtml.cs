using AbstractReview.App.Decisions;
using AbstractReview.App.Letters;
using AbstractReview.Domain;
using AbstractReview.Domain.Letters;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Committee;

/// <summary>What publishing would send; then every letter, what became of it, and one button each to put right what went wrong.</summary>
[Authorize]
public sealed class LettersModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Find { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public LetterPlan Plan { get; private set; } = new([], 0, 0);

    /// <summary>Tells the decisions that are shown from any others; empty for who may not publish them.</summary>
    public string Expected { get; private set; } = "";

    public LetterList Letters { get; private set; } = new([], null);

    public LetterCounts Counts { get; private set; } = new() { All = 0, Waiting = 0, Trouble = 0, Sent = 0, Repeated = 0 };

    public bool MaySend => Access.MayPublishDecisions(HttpContext.Actor());

    public string Caption => Show switch
    {
        "missing" => "Who has not received their letter",
        "trouble" => "Letters that failed or came back",
        "waiting" => "Letters on their way",
        "sent" => "Letters that were taken",
        "repeated" => "Letters offered more than once because an answer was lost",
        _ => "Every letter",
    };

    public static string KindWords(string kind) => Enum.TryParse<LetterKind>(kind, out var known) ? known.Words() : kind;

    /// <summary>Such as “1 letter” or “42 letters”.</summary>
    public static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    public string Address(string? show) => $"/committee/letters?show={show}&find={Uri.EscapeDataString(Find ?? "")}";

    public Task OnGetAsync(CancellationToken ct) => ShowAgain(ct);

    public async Task<IActionResult> OnPostSendAsync(string? expected, CancellationToken ct)
    {
        var count = await mediator.Send(new PublishDecisions(HttpContext.Actor()) { Expected = expected ?? "" }, ct);
        TempData["Done"] = count == 0 ? "There was nothing left to publish." : $"{Count(count, "decision")} published; letters are being written and sent.";
        return Redirect("/committee/letters?show=waiting");
    }

    public async Task<IActionResult> OnPostRetryAsync(int id, CancellationToken ct)
    {
        await mediator.Send(new RetryLetter(id, HttpContext.Actor()), ct);
        return Back(id, $"Letter {id} is tried again.");
    }

    public async Task<IActionResult> OnPostResendAsync(int id, string? email, CancellationToken ct)
    {
        await mediator.Send(new ResendLetter(id, email, HttpContext.Actor()), ct);
        return Back(id, $"Letter {id} is on its way again.");
    }

    public async Task ShowAgain(CancellationToken ct)
    {
        Show = string.IsNullOrEmpty(Show) ? null : Show;
        var by = HttpContext.Actor();
        Letters = await mediator.Send(new ListLetters(Show, Cursor, 100, by) { Find = Find }, ct);
        Counts = await mediator.Send(new CountLetters(by), ct);
        Plan = await mediator.Send(new ReadLetterPlan(by), ct);
        if (Plan.Total > 0 && MaySend) Expected = (await mediator.Send(new ReadDecisions(by), ct)).Fingerprint;
    }

    public string FieldOf(string field) => field == "email" ? $"to-{Request.Form["id"]}" : "";

    private RedirectResult Back(int id, string done)
    {
        TempData["Done"] = done;
        return Redirect($"/committee/letters/{id}");
    }
}
