using System.Globalization;
using AbstractReview.App.Audit;
using AbstractReview.App.Call;
using AbstractReview.Domain.Conferences;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Secretariat;

/// <summary>Who did what, when.</summary>
[Authorize]
public sealed class AuditTrailModel(IMediator mediator) : PageModel
{
    public const int Size = 100;

    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Who { get; set; }

    /// <summary>The beginning of what was done, such as <c>decision.</c></summary>
    [BindProperty(SupportsGet = true)]
    public string? What { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    /// <summary>The last day shown.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? Until { get; set; }

    [BindProperty(SupportsGet = true, Name = "p")]
    public int At { get; set; } = 1;

    public AuditPage Entries { get; private set; } = new([], 0);

    public string Address(int page) => Query(("kind", Kind), ("id", Id), ("who", Who), ("what", What), ("from", Day(From)), ("until", Day(Until)), ("p", page.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The same entries as a file.</summary>
    public string File(string ending)
    {
        var (from, until) = Instants;
        return $"/api/v1/audit.{ending}{Query(("kind", Kind), ("id", Id), ("who", Who), ("action", What), ("from", from?.ToString("O", CultureInfo.InvariantCulture)), ("until", until?.ToString("O", CultureInfo.InvariantCulture)))}";
    }

    public async Task OnGetAsync(CancellationToken ct)
    {
        At = Math.Max(1, At);
        var by = HttpContext.Actor();
        Conference = (await mediator.Send(new ReadFrame(by), ct)).Conference;
        var (from, until) = Instants;
        Entries = await mediator.Send(new ListAudit(Kind, Id, Who, At, Size, by) { Action = What, From = from, Until = until }, ct);
    }

    private Conference? Conference { get; set; }

    // Days as the conference counts them.
    private (DateTimeOffset? From, DateTimeOffset? Until) Instants => (Start(From), Start(Until?.AddDays(1)));

    private DateTimeOffset? Start(DateOnly? day)
        => day is not { } d ? null : Conference is null ? new DateTimeOffset(d.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : Conference.At(d.ToDateTime(TimeOnly.MinValue));

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Query(params (string Name, string? Value)[] parts)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in parts.Where(p => !string.IsNullOrEmpty(p.Value))) query.Add(name, value!);
        return query.ToString();
    }
}
