using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Audit;

/// <summary>
/// Who did what, newest first, a page at a time. What others did to a submission of one's own stays hidden, and from the chair
/// also what was done to one they are in conflict with: it would tell who reviews it.
/// </summary>
/// <param name="ObjectKind">Such as <c>submission</c>; null for all.</param>
/// <param name="ObjectId">Its number or id; null for all.</param>
/// <param name="Actor">Part of who did it; null for all.</param>
/// <param name="Page">The page, from 1.</param>
/// <param name="Size">Rows a page, 1 to 200.</param>
/// <param name="By">Who asks.</param>
public sealed record ListAudit(string? ObjectKind, string? ObjectId, string? Actor, int Page, int Size, Actor By) : IQuery<AuditPage>;

public sealed record AuditPage(IReadOnlyList<AuditLine> Items, int Total);

public sealed record AuditLine
{
    public required int Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Actor { get; init; }
    public required string Action { get; init; }
    public required string ObjectKind { get; init; }
    public required string ObjectId { get; init; }
    public required string? BeforeJson { get; init; }
    public required string? AfterJson { get; init; }
}

internal sealed class ListAuditHandler(Db db) : IRequestHandler<ListAudit, AuditPage>
{
    public async Task<AuditPage> Handle(ListAudit query, CancellationToken ct)
    {
        Access.Require(Access.MayReadAudit(query.By), "read the audit");
        var take = Math.Clamp(query.Size, 1, 200);
        var hidden = await db.All<int>(ReadHidden, new { query.By.PersonId, all = query.By.IsSecretariat ? 1 : 0 }, ct);
        var args = new
        {
            query.By.PersonId,
            kind = Given(query.ObjectKind),
            id = Given(query.ObjectId),
            actor = Given(query.Actor) is { } actor ? LikePattern.Containing(actor) : null,
            hidden = hidden.Select(n => FormattableString.Invariant($"{n}")).ToList(),
            guarded = hidden.Count > 0 ? 1 : 0,
            skip = (Math.Max(1, query.Page) - 1) * take,
            take,
        };
        return new AuditPage(await db.All<AuditLine>(Read, args, ct), await db.One<int>(Count, args, ct));
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private const string ReadHidden = """
        select s.Number
        from Submission s
        where s.OwnerId = @PersonId
           or exists (select 1 from Author a join Person p on p.NormalisedEmail = a.NormalisedEmail and p.EmailConfirmed = 1
                      where a.SubmissionNumber = s.Number and p.Id = @PersonId)
           or (@all = 0 and exists (select 1 from Conflict c where c.SubmissionNumber = s.Number and c.ReviewerId = @PersonId and c.DismissedAt is null))
        """;

    // Routing and reviewers tell in their contents who reviews what.
    private const string Matches = """

        from AuditEntry e
        where (@kind is null or e.ObjectKind = @kind)
          and (@id is null or e.ObjectId = @id)
          and (@actor is null or e.Actor like @actor escape '!')
          and (e.ActorId = @PersonId or e.ObjectKind <> 'submission' or e.ObjectId not in @hidden)

        """;

    private const string Count = "select count(*)" + Matches;

    private const string Read = """
        select e.Id, e.At, e.Actor, e.Action, e.ObjectKind, e.ObjectId,
               case when @guarded = 1 and e.ObjectKind in ('routing', 'reviewer', 'job') then null else e.BeforeJson end as BeforeJson,
               case when @guarded = 1 and e.ObjectKind in ('routing', 'reviewer', 'job') then null else e.AfterJson end as AfterJson
        """ + Matches + """
        order by e.Id desc
        offset @skip rows fetch next @take rows only
        """;
}
