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
public sealed record ListAudit(string? ObjectKind, string? ObjectId, string? Actor, int Page, int Size, Actor By) : IQuery<AuditPage>
{
    /// <summary>The beginning of what was done, such as <c>decision.</c>; null for all.</summary>
    public string? Action { get; init; }
    /// <summary>At this instant or later; null for all.</summary>
    public DateTimeOffset? From { get; init; }
    /// <summary>Before this instant; null for all.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>All that <see cref="ListAudit"/> finds, oldest first, with the hashes that chain the entries; its page is not asked.</summary>
public sealed record ExportAudit(ListAudit Which, Actor By) : IQuery<IReadOnlyList<AuditLine>>;

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
    /// <summary>SHA-256 over the entry and the hash of the one before it; over its whole content, also where parts of it are not shown.</summary>
    public required string Hash { get; init; }
}

internal sealed class ListAuditHandler(Db db) : IRequestHandler<ListAudit, AuditPage>, IRequestHandler<ExportAudit, IReadOnlyList<AuditLine>>
{
    public async Task<AuditPage> Handle(ListAudit query, CancellationToken ct)
    {
        var args = await Args(query, query.By, ct);
        return new AuditPage(await db.All<AuditLine>(Read, args, ct), await db.One<int>(Count, args, ct));
    }

    public async Task<IReadOnlyList<AuditLine>> Handle(ExportAudit query, CancellationToken ct)
        => await db.All<AuditLine>(ReadAll, await Args(query.Which, query.By, ct), ct);

    private async Task<object> Args(ListAudit query, Actor by, CancellationToken ct)
    {
        Access.Require(Access.MayReadAudit(by), "read the audit");
        var take = Math.Clamp(query.Size, 1, 200);
        var hidden = await db.All<int>(ReadHidden, new { by.PersonId, all = by.IsSecretariat ? 1 : 0 }, ct);
        return new
        {
            by.PersonId,
            kind = Given(query.ObjectKind),
            id = Given(query.ObjectId),
            actor = Given(query.Actor) is { } actor ? LikePattern.Containing(actor) : null,
            action = Given(query.Action) is { } action ? LikePattern.Containing(action)[1..] : null,
            from = query.From,
            until = query.Until,
            hidden = hidden.Select(n => FormattableString.Invariant($"{n}")).ToList(),
            guarded = hidden.Count > 0 ? 1 : 0,
            skip = (Math.Max(1, query.Page) - 1) * take,
            take,
        };
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

    // Routing and reviewers tell in their contents who reviews what. What one did to one's own submission stays, but not what publishing
    // all decisions did to it.
    private const string Matches = """

        from AuditEntry e
        where (@kind is null or e.ObjectKind = @kind)
          and (@id is null or e.ObjectId = @id)
          and (@actor is null or e.Actor like @actor escape '!')
          and (@action is null or e.Action like @action escape '!')
          and (@from is null or e.At >= @from)
          and (@until is null or e.At < @until)
          and (e.ObjectKind <> 'submission' or e.ObjectId not in @hidden or (e.ActorId = @PersonId and e.Action not like 'decision.%'))

        """;

    private const string Count = "select count(*)" + Matches;

    private const string Columns = """
         e.Id, e.At, e.Actor, e.Action, e.ObjectKind, e.ObjectId, e.Hash,
               case when @guarded = 1 and e.ObjectKind in ('routing', 'reviewer', 'job') then null else e.BeforeJson end as BeforeJson,
               case when @guarded = 1 and e.ObjectKind in ('routing', 'reviewer', 'job') then null else e.AfterJson end as AfterJson
        """;

    private const string Read = "select" + Columns + Matches + """
        order by e.Id desc
        offset @skip rows fetch next @take rows only
        """;

    private const string ReadAll = "select" + Columns + Matches + "order by e.Id";
}
