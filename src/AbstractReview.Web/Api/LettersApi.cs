using System.Security.Cryptography;
using AbstractReview.App.Letters;
using AbstractReview.Domain.Letters;
using MediatR;

namespace AbstractReview.Web.Api;

/// <summary>Letters: the ledger, each letter's story and PDF, what publishing would send, and what puts a letter in trouble right.</summary>
internal static class LettersApi
{
    public static void MapLetters(this RouteGroupBuilder api)
    {
        api.MapGet("/letters", async (HttpContext http, IMediator mediator, string? show, string? find, string? cursor, int? take) =>
            TypedResults.Ok(await mediator.Send(new ListLetters(show, cursor, take ?? 50, http.Actor()) { Find = find }, http.RequestAborted)));
        api.MapGet("/letters/counts", async (HttpContext http, IMediator mediator) =>
            TypedResults.Ok(await mediator.Send(new CountLetters(http.Actor()), http.RequestAborted)));
        api.MapGet("/letters/plan", async (HttpContext http, IMediator mediator) =>
            TypedResults.Ok(await mediator.Send(new ReadLetterPlan(http.Actor()), http.RequestAborted)));
        api.MapGet("/letters/preview.pdf", async (LetterKind kind, int? number, HttpContext http, IMediator mediator) =>
        {
            var preview = await mediator.Send(new PreviewLetter(kind, number, http.Actor()), http.RequestAborted);
            return http.Pdf(new StoredPdf($"sample-{kind.ToString().ToLowerInvariant()}.pdf", Convert.ToHexStringLower(SHA256.HashData(preview.Pdf)), preview.Pdf));
        });
        api.MapGet("/letters/{id:int}", async (int id, HttpContext http, IMediator mediator) =>
            TypedResults.Ok(await mediator.Send(new ReadLetter(id, http.Actor()), http.RequestAborted)));
        api.MapGet("/letters/{id:int}.pdf", async (int id, HttpContext http, IMediator mediator) =>
            http.Pdf(await mediator.Send(new ReadLetterPdf(id, http.Actor()), http.RequestAborted)));
        api.MapPost("/letters/{id:int}/retry", async (int id, HttpContext http, IMediator mediator) =>
        {
            await mediator.Send(new RetryLetter(id, http.Actor()), http.RequestAborted);
            return TypedResults.NoContent();
        });
        api.MapPost("/letters/{id:int}/resend", async (int id, ResendBody? body, HttpContext http, IMediator mediator) =>
        {
            await mediator.Send(new ResendLetter(id, body?.Email, http.Actor()), http.RequestAborted);
            return TypedResults.NoContent();
        });
    }
}

/// <summary>Where a letter goes from now on; without it, where it went before.</summary>
public sealed record ResendBody
{
    public string? Email { get; init; }
}
