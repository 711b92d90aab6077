using AbstractReview.App.Reviews;
using MediatR;

namespace AbstractReview.Web.Api;

/// <summary>The discussion of a submission, the authors' answer, and how reviewing goes on.</summary>
internal static class DiscussionApi
{
    public static void MapDiscussion(this RouteGroupBuilder api)
    {
        var submission = api.MapGroup("/submissions/{number:int}");
        submission.MapGet("/discussion", async (int number, HttpContext http, IMediator mediator) =>
            TypedResults.Ok(await mediator.Send(new ReadDiscussion(number, http.Actor()), http.RequestAborted)));
        submission.MapPost("/discussion", async (int number, PostBody body, HttpContext http, IMediator mediator) =>
        {
            var position = await mediator.Send(new PostToDiscussion(number, body.Text ?? "", http.Actor()), http.RequestAborted);
            return TypedResults.Created($"/api/v1/submissions/{number}/discussion", new PostAnswer(position));
        });
        submission.MapGet("/answer", async (int number, HttpContext http, IMediator mediator) =>
        {
            var answer = await mediator.Send(new ReadAnswer(number, http.Actor()), http.RequestAborted);
            return TypedResults.Ok(http.Versioned(answer, answer.Version));
        });
        submission.MapPut("/answer", async (int number, PostBody body, HttpContext http, IMediator mediator) =>
        {
            var version = await mediator.Send(new AnswerReviews(number, body.Text ?? "", http.ExpectedVersion(), http.Actor()), http.RequestAborted);
            return TypedResults.Ok(http.Versioned(new AnswerSaved(version), version));
        });

        api.MapGet("/reviewing", async (HttpContext http, IMediator mediator) => TypedResults.Ok(await mediator.Send(new ReadReviewing(http.Actor()), http.RequestAborted)));
        api.MapPut("/reviewing", async (ReviewingSwitches body, HttpContext http, IMediator mediator) =>
        {
            await mediator.Send(new ChangeReviewing(body, http.Actor()), http.RequestAborted);
            return TypedResults.NoContent();
        });
    }
}

/// <summary>What somebody writes.</summary>
public sealed record PostBody(string? Text);

public sealed record PostAnswer(int Position);

public sealed record AnswerSaved(int Version);
