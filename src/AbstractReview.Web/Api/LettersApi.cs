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
        api.MapGet("/letters/preview.pdf", async (LetterKind kind, int? number, string? language, HttpContext http, IMediator mediator) =>
        {
            var preview = await mediator.Send(new PreviewLetter(kind, number, http.Actor()) { Language = language }, http.RequestAborted);
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
        api.MapGet("/letters/issuable/{kind}", async (LetterKind kind, HttpContext http, IMediator mediator) =>
            TypedResults.Ok(await mediator.Send(new ReadIssuable(kind, http.Actor()), http.RequestAborted)));
        api.MapPost("/letters/issuable/{kind}", async (LetterKind kind, HttpContext http, IMediator mediator) =>
            TypedResults.Ok(new Issued(await mediator.Send(new IssueLetters(kind, http.Actor()), http.RequestAborted))));
        api.MapGet("/letters/invitations", async (HttpContext http, IMediator mediator) =>
            TypedResults.Ok(await mediator.Send(new ListInvitations(http.Actor()), http.RequestAborted)));
        api.MapPost("/letters/invitations", async (IReadOnlyList<Invitee> invitees, HttpContext http, IMediator mediator) =>
            TypedResults.Ok(new Issued(await mediator.Send(new InviteReviewers(invitees, http.Actor()), http.RequestAborted))));
        api.MapGet("/letters/mine", async (HttpContext http, IMediator mediator) =>
            TypedResults.Ok(await mediator.Send(new ReadMyLetters(http.Actor()), http.RequestAborted)));
        api.MapPost("/letters/mine", async (AskBody body, HttpContext http, IMediator mediator) =>
            TypedResults.Ok(new AskedFor(await mediator.Send(new AskForLetter(body.Kind, body.Number, body.Passport, http.Actor()), http.RequestAborted))));
        api.MapGet("/letters/templates", async (HttpContext http, IMediator mediator) =>
            TypedResults.Ok(await mediator.Send(new ListTemplates(http.Actor()), http.RequestAborted)));
        api.MapGet("/letters/templates/{kind}/{language}", async (LetterKind kind, string language, HttpContext http, IMediator mediator) =>
        {
            var template = await mediator.Send(new ReadTemplate(kind, language, http.Actor()), http.RequestAborted);
            http.Version(template.Version);
            return TypedResults.Ok(template);
        });
        api.MapPut("/letters/templates/{kind}/{language}", async (LetterKind kind, string language, TemplateBody body, HttpContext http, IMediator mediator) =>
        {
            var version = await mediator.Send(new SaveTemplate(kind, language, body.Text, http.ExpectedVersion(), http.Actor()), http.RequestAborted);
            http.Version(version);
            return TypedResults.NoContent();
        });
        api.MapGet("/letters/look", async (HttpContext http, IMediator mediator) =>
        {
            var reading = await mediator.Send(new ReadLetterLook(http.Actor()), http.RequestAborted);
            http.Version(reading.Version);
            return TypedResults.Ok(reading.Look);
        });
        api.MapPut("/letters/look", async (LetterLookSetting look, HttpContext http, IMediator mediator) =>
        {
            var version = await mediator.Send(new SetLetterLook(look, http.ExpectedVersion(), http.Actor()), http.RequestAborted);
            http.Version(version);
            return TypedResults.NoContent();
        });
    }
}

/// <summary>Where a letter goes from now on; without it, where it went before.</summary>
public sealed record ResendBody
{
    public string? Email { get; init; }
}

/// <summary>How many letters were ordered that were not before.</summary>
public sealed record Issued(int Count);

/// <summary>A letter somebody asks for to themselves.</summary>
public sealed record AskBody
{
    public required LetterKind Kind { get; init; }
    public int? Number { get; init; }
    public Passport? Passport { get; init; }
}

/// <summary>The letter that was asked for, now or before.</summary>
public sealed record AskedFor(int Id);

/// <summary>A template's text: the subject, a line of three hyphens, the letter.</summary>
public sealed record TemplateBody
{
    public required string Text { get; init; }
}
