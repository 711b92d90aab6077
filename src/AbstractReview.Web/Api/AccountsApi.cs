using AbstractReview.App.Leaving;
using MediatR;

namespace AbstractReview.Web.Api;

/// <summary>What is kept of a person: read by themselves and the secretariat, erased by the secretariat.</summary>
internal static class AccountsApi
{
    public static void MapAccounts(this RouteGroupBuilder api)
    {
        api.MapGet("/people/{id:int}/data", async (int id, HttpContext http, IMediator mediator) =>
            Results.Content(await mediator.Send(new ExportPerson(id, http.Actor()), http.RequestAborted), "application/json; charset=utf-8"));

        api.MapDelete("/people/{id:int}", async (int id, HttpContext http, IMediator mediator) =>
            TypedResults.Ok(await mediator.Send(new ErasePerson(id, http.Actor()), http.RequestAborted)));
    }
}
