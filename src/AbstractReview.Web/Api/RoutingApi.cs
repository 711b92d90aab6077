using AbstractReview.App.Routing;
using AbstractReview.Domain.Routing;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

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
        api.MapPost("/routing/proposals/import", async (HttpContext http, IMediator mediator) =>
        {
            using var text = new StreamReader(http.Request.Body);
            var id = await mediator.Send(new ImportAssignments(await text.ReadToEndAsync(http.RequestAborted), http.Actor()), http.RequestAborted);
            return TypedResults.Created(FormattableString.Invariant($"/api/v1/routing/proposals/{id}"), await mediator.Send(new ReadProposal(id, http.Actor()), http.RequestAborted));
        }).Accepts<string>("text/csv");
        api.MapGet("/routing/assignments.csv", async (HttpContext http, IMediator mediator) =>
            TypedResults.Text(await mediator.Send(new ExportAssignments(http.Actor()), http.RequestAborted), "text/csv", System.Text.Encoding.UTF8));
        api.MapPost("/routing/conflicts/dismiss", async (DismissedConflict conflict, HttpContext http, IMediator mediator) =>
        {
            await mediator.Send(new DismissConflict(conflict.Number, conflict.ReviewerId, conflict.Kind, http.Actor()), http.RequestAborted);
            return TypedResults.NoContent();
        });
        api.MapGet("/routing/proposals/latest", async (HttpContext http, IMediator mediator) => await Proposal(null, http, mediator));
        api.MapGet("/routing/proposals/{id:int}", async (int id, HttpContext http, IMediator mediator) => await Proposal(id, http, mediator));
        api.MapPost("/routing/proposals/{id:int}/edit", async (int id, RoutingEdit edit, HttpContext http, IMediator mediator) =>
            TypedResults.Ok(await mediator.Send(new EditProposal(id, edit.Edit, edit.Number, edit.ReviewerId, http.ExpectedVersion(), http.Actor()), http.RequestAborted)));
        api.MapGet("/routing/proposals/{id:int}/submissions/{number:int}", async (int id, int number, HttpContext http, IMediator mediator) =>
            TypedResults.Ok(await mediator.Send(new ReadReasons(id, number, http.Actor()), http.RequestAborted)));
        api.MapPost("/routing/proposals/{id:int}/apply", async (int id, HttpContext http, IMediator mediator) =>
            TypedResults.Ok(await mediator.Send(new ApplyRouting(id, http.Actor()), http.RequestAborted)));
    }

    private static async Task<Ok<ProposalView>> Proposal(int? id, HttpContext http, IMediator mediator)
    {
        var proposal = await mediator.Send(new ReadProposal(id, http.Actor()), http.RequestAborted);
        http.Response.Headers.ETag = FormattableString.Invariant($"\"{proposal.Version}\"");
        return TypedResults.Ok(proposal);
    }
}

/// <summary>How to route: afresh, or carrying on an edited proposal.</summary>
public sealed record RoutingOrder
{
    public bool Fresh { get; init; }
    public int? BasedOn { get; init; }
}

public sealed record StartedRouting(int JobId);

/// <summary>A suspected conflict of interest that is none, for good.</summary>
public sealed record DismissedConflict
{
    public required int Number { get; init; }
    public required int ReviewerId { get; init; }
    public required ConflictKind Kind { get; init; }
}

/// <summary>One pair of a proposal, edited by hand.</summary>
public sealed record RoutingEdit
{
    public required ProposalEdit Edit { get; init; }
    public required int Number { get; init; }
    public required int ReviewerId { get; init; }
}
