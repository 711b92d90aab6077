using AbstractReview.App.Decisions;
using AbstractReview.Domain.Decisions;
using MediatR;

namespace AbstractReview.Web.Api;

/// <summary>Deciding one by one or in bulk, and publishing what was decided.</summary>
internal static class DecisionsApi
{
    public static void MapDecisions(this RouteGroupBuilder api)
    {
        api.MapPut("/submissions/{number:int}/decision", async (int number, DecisionBody body, HttpContext http, IMediator mediator) =>
        {
            var decided = await mediator.Send(new Decide(number, body.Kind, body.Reason ?? "", http.Actor()) { Version = http.ExpectedVersion() }, http.RequestAborted);
            http.Version(decided.Version);
            return TypedResults.Ok(decided);
        });
        api.MapDelete("/submissions/{number:int}/decision", async (int number, HttpContext http, IMediator mediator) =>
        {
            await mediator.Send(new UndoDecision(number, http.Actor()), http.RequestAborted);
            return TypedResults.NoContent();
        });
        api.MapPost("/submissions/{number:int}/decision/second", async (int number, HttpContext http, IMediator mediator) =>
        {
            await mediator.Send(new SecondDecision(number, http.Actor()), http.RequestAborted);
            return TypedResults.NoContent();
        });
        api.MapPost("/decisions/batch", async (DecisionBatchBody body, HttpContext http, IMediator mediator) =>
        {
            var changes = body.Preview
                ? await mediator.Send(new PreviewBatch(body.Wish(), http.Actor()), http.RequestAborted)
                : await mediator.Send(new DecideBatch(body.Wish(), http.Actor()), http.RequestAborted);
            return TypedResults.Ok(new DecisionChanges(changes, !body.Preview));
        });
        api.MapPost("/decisions/publish", async (HttpContext http, IMediator mediator) =>
            TypedResults.Ok(new Published(await mediator.Send(new PublishDecisions(http.Actor()), http.RequestAborted))));
    }
}

public sealed record DecisionBody
{
    public required DecisionKind Kind { get; init; }
    public string? Reason { get; init; }
}

public sealed record DecisionLineBody
{
    public required int Number { get; init; }
    public required DecisionKind Kind { get; init; }
    public string? Reason { get; init; }
}

/// <summary>Lines or a rule; with <c>preview</c> nothing changes.</summary>
public sealed record DecisionBatchBody
{
    public IReadOnlyList<DecisionLineBody>? Decisions { get; init; }
    public DecisionRule? Rule { get; init; }
    public bool Preview { get; init; }

    public DecisionWish Wish() => new()
    {
        Lines = (Decisions ?? []).Select(d => new DecisionLine(d.Number, d.Kind, d.Reason ?? "")).ToList(),
        Rule = Rule,
    };
}

public sealed record DecisionChanges(IReadOnlyList<DecisionChange> Changes, bool Applied);

public sealed record Published(int Count);
