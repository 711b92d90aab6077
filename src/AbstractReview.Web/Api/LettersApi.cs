using AbstractReview.App.Letters;
using MediatR;

namespace AbstractReview.Web.Api;

/// <summary>Letters: the ledger, and each as PDF.</summary>
internal static class LettersApi
{
    public static void MapLetters(this RouteGroupBuilder api)
    {
        api.MapGet("/letters", async (HttpContext http, IMediator mediator, string? show, string? cursor, int? take) =>
            TypedResults.Ok(await mediator.Send(new ListLetters(show, cursor, take ?? 50, http.Actor()), http.RequestAborted)));
        api.MapGet("/letters/{id:int}.pdf", async (int id, HttpContext http, IMediator mediator) =>
            http.Pdf(await mediator.Send(new ReadLetterPdf(id, http.Actor()), http.RequestAborted)));
    }
}
