using AbstractReview.App.Decisions;
using AbstractReview.Domain;
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
            var decided = await mediator.Send(new Decide(number, body.Kind, body.Reason, http.Actor()) { Version = http.ExpectedVersion() }, http.RequestAborted);
            return TypedResults.Ok(http.Versioned(decided, decided.Version));
        });
        api.MapDelete("/submissions/{number:int}/decision", async (int number, HttpContext http, IMediator mediator) =>
        {
            http.Version(await mediator.Send(new UndoDecision(number, http.Actor()) { Version = http.ExpectedVersion() }, http.RequestAborted));
            return TypedResults.NoContent();
        });
        api.MapPost("/submissions/{number:int}/decision/second", async (int number, HttpContext http, IMediator mediator) =>
        {
            await mediator.Send(new SecondDecisions([new SeenDecision(number, http.ExpectedVersion())], http.Actor()), http.RequestAborted);
            return TypedResults.NoContent();
        });
        api.MapGet("/decisions", async (HttpContext http, IMediator mediator) =>
            TypedResults.Ok(await mediator.Send(new ReadDecisions(http.Actor()), http.RequestAborted)));
        api.MapPost("/decisions/second", async (SecondBody body, HttpContext http, IMediator mediator) =>
            TypedResults.Ok(new Seconded(await mediator.Send(new SecondDecisions(body.Seen(), http.Actor()), http.RequestAborted))));
        api.MapPost("/decisions/batch", async (DecisionBatchBody body, HttpContext http, IMediator mediator) =>
            TypedResults.Ok(await Carry(body.Wish(), body.Preview, body.Expected, http, mediator)));
        // HotCRP's bulk assignment as it stands, told apart by its content type.
        api.MapPost("/decisions/batch", async (HttpContext http, IMediator mediator, bool? preview, string? expected, DecisionKind? acceptedAs) =>
        {
            using var text = new StreamReader(http.Request.Body);
            return TypedResults.Ok(await Carry(new DecisionWish { Csv = await text.ReadToEndAsync(http.RequestAborted), AcceptedAs = acceptedAs }, preview ?? false, expected, http, mediator));
        }).Accepts<string>("text/csv").ExcludeFromDescription();
        api.MapPost("/decisions/publish", async (HttpContext http, IMediator mediator, string? expected) =>
            TypedResults.Ok(new Published(await mediator.Send(new PublishDecisions(http.Actor()) { Expected = expected }, http.RequestAborted))));
    }

    private static async Task<DecisionChanges> Carry(DecisionWish wish, bool preview, string? expected, HttpContext http, IMediator mediator)
    {
        var batch = preview
            ? await mediator.Send(new PreviewBatch(wish, http.Actor()), http.RequestAborted)
            : await mediator.Send(new DecideBatch(wish, http.Actor()) { Expected = expected }, http.RequestAborted);
        return new DecisionChanges(batch.Changes, batch.Rooms, batch.Fingerprint, !preview);
    }
}

public sealed record DecisionBody
{
    public required DecisionKind Kind { get; init; }
    public string? Reason { get; init; }
}

/// <summary>Without a kind a pending decision is taken back.</summary>
public sealed record DecisionLineBody
{
    public required int Number { get; init; }
    public required DecisionKind? Kind { get; init; }
    public string? Reason { get; init; }
}

/// <summary>Lines, a rule or a file of HotCRP's bulk assignment; with <c>preview</c> nothing changes. <c>expected</c> is a preview's fingerprint: what would differ from it is refused.</summary>
public sealed record DecisionBatchBody
{
    public IReadOnlyList<DecisionLineBody>? Decisions { get; init; }
    public DecisionRule? Rule { get; init; }
    public string? Csv { get; init; }
    public DecisionKind? AcceptedAs { get; init; }
    public bool Preview { get; init; }
    public string? Expected { get; init; }

    public DecisionWish Wish() => new()
    {
        Lines = (Decisions ?? []).Select(d => new DecisionLine(d.Number, d.Kind, d.Reason ?? "")).ToList(),
        Rule = Rule,
        Csv = Csv,
        AcceptedAs = AcceptedAs,
    };
}

public sealed record SecondBody
{
    public required IReadOnlyList<SeenDecision?>? Decisions { get; init; }

    public IReadOnlyList<SeenDecision> Seen()
        => [.. (Decisions ?? []).Select((d, at) => d ?? throw new RuleBrokenException($"decisions[{at}]", "Say which submission is meant, and the version that was looked at."))];
}

public sealed record DecisionChanges(IReadOnlyList<DecisionChange> Changes, IReadOnlyList<AreaRoom> Rooms, string Fingerprint, bool Applied);

public sealed record Seconded(int Count);

public sealed record Published(int Count);
