using System.Globalization;
using AbstractReview.App.Decisions;
using AbstractReview.App.Reviews;
using AbstractReview.Domain;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Reviews;
using AbstractReview.Domain.Submissions;
using MediatR;

namespace AbstractReview.Web.Api;

/// <summary>The committee's collected scores.</summary>
internal static class StandingsApi
{
    public static void MapStandings(this RouteGroupBuilder api)
    {
        api.MapGet("/standings", async ([AsParameters] StandingQuery query, HttpContext http, IMediator mediator) =>
        {
            var filter = query.Filter();
            var page = await mediator.Send(new ReadStandings(filter, http.Actor()), http.RequestAborted);
            var next = filter.Skip + page.Items.Count;
            return TypedResults.Ok(new StandingList(page.Items, next < page.Total ? next.ToString(CultureInfo.InvariantCulture) : null, page.Total, page.Lines, page.Rooms));
        });
        api.MapGet("/standings.csv", async ([AsParameters] StandingQuery query, HttpContext http, IMediator mediator) =>
            http.Download((await Export(query, http, mediator)).Sheet, "standings", "csv"));
        api.MapGet("/standings.xlsx", async ([AsParameters] StandingQuery query, HttpContext http, IMediator mediator) =>
            http.Download((await Export(query, http, mediator)).Sheet, "standings", "xlsx"));
        api.MapGet("/standings.json", async ([AsParameters] StandingQuery query, HttpContext http, IMediator mediator) =>
        {
            var all = await Export(query, http, mediator);
            http.Response.Headers.ContentDisposition = "attachment; filename=standings.json";
            return TypedResults.Ok(new StandingFile(all.Items, all.Lines));
        });
        api.MapGet("/plots", async (HttpContext http, IMediator mediator) =>
            TypedResults.Ok(await mediator.Send(new ReadPlots(http.Actor()), http.RequestAborted)));
        api.MapGet("/submissions/{number:int}/standing", async (int number, HttpContext http, IMediator mediator) =>
            TypedResults.Ok(await mediator.Send(new ReadStanding(number, http.Actor()), http.RequestAborted)));
    }

    private static Task<StandingExport> Export(StandingQuery query, HttpContext http, IMediator mediator)
        => mediator.Send(new ExportStandings(query.Filter(), http.Actor()), http.RequestAborted);
}

/// <summary>The query of <c>GET standings</c>.</summary>
internal sealed class StandingQuery
{
    public string? Area { get; init; }
    public SubmissionState? State { get; init; }
    public DecisionKind? Decision { get; init; }
    public bool? Undecided { get; init; }
    public bool? Disagreement { get; init; }
    public bool? Incomplete { get; init; }
    public bool? Near { get; init; }
    public bool? Falls { get; init; }
    public string? Presentation { get; init; }
    public Recommendation? Recommended { get; init; }
    public string? Q { get; init; }
    public StandingOrder? Sort { get; init; }
    public bool? Reverse { get; init; }
    public string? Cursor { get; init; }
    public int? Take { get; init; }

    public StandingFilter Filter() => new()
    {
        Area = Area, State = State, Decision = Decision, Undecided = Undecided ?? false, Disagreement = Disagreement ?? false, Incomplete = Incomplete ?? false,
        Near = Near ?? false, Falls = Falls ?? false, Presentation = Presentation, Recommended = Recommended,
        Search = Q, Order = Sort ?? StandingOrder.Calibrated, Reverse = Reverse ?? false, Take = Take ?? 50,
        Skip = Cursor is null ? 0 : int.TryParse(Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var skip) ? skip : throw new RuleBrokenException("cursor", "This cursor is not one of ours."),
    };
}

public sealed record StandingList(IReadOnlyList<StandingView> Items, string? Next, int Total, IReadOnlyList<AreaLine> Lines, IReadOnlyList<AreaRoom> Rooms);

public sealed record StandingFile(IReadOnlyList<StandingView> Items, IReadOnlyList<AreaLine> Lines);
