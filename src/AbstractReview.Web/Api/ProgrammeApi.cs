using System.Globalization;
using AbstractReview.App.Programme;
using AbstractReview.Domain;
using MediatR;
using Microsoft.Net.Http.Headers;

namespace AbstractReview.Web.Api;

/// <summary>The programme: its draft for the committee, its releases for everybody, in every format.</summary>
internal static class ProgrammeApi
{
    public static void MapProgramme(this RouteGroupBuilder api)
    {
        api.MapGet("/programme", async (HttpContext http, IMediator mediator) =>
        {
            var reading = await mediator.Send(new ReadProgramme(http.Actor()), http.RequestAborted);
            return TypedResults.Ok(http.Versioned(reading, reading.Version));
        });
        api.MapProgrammeEditing();
        api.MapPost("/programme/proposals", async (HttpContext http, IMediator mediator, ProgrammeProposalDto? wish) =>
        {
            var id = await mediator.Send(new ProposeProgramme(http.Actor()) { Seconds = wish?.Seconds ?? ProposeProgramme.UsualSeconds, Repeatable = wish?.Repeatable ?? false }, http.RequestAborted);
            return TypedResults.Accepted($"/api/v1/jobs/{id}", new ProgrammeJobDto(id));
        }).RequireAuthorization();
        api.MapPost("/programme/proposals/{id:int}/stop", async (int id, HttpContext http, IMediator mediator) =>
        {
            await mediator.Send(new TakeBestSoFar(id, http.Actor()), http.RequestAborted);
            return TypedResults.Accepted($"/api/v1/jobs/{id}", new ProgrammeJobDto(id));
        }).RequireAuthorization();
        api.MapPost("/programme/releases", async (HttpContext http, IMediator mediator) =>
        {
            var number = await mediator.Send(new ReleaseProgramme(http.Actor()), http.RequestAborted);
            return TypedResults.Created($"/programme/releases/{number}", new ProgrammeReleaseDto(number));
        }).RequireAuthorization();
        api.MapGet("/programme/releases/{number:int}", async (int number, HttpContext http, IMediator mediator) =>
            TypedResults.Ok(await mediator.Send(new ReadRelease(number, http.Actor()), http.RequestAborted)));
        api.MapGet("/programme/latest.{format}", (string format, string? area, string? person, HttpContext http, IMediator mediator) => File(null, format, area, person, http, mediator));
        api.MapGet("/programme/releases/{number:int}.{format}", (int number, string format, string? area, string? person, HttpContext http, IMediator mediator) => File(number, format, area, person, http, mediator));
    }

    /// <summary>Made from a release that never changes: a client that has it is told so.</summary>
    internal static async Task<IResult> File(int? number, string format, string? area, string? person, HttpContext http, IMediator mediator)
    {
        if (!Formats.TryGetValue(format, out var known)) throw new NotFoundException($"The programme is not made as “{format}”; it is as {string.Join(", ", Formats.Keys)}.");
        var file = await mediator.Send(new ExportProgramme(known, http.Actor()) { Number = number, Area = area, Person = person }, http.RequestAborted);
        http.Response.Headers.CacheControl = known is ProgrammeFormat.Badges or ProgrammeFormat.ChairSheets or ProgrammeFormat.PanelCards ? "private, no-cache" : "public, max-age=60";
        return TypedResults.File(file.Bytes, file.MediaType, file.Name, lastModified: file.ReleasedAt,
            entityTag: new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{file.Number}-{format}-{area}-{person}\"")));
    }

    private static readonly Dictionary<string, ProgrammeFormat> Formats = new()
    {
        ["pdf"] = ProgrammeFormat.Pdf, ["ics"] = ProgrammeFormat.Ics, ["json"] = ProgrammeFormat.Json, ["xml"] = ProgrammeFormat.Xml, ["csv"] = ProgrammeFormat.Csv,
        ["xlsx"] = ProgrammeFormat.Xlsx, ["html"] = ProgrammeFormat.Html, ["signs"] = ProgrammeFormat.Signs, ["badges"] = ProgrammeFormat.Badges,
        ["chair-sheets"] = ProgrammeFormat.ChairSheets, ["panel-cards"] = ProgrammeFormat.PanelCards,
    };
}

/// <param name="Seconds">How long to look for better, 0 to 600.</param>
/// <param name="Repeatable">The same answer on every run.</param>
internal sealed record ProgrammeProposalDto(double? Seconds, bool? Repeatable);

internal sealed record ProgrammeReleaseDto(int Number);

internal sealed record ProgrammeJobDto(int JobId);
