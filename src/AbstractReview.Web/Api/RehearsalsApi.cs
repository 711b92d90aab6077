using AbstractReview.App.Call;
using MediatR;

namespace AbstractReview.Web.Api;

/// <summary>Rehearsals of anonymity: ordered here, followed as a job.</summary>
internal static class RehearsalsApi
{
    public static void MapRehearsals(this RouteGroupBuilder api)
        => api.MapPost("/rehearsals", async (HttpContext http, IMediator mediator) =>
        {
            var job = await mediator.Send(new RehearseAnonymity(http.Actor()), http.RequestAborted);
            return TypedResults.Accepted(FormattableString.Invariant($"/api/v1/jobs/{job}"), new OrderedRehearsal(job));
        });
}

public sealed record OrderedRehearsal(int JobId);
