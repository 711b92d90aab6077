using AbstractReview.App.Routing;
using MediatR;

namespace AbstractReview.Web.Api;

/// <summary>Routing proposals, for the chair.</summary>
internal static class RoutingApi
{
    public static void MapRouting(this RouteGroupBuilder api)
    {
        api.MapPost("/routing/proposals", async (HttpContext http, IMediator mediator, RoutingOrder? order = null) =>
        {
            var job = await mediator.Send(new ProposeRouting(order?.Fresh ?? false, order?.BasedOn, http.Actor()), http.RequestAborted);
            return TypedResults.Accepted(FormattableString.Invariant($"/api/v1/jobs/{job}"), new StartedRouting(job));
        });
        api.MapGet("/routing/proposals/{id:int}", async (int id, HttpContext http, IMediator mediator) =>
        {
            var proposal = await mediator.Send(new ReadProposal(id, http.Actor()), http.RequestAborted);
            http.Response.Headers.ETag = FormattableString.Invariant($"\"{proposal.Version}\"");
            return TypedResults.Ok(proposal);
        });
        api.MapPost("/routing/proposals/{id:int}/edit", async (int id, RoutingEdit edit, HttpContext http, IMediator mediator) =>
            TypedResults.Ok(await mediator.Send(new EditProposal(id, edit.Edit, edit.Number, edit.ReviewerId, http.ExpectedVersion(), http.Actor()), http.RequestAborted)));
        api.MapGet("/routing/proposals/{id:int}/submissions/{number:int}", async (int id, int number, HttpContext http, IMediator mediator) =>
            TypedResults.Ok(await mediator.Send(new ReadReasons(id, number, http.Actor()), http.RequestAborted)));
        api.MapPost("/routing/proposals/{id:int}/apply", async (int id, HttpContext http, IMediator mediator) =>
            TypedResults.Ok(await mediator.Send(new ApplyRouting(id, http.Actor()), http.RequestAborted)));
    }
}

/// <summary>How to route: afresh, or carrying on an edited proposal.</summary>
public sealed record RoutingOrder
{
    public bool Fresh { get; init; }
    public int? BasedOn { get; init; }
}

public sealed record StartedRouting(int JobId);

/// <summary>One pair of a proposal, edited by hand.</summary>
public sealed record RoutingEdit
{
    public required ProposalEdit Edit { get; init; }
    public required int Number { get; init; }
    public required int ReviewerId { get; init; }
}
