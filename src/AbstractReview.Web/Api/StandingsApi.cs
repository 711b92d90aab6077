using System.Globalization;
using AbstractReview.App.Reviews;
using AbstractReview.Domain;
using AbstractReview.Domain.Decisions;
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
            return TypedResults.Ok(new StandingList(page.Items, next < page.Total ? next.ToString(CultureInfo.InvariantCulture) : null, page.Total, page.Lines));
        });
        api.MapGet("/submissions/{number:int}/standing", async (int number, HttpContext http, IMediator mediator) =>
            TypedResults.Ok(await mediator.Send(new ReadStanding(number, http.Actor()), http.RequestAborted)));
    }
}

/// <summary>The query of <c>GET standings</c>.</summary>
internal sealed record StandingQuery(string? Area, SubmissionState? State, DecisionKind? Decision, bool? Undecided, bool? Disagreement, bool? Incomplete,
    string? Q, StandingOrder? Sort, bool? Reverse, string? Cursor, int? Take)
{
    public StandingFilter Filter() => new()
    {
        Area = Area, State = State, Decision = Decision, Undecided = Undecided ?? false, Disagreement = Disagreement ?? false, Incomplete = Incomplete ?? false,
        Search = Q, Order = Sort ?? StandingOrder.Calibrated, Reverse = Reverse ?? false, Take = Take ?? 50,
        Skip = Cursor is null ? 0 : int.TryParse(Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var skip) ? skip : throw new RuleBrokenException("cursor", "This cursor is not one of ours."),
    };
}

public sealed record StandingList(IReadOnlyList<StandingView> Items, string? Next, int Total, IReadOnlyList<AreaLine> Lines);
