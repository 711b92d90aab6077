using AbstractReview.App.Accounts;
using AbstractReview.App.Programme;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Programme;

/// <summary>The programme for everybody: by day, area, room or person, with a search.</summary>
public sealed class IndexModel(IMediator mediator, SiteAddress site, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public ProgrammeBy By { get; set; }

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Search { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Person { get; set; }

    public ReleaseReading Release { get; private set; } = null!;
    public ProgrammeList List { get; private set; } = null!;
    public IReadOnlyList<ViewPerson> People { get; private set; } = [];
    public ViewPerson? Who { get; private set; }

    /// <summary>Where calendars subscribe: the site's own address, whatever the conference's website is.</summary>
    public string Host => Uri.TryCreate(site.Value, UriKind.Absolute, out var address) ? address.Authority : Request.Host.Value ?? "";

    public async Task<IActionResult> OnGet()
    {
        var by = HttpContext.Actor();
        Release = await mediator.Send(new ReadRelease(null, by), HttpContext.RequestAborted);
        var now = clock.GetUtcNow();
        if (!by.SignedIn && Unchanged(now)) return StatusCode(StatusCodes.Status304NotModified);
        var view = Release.Programme;
        Who = view.People.FirstOrDefault(p => p.Code == Person);
        if (Who is { } who)
            view = view with { Sessions = view.Sessions.Where(s => s.Involves(who.Code)).Select(s => s with { Slots = s.Slots.Where(x => x.Authors.Any(a => a.Person == who.Code)).ToList() }).ToList() };
        List = ProgrammeList.Of(view, Who is null ? By : ProgrammeBy.Day, Search, now, stars: true);
        if (By == ProgrammeBy.Person && Who is null) People = ProgrammeList.People(view, Search);
        return Page();
    }

    // A release never changes; while the conference runs, what is on now changes every five minutes.
    private bool Unchanged(DateTimeOffset now)
    {
        var days = Release.Programme.Days;
        var running = days.Count > 0 && now >= Release.Programme.At(days[0].ToDateTime(TimeOnly.MinValue)).AddDays(-1) && now <= Release.Programme.At(days[^1].ToDateTime(TimeOnly.MinValue)).AddDays(2);
        var tag = FormattableString.Invariant($"\"r{Release.Programme.Number}-{(running ? now.ToUnixTimeSeconds() / 300 : 0)}\"");
        Response.Headers.ETag = tag;
        Response.Headers.CacheControl = "private, no-cache";
        return Request.Headers.IfNoneMatch.Contains(tag);
    }
}
