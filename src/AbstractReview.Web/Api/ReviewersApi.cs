using AbstractReview.App.Reviewers;
using AbstractReview.Domain.Reviewers;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AbstractReview.Web.Api;

/// <summary>A reviewer's own profile, bids and declared conflicts. The three puts each replace what they name.</summary>
internal static class ReviewersApi
{
    public static void MapReviewers(this RouteGroupBuilder api)
    {
        api.MapGet("/reviewers/me", async (HttpContext http, IMediator mediator) => await Me(http, mediator));
        api.MapPut("/reviewers/me", async (ReviewerEdit edit, HttpContext http, IMediator mediator) =>
        {
            await mediator.Send(new SaveReviewer(null, edit.Profile(), http.ExpectedVersion(), http.Actor()), http.RequestAborted);
            return await Me(http, mediator);
        });
        api.MapGet("/reviewers/me/bids", async (HttpContext http, IMediator mediator) =>
            TypedResults.Ok(await mediator.Send(new ReadBids(http.Actor()), http.RequestAborted)));
        api.MapPut("/reviewers/me/bids", async (BidsEdit edit, HttpContext http, IMediator mediator) =>
        {
            await mediator.Send(new PlaceBids(edit.Bids, Replace: true, http.Actor()), http.RequestAborted);
            return await Me(http, mediator);
        });
        api.MapPut("/reviewers/me/conflicts", async (ConflictsEdit edit, HttpContext http, IMediator mediator) =>
        {
            await mediator.Send(new DeclareConflicts(edit.Conflicts, Replace: true, http.Actor()), http.RequestAborted);
            return await Me(http, mediator);
        });
    }

    private static async Task<Ok<ReviewerView>> Me(HttpContext http, IMediator mediator)
    {
        var me = await mediator.Send(new ReadReviewer(http.Actor()), http.RequestAborted);
        http.Response.Headers.ETag = FormattableString.Invariant($"\"{me.Version}\"");
        return TypedResults.Ok(me);
    }
}

/// <summary>What a reviewer may change of their profile.</summary>
public sealed record ReviewerEdit
{
    public IReadOnlyList<string> Areas { get; init; } = [];
    public IReadOnlyList<string> Topics { get; init; } = [];
    public IReadOnlyList<string> Keywords { get; init; } = [];
    public required int QuotaMin { get; init; }
    public required int QuotaMax { get; init; }
    public bool Available { get; init; } = true;
    public IReadOnlyList<PastAbstract> Publications { get; init; } = [];

    public ReviewerProfile Profile() => new()
    {
        Areas = Areas, Topics = Topics, Keywords = Keywords, QuotaMin = QuotaMin, QuotaMax = QuotaMax, Available = Available, Publications = Publications,
    };
}

public sealed record BidsEdit
{
    public required IReadOnlyList<PlacedBid> Bids { get; init; }
}

public sealed record ConflictsEdit
{
    public required IReadOnlyList<DeclaredConflict> Conflicts { get; init; }
}
