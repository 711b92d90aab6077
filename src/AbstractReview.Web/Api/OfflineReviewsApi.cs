using AbstractReview.App.Call;
using AbstractReview.App.Reviews;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.Web.Api;

/// <summary>A reviewer's queue as a file to fill in, and back: <c>?apply=true</c> changes, without it the difference is all that is answered.</summary>
internal static class OfflineReviewsApi
{
    public static void MapOfflineReviews(this RouteGroupBuilder api)
    {
        api.MapGet("/reviews/offline.csv", (HttpContext http, IMediator mediator) => Download(OfflineFormat.Csv, http, mediator));
        api.MapGet("/reviews/offline.xlsx", (HttpContext http, IMediator mediator) => Download(OfflineFormat.Xlsx, http, mediator));
        api.MapPost("/reviews/offline", async (bool? apply, HttpContext http, IMediator mediator) =>
        {
            var by = http.Actor();
            var conference = (await mediator.Send(new ReadFrame(by), http.RequestAborted)).Conference ?? throw new RuleBrokenException("This installation has no conference yet.");
            var file = OfflineForms.Read(await Body(http), conference.Review);
            return TypedResults.Ok(await mediator.Send(new ImportReviews(file, apply ?? false, by), http.RequestAborted));
        }).WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(OfflineForms.MaxBytes + 1));
        api.MapGet("/submissions/{number:int}/reviews/mine/history", async (int number, HttpContext http, IMediator mediator) =>
            TypedResults.Ok(new ReviewHistoryList(await mediator.Send(new ReadReviewHistory(number, http.Actor()), http.RequestAborted), null)));
    }

    private static async Task<Microsoft.AspNetCore.Http.HttpResults.FileContentHttpResult> Download(OfflineFormat format, HttpContext http, IMediator mediator)
    {
        var form = await mediator.Send(new ExportReviews(format, http.Actor()), http.RequestAborted);
        return TypedResults.File(form.Bytes, form.MediaType, form.FileName);
    }

    private static async Task<byte[]> Body(HttpContext http)
    {
        if (http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = OfflineForms.MaxBytes + 1;
        using var bytes = new MemoryStream();
        await http.Request.Body.CopyToAsync(bytes, http.RequestAborted);
        return bytes.ToArray();
    }
}

public sealed record ReviewHistoryList(IReadOnlyList<ReviewRevisionView> Items, string? Next);
