using AbstractReview.App.Call;
using AbstractReview.Domain.Conferences;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AbstractReview.Web.Api;

internal static class CallApi
{
    public static void MapCall(this RouteGroupBuilder api)
    {
        api.MapGet("call", async Task<Ok<CallAnswer>> (HttpContext http, IMediator mediator, CancellationToken ct)
            => TypedResults.Ok(CallAnswer.Of(await mediator.Send(new ReadCall(Domain.Actor.Visitor), ct)))).WithName("ReadCall");
    }
}

/// <summary>The public call: what may be handed in, where and until when. Instants carry the conference's offset.</summary>
internal sealed record CallAnswer
{
    public required string Title { get; init; }
    public required string Acronym { get; init; }
    public required string Organiser { get; init; }
    public required string City { get; init; }
    public required string Country { get; init; }
    /// <summary>IANA name of the conference's zone.</summary>
    public required string Zone { get; init; }
    public required bool Open { get; init; }
    public required DateTimeOffset Now { get; init; }
    public required CallAnswerDates Dates { get; init; }
    public required Limits Limits { get; init; }
    public required IReadOnlyList<CallAnswerArea> Areas { get; init; }
    public required Blindness Blind { get; init; }
    public required int ScoreMin { get; init; }
    public required int ScoreMax { get; init; }
    public required IReadOnlyList<Criterion> Criteria { get; init; }
    public required IReadOnlyList<string> Confidence { get; init; }
    public required FormRules Forms { get; init; }

    public static CallAnswer Of(OpenCall call)
    {
        var (c, d) = (call.Conference, call.Conference.Dates);
        return new CallAnswer
        {
            Title = c.Title, Acronym = c.Acronym, Organiser = c.Organiser, City = c.City, Country = c.Country, Zone = c.Zone,
            Open = call.IsOpen,
            Now = call.Now,
            Dates = new CallAnswerDates(call.Opens, TimeZoneInfo.ConvertTime(call.Deadline, c.TimeZone), c.At(d.ReviewDeadline), c.At(d.DecisionsBy), c.At(d.ConfirmBy), d.FirstDay, d.LastDay),
            Limits = c.Limits,
            Areas = [.. c.Areas.Select(a => new CallAnswerArea(a.Code, a.Kind, a.Title, a.Summary, a.Topics, call.AreaDeadlines.TryGetValue(a.Code, out var until) ? until : null))],
            Blind = c.Review.Blind,
            ScoreMin = c.Review.ScoreMin, ScoreMax = c.Review.ScoreMax, Criteria = c.Review.Criteria, Confidence = c.Review.Confidence,
            Forms = c.Forms,
        };
    }
}

internal sealed record CallAnswerDates(
    DateTimeOffset CallOpens, DateTimeOffset SubmissionDeadline, DateTimeOffset ReviewDeadline, DateTimeOffset DecisionsBy, DateTimeOffset ConfirmBy, DateOnly FirstDay, DateOnly LastDay);

/// <param name="Code">Such as TA3.</param>
/// <param name="Kind">Thematic or special.</param>
/// <param name="Title">Its title.</param>
/// <param name="Summary">What it is about.</param>
/// <param name="Topics">Its topics.</param>
/// <param name="Deadline">Only where this area has more time than the others.</param>
internal sealed record CallAnswerArea(string Code, AreaKind Kind, string Title, string Summary, IReadOnlyList<string> Topics, DateTimeOffset? Deadline);
