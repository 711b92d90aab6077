using AbstractReview.App.Book;
using MediatR;

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
        api.MapGet("/book/editions/{number:int}.pdf", async (int number, HttpContext http, IMediator mediator) =>
            http.Pdf(await mediator.Send(new ReadBook(number, http.Actor()), http.RequestAborted))).RequireAuthorization();
        api.MapGet("/book/latest.pdf", async (HttpContext http, IMediator mediator) =>
            http.Pdf(await mediator.Send(new ReadBook(null, http.Actor()), http.RequestAborted)));
    }
}

public sealed record OrderedEdition(int JobId);
