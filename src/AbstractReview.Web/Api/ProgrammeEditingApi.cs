using System.Text.Json;
using AbstractReview.App.Programme;
using AbstractReview.App.Storage;
using AbstractReview.Domain.Programmes;
using MediatR;

namespace AbstractReview.Web.Api;

/// <summary>The committee's work on the draft: edits, foresight, what-if, timetables from elsewhere, and word of others' changes.</summary>
internal static class ProgrammeEditingApi
{
    // A list that is null would be stored as one.
    private static readonly JsonSerializerOptions Strict = new(Json.Options) { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    public static void MapProgrammeEditing(this RouteGroupBuilder api)
    {
        var draft = api.MapGroup("/programme").RequireAuthorization();
        draft.MapPut("", async (HttpContext http, IMediator mediator) =>
        {
            var body = await Body<ProgrammeDraftDto>(http);
            var document = new ProgrammeDocument { Sessions = body.Sessions, Absences = body.Absences ?? [], Needs = body.Needs ?? [] };
            return Versioned(http, await mediator.Send(new SaveProgramme(document, http.ExpectedVersion(), http.Actor()), http.RequestAborted));
        }).Accepts<ProgrammeDraftDto>("application/json");
        draft.MapPost("/edits", async (HttpContext http, IMediator mediator) =>
            Versioned(http, await mediator.Send(new EditProgramme(await Body<ProgrammeEdit>(http), http.ExpectedVersion(), http.Actor()), http.RequestAborted))).Accepts<ProgrammeEdit>("application/json");
        draft.MapPost("/edits/together", async (HttpContext http, IMediator mediator) =>
        {
            var body = await Body<ProgrammeEditsDto>(http);
            return Versioned(http, await mediator.Send(new EditProgrammeTogether(body.Edits, body.Words, http.ExpectedVersion(), http.Actor()), http.RequestAborted));
        }).Accepts<ProgrammeEditsDto>("application/json");
        draft.MapPost("/what-if", async (WhatIfDto ask, HttpContext http, IMediator mediator) =>
            TypedResults.Ok(await mediator.Send(new AskWhatIf(ask.Kind, http.Actor()) { Number = ask.Number, Email = ask.Email, From = ask.From, To = ask.To }, http.RequestAborted)));
        draft.MapGet("/places/{number:int}", async (int number, HttpContext http, IMediator mediator) =>
            TypedResults.Ok(await mediator.Send(new FindPlaces(number, http.Actor()), http.RequestAborted)));
        draft.MapPost("/imports", async (bool? whole, HttpContext http, IMediator mediator) =>
        {
            using var bytes = new MemoryStream();
            await http.Request.Body.CopyToAsync(bytes, http.RequestAborted);
            return TypedResults.Ok(await mediator.Send(new PreviewTimetable(bytes.ToArray(), whole ?? false, http.Actor()), http.RequestAborted));
        });
        draft.MapPost("/imports/{file}/apply", async (string file, bool? whole, HttpContext http, IMediator mediator) =>
            Versioned(http, await mediator.Send(new ApplyTimetable(file, whole ?? false, http.ExpectedVersion(), http.Actor()), http.RequestAborted)));
        draft.MapGet("/availability/{number:int}", async (int number, HttpContext http, IMediator mediator) => await Told(number, http, mediator));
        draft.MapPut("/availability/{number:int}", async (int number, HttpContext http, IMediator mediator) =>
        {
            var body = await Body<AvailabilityDto>(http);
            await mediator.Send(new SayWhenAvailable(number, body.Wishes, body.Note ?? "", http.Actor()) { Version = http.ExpectedVersion() }, http.RequestAborted);
            return await Told(number, http, mediator);
        }).Accepts<AvailabilityDto>("application/json");
        draft.MapGet("/versions", async (int? after, HttpContext http, IMediator mediator, IHostApplicationLifetime host) =>
        {
            var seen = await mediator.Send(new ReadVersions(after ?? 0, http.Actor()), http.RequestAborted);
            return TypedResults.ServerSentEvents(Watch(seen, after ?? 0, http, mediator, host));
        });
    }

    // One event for each version of the draft after the one a page was made from.
    private static async IAsyncEnumerable<DraftStep> Watch(IReadOnlyList<DraftStep> steps, int after, HttpContext http, IMediator mediator, IHostApplicationLifetime host)
    {
        while (true)
        {
            foreach (var step in steps)
            {
                after = step.Version;
                yield return step;
            }

            await Task.WhenAny(Task.Delay(1000, CancellationToken.None), Task.Delay(Timeout.Infinite, host.ApplicationStopping), Task.Delay(Timeout.Infinite, http.RequestAborted));
            if (host.ApplicationStopping.IsCancellationRequested || http.RequestAborted.IsCancellationRequested) yield break;
            steps = await mediator.Send(new ReadVersions(after, http.Actor()), http.RequestAborted);
        }
    }

    private static async Task<Microsoft.AspNetCore.Http.HttpResults.Ok<AvailabilityView>> Told(int number, HttpContext http, IMediator mediator)
    {
        var view = await mediator.Send(new ReadAvailability(number, http.Actor()), http.RequestAborted);
        return TypedResults.Ok(http.Versioned(view, view.Version));
    }

    private static Microsoft.AspNetCore.Http.HttpResults.Ok<ProgrammeVersionDto> Versioned(HttpContext http, int version) => TypedResults.Ok(http.Versioned(new ProgrammeVersionDto(version), version));

    private static async Task<T> Body<T>(HttpContext http)
    {
        try
        {
            return (http.Request.HasJsonContentType() ? await http.Request.ReadFromJsonAsync<T>(Strict, http.RequestAborted) : default)
                ?? throw new BadHttpRequestException("Send the body as application/json.");
        }
        catch (JsonException wrong)
        {
            throw new BadHttpRequestException($"The body cannot be read at {wrong.Path}.", wrong);
        }
    }
}

/// <summary>The draft as the committee stores it whole.</summary>
internal sealed record ProgrammeDraftDto
{
    public required IReadOnlyList<Session> Sessions { get; init; }
    public IReadOnlyList<Absence>? Absences { get; init; }
    public IReadOnlyList<TalkNeed>? Needs { get; init; }
}

/// <summary>Edits done as one step, and what the list of versions says of it.</summary>
internal sealed record ProgrammeEditsDto
{
    public required IReadOnlyList<ProgrammeEdit> Edits { get; init; }
    public required string Words { get; init; }
}

/// <summary>When whoever presents cannot speak, or would rather not, in the conference's time; and what times cannot say.</summary>
internal sealed record AvailabilityDto
{
    public required IReadOnlyList<Wish> Wishes { get; init; }
    public string? Note { get; init; }
}

/// <param name="Kind">Withdrawn or Away.</param>
/// <param name="Number">The submission withdrawn.</param>
/// <param name="Email">Who is away.</param>
/// <param name="From">From when, in the conference's time.</param>
/// <param name="To">Until when.</param>
internal sealed record WhatIfDto(WhatIfKind Kind, int? Number, string? Email, DateTime? From, DateTime? To);

internal sealed record ProgrammeVersionDto(int Version);
