using AbstractReview.App.Book;
using AbstractReview.App.Book.Formats;
using AbstractReview.Domain;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace AbstractReview.Web.Api;

/// <summary>The book of abstracts: ordered by the committee, read by everybody once it is public.</summary>
internal static class BookApi
{
    public static void MapBook(this RouteGroupBuilder api)
    {
        api.MapPost("/book/editions", async (HttpContext http, IMediator mediator, BookOptions? options = null) =>
        {
            var job = await mediator.Send(new BuildEdition(options ?? new BookOptions(), http.Actor()), http.RequestAborted);
            return TypedResults.Accepted(FormattableString.Invariant($"/api/v1/jobs/{job}"), new OrderedEdition(job));
        }).RequireAuthorization();
        api.MapGet("/book/editions", async (HttpContext http, IMediator mediator) =>
            TypedResults.Ok(await mediator.Send(new ListEditions(http.Actor()), http.RequestAborted))).RequireAuthorization();
        api.MapPost("/book/editions/{number:int}/publish", async (int number, HttpContext http, IMediator mediator) =>
        {
            await mediator.Send(new PublishEdition(number, http.Actor()), http.RequestAborted);
            return TypedResults.NoContent();
        }).RequireAuthorization();
        api.MapPut("/book/foreword", async (ForewordDto foreword, HttpContext http, IMediator mediator) =>
        {
            await mediator.Send(new WriteForeword(foreword.Text ?? "", http.Actor()), http.RequestAborted);
            return TypedResults.NoContent();
        }).RequireAuthorization();
        api.MapGet("/book/editions/{number:int}.{format}", (int number, string format, HttpContext http, IMediator mediator) => File(number, format, http, mediator)).RequireAuthorization();
        api.MapGet("/submissions/{number:int}/proof.pdf", async (int number, HttpContext http, IMediator mediator) =>
            http.Pdf((await mediator.Send(new PageProof(number, http.Actor()), http.RequestAborted)).Pdf)).RequireAuthorization();
        api.MapGet("/submissions/{number:int}/proof/{page:int}.svg", async (int number, int page, HttpContext http, IMediator mediator) =>
            Picture(await mediator.Send(new PageProofPicture(number, page, http.Actor()), http.RequestAborted), FormattableString.Invariant($"AR-{number}-proof-{page}.svg"), http)).RequireAuthorization();
        api.MapGet("/book/latest.{format}", (string format, HttpContext http, IMediator mediator) => File(null, format, http, mediator));
    }

    /// <summary>A picture of our own drawing: opened by itself it runs nothing and fetches nothing either.</summary>
    private static ContentHttpResult Picture(string svg, string name, HttpContext http)
    {
        http.Response.Headers.CacheControl = "private, no-cache";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; img-src data:; frame-ancestors 'none'";
        http.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("inline") { FileName = name }.ToString();
        return TypedResults.Text(svg, "image/svg+xml", System.Text.Encoding.UTF8);
    }

    /// <summary>An edition never changes: who has it is told so by its SHA-256.</summary>
    private static async Task<IResult> File(int? number, string format, HttpContext http, IMediator mediator)
    {
        var known = BookFormats.Find(format) ?? throw new NotFoundException($"The book is not made as “{format}”; it is as {string.Join(", ", Enum.GetValues<BookFormat>().Select(f => f.Key()))}.");
        var file = await mediator.Send(new ReadBook(number, http.Actor()) { Format = known }, http.RequestAborted);
        if (known == BookFormat.Pdf) return http.Pdf(file);
        http.Response.Headers.CacheControl = "private, no-cache";
        http.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue(known == BookFormat.Html ? "inline" : "attachment") { FileName = file.Name }.ToString();
        // The page's own style and the pictures in it; still no script, from nowhere.
        if (known == BookFormat.Html) http.Response.Headers.ContentSecurityPolicy = $"default-src 'none'; style-src '{BookFormats.StyleHash}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return TypedResults.Bytes(file.Bytes, known.MediaType(), entityTag: new EntityTagHeaderValue($"\"{file.Sha256}\""));
    }
}

public sealed record OrderedEdition(int JobId);

/// <param name="Text">Blank lines divide paragraphs; empty for no foreword.</param>
public sealed record ForewordDto(string? Text);
