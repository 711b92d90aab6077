using AbstractReview.App.Call;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Submissions;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Submissions;

/// <summary>An author's own submissions: what is left to do, or where they stand.</summary>
[Authorize]
public sealed class IndexModel(IMediator mediator, TimeProvider clock) : PageModel
{
    public Conference Conference { get; private set; } = null!;
    public IReadOnlyList<SubmissionView> Submissions { get; private set; } = [];
    public DateTimeOffset Deadline { get; private set; }
    public bool IsOpen { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        var by = HttpContext.Actor();
        Conference = (await mediator.Send(new ReadFrame(by), ct)).Conference ?? throw new NotFoundException("There is no conference yet.");
        Deadline = await mediator.Send(new ReadDeadline(by), ct);
        IsOpen = clock.GetUtcNow() <= Deadline;
        var mine = await mediator.Send(new ListSubmissions(true, null, null, null, null, 50, by), ct);
        var views = new List<SubmissionView>();
        foreach (var item in mine.Items) views.Add(await mediator.Send(new ReadSubmission(item.Number, by), ct));
        Submissions = views;
    }

    /// <summary>The parts of a draft and whether each is complete.</summary>
    public IReadOnlyList<(string Words, string Anchor, bool Done)> Tasks(SubmissionView s)
    {
        var missing = ContentRules.CheckComplete(EditModel.Content(s), Conference).Select(e => e.Field.Split('[', '.')[0]).ToHashSet();
        return
        [
            ("Title", "Form_Title", !missing.Contains("title")),
            ("Area and topics", "Form_AreaCode", !missing.Contains("areaCode") && !missing.Contains("topics")),
            ("Abstract", "Form_Abstract", !missing.Contains("abstract")),
            ("Authors", "Form_Authors", !missing.Contains("authors")),
        ];
    }
}
