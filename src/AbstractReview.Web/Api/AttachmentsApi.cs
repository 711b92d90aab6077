using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.Web.Api;

/// <summary>Files attached to a submission: the body is the file itself, its name comes in Content-Disposition or <c>?name=</c>.</summary>
internal static class AttachmentsApi
{
    // A little more than the largest file a call may allow, so that its own limit gives the answer.
    private const long Largest = 51L * 1024 * 1024;

    public static void MapAttachments(this RouteGroupBuilder api)
    {
        const string path = "/submissions/{number:int}/attachment";
        api.MapPut(path, async (int number, int? position, string? name, HttpContext http, IMediator mediator) =>
            TypedResults.Ok(await mediator.Send(new PutAttachment(number, position ?? 1, name ?? NameIn(http), await Body(http), http.Actor()), http.RequestAborted)))
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(Largest));

        api.MapGet(path, async (int number, int? position, HttpContext http, IMediator mediator) =>
        {
            var file = await mediator.Send(new ReadAttachment(number, position ?? 1, http.Actor()), http.RequestAborted);
            return TypedResults.File(file.Bytes, file.MediaType, file.FileName);
        });

        api.MapDelete(path, async (int number, int? position, HttpContext http, IMediator mediator) =>
        {
            await mediator.Send(new RemoveAttachment(number, position ?? 1, http.Actor()), http.RequestAborted);
            return TypedResults.NoContent();
        });
    }

    private static string NameIn(HttpContext http)
        => System.Net.Http.Headers.ContentDispositionHeaderValue.TryParse(http.Request.Headers.ContentDisposition, out var disposition)
            ? (disposition.FileNameStar ?? disposition.FileName ?? "").Trim('"')
            : "";

    private static async Task<byte[]> Body(HttpContext http)
    {
        if (http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = Largest;
        using var bytes = new MemoryStream();
        await http.Request.Body.CopyToAsync(bytes, http.RequestAborted);
        if (bytes.Length == 0) throw new RuleBrokenException("file", "Send the file as the body of the request.");
        return bytes.ToArray();
    }
}
