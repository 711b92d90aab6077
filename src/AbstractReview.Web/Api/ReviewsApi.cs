using AbstractReview.App.Reviews;
using AbstractReview.Domain.Reviews;
using MediatR;

namespace AbstractReview.Web.Api;

/// <summary>A reviewer's queue and reviews, and the reviews of a submission for who may see them.</summary>
internal static class ReviewsApi
{
    public static void MapReviews(this RouteGroupBuilder api)
    {
        api.MapGet("/reviews/queue", async (HttpContext http, IMediator mediator) =>
        {
            var queue = await mediator.Send(new ReadQueue(http.Actor()), http.RequestAborted);
            return TypedResults.Ok(new QueuePage(queue.Items, null, queue.DueAt));
        });

        var submission = api.MapGroup("/submissions/{number:int}");
        submission.MapGet("/reviews", async (int number, HttpContext http, IMediator mediator) =>
            TypedResults.Ok(new ReviewList(await mediator.Send(new ReadReviews(number, http.Actor()), http.RequestAborted), null)));
        submission.MapGet("/reviews/mine", async (int number, HttpContext http, IMediator mediator) =>
        {
            var mine = await mediator.Send(new ReadMyReview(number, http.Actor()), http.RequestAborted);
            http.Version(mine.Version);
            return TypedResults.Ok(ReviewAnswer.Of(mine.Form, mine.State, mine.Version));
        });
        submission.MapPut("/reviews/mine", async (int number, ReviewBody body, HttpContext http, IMediator mediator) =>
        {
            var saved = await mediator.Send(new SaveReview(number, body.Form(), http.ExpectedVersion(), http.Actor()), http.RequestAborted);
            http.Version(saved.Version);
            return TypedResults.Ok(ReviewAnswer.Of(body.Form(), saved.State, saved.Version));
        });
        submission.MapPost("/reviews/mine/submit", async (int number, HttpContext http, IMediator mediator) =>
        {
            // Without a body the draft as it stands is handed in; a bound body would make the route ask for a content type.
            var body = await http.Json<ReviewBody>();
            var saved = await mediator.Send(new SubmitReview(number, body?.Form(), http.ExpectedVersion(), http.Actor()), http.RequestAborted);
            http.Version(saved.Version);
            return TypedResults.Ok(saved);
        });
        submission.MapPost("/reviews/mine/reopen", async (int number, HttpContext http, IMediator mediator) =>
        {
            var saved = await mediator.Send(new ReopenReview(number, http.ExpectedVersion(), http.Actor()), http.RequestAborted);
            http.Version(saved.Version);
            return TypedResults.Ok(saved);
        });
        submission.MapPost("/assignments/mine/decline", async (int number, DeclineBody body, HttpContext http, IMediator mediator) =>
        {
            await mediator.Send(new DeclineAssignment(number, body.Reason, body.Note ?? "", http.Actor()), http.RequestAborted);
            return TypedResults.NoContent();
        });
    }
}

/// <summary>A review as a reviewer sends it: all of it, what is left out is empty.</summary>
public sealed record ReviewBody
{
    public Dictionary<string, int>? Scores { get; init; }
    public int? Confidence { get; init; }
    public Recommendation? Recommendation { get; init; }
    public string? CommentsToAuthors { get; init; }
    public string? CommentsToCommittee { get; init; }

    public ReviewForm Form() => new()
    {
        Scores = Scores ?? [],
        Confidence = Confidence,
        Recommendation = Recommendation,
        CommentsToAuthors = CommentsToAuthors ?? "",
        CommentsToCommittee = CommentsToCommittee ?? "",
    };
}

/// <summary>One's own review; <c>state</c> is null and <c>version</c> 0 before the first save.</summary>
public sealed record ReviewAnswer(IReadOnlyDictionary<string, int> Scores, int? Confidence, Recommendation? Recommendation,
    string CommentsToAuthors, string CommentsToCommittee, ReviewState? State, int Version)
{
    public static ReviewAnswer Of(ReviewForm f, ReviewState? state, int version)
        => new(f.Scores, f.Confidence, f.Recommendation, f.CommentsToAuthors, f.CommentsToCommittee, state, version);
}

public sealed record DeclineBody
{
    public required DeclineReason Reason { get; init; }
    public string? Note { get; init; }
}

public sealed record QueuePage(IReadOnlyList<QueueItem> Items, string? Next, DateTimeOffset DueAt);

public sealed record ReviewList(IReadOnlyList<ReviewView> Items, string? Next);
