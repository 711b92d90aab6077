using System.Globalization;
using AbstractReview.App.Audit;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.Web.Api;

/// <summary>Who did what, when: for those who run the conference.</summary>
internal static class AuditApi
{
    public static void MapAudit(this RouteGroupBuilder api)
    {
        api.MapGet("/audit", async ([AsParameters] AuditQuery query, HttpContext http, IMediator mediator) =>
        {
            var list = query.List(http.Actor());
            var found = await mediator.Send(list, http.RequestAborted);
            return TypedResults.Ok(new AuditList(found.Items, list.Page * list.Size < found.Total ? (list.Page + 1).ToString(CultureInfo.InvariantCulture) : null, found.Total));
        });
        api.MapGet("/audit.csv", async ([AsParameters] AuditQuery query, HttpContext http, IMediator mediator) =>
            http.Download(AuditSheet.Of(await mediator.Send(new ExportAudit(query.List(http.Actor()), http.Actor()), http.RequestAborted)), "audit", "csv"));
        api.MapGet("/audit.json", async ([AsParameters] AuditQuery query, HttpContext http, IMediator mediator) =>
        {
            var all = await mediator.Send(new ExportAudit(query.List(http.Actor()), http.Actor()), http.RequestAborted);
            http.Response.Headers.ContentDisposition = "attachment; filename=audit.json";
            return TypedResults.Ok(all);
        });
    }
}

/// <summary>The query of <c>GET audit</c>: kind and id of the object, who, the beginning of the action, from and until (exclusive) as instants.</summary>
internal sealed class AuditQuery
{
    public string? Kind { get; init; }
    public string? Id { get; init; }
    public string? Who { get; init; }
    public string? Action { get; init; }
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? Until { get; init; }
    public string? Cursor { get; init; }
    public int? Take { get; init; }

    public ListAudit List(Actor by)
    {
        if (Take is < 1 or > 200) throw new RuleBrokenException("take", "Ask for 1 to 200 entries.");
        var page = Cursor is null ? 1 : int.TryParse(Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 ? n : throw new RuleBrokenException("cursor", "This cursor is not one of ours.");
        return new ListAudit(Kind, Id, Who, page, Take ?? 100, by) { Action = Action, From = From, Until = Until };
    }
}

public sealed record AuditList(IReadOnlyList<AuditLine> Items, string? Next, int Total);
