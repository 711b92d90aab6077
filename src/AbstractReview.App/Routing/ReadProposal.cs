using AbstractReview.App.Audit;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Routing;

/// <summary>The chair reads a proposal. Submissions that are theirs, or that they are in conflict with, are left out of it: who reviews them is hidden.</summary>
/// <param name="Id">The proposal; null is the latest.</param>
/// <param name="By">Who asks.</param>
public sealed record ReadProposal(int? Id, Actor By) : IQuery<ProposalView>;

public sealed record ProposalView
{
    public required int Id { get; init; }
    public required int Version { get; init; }
    public required ProposalState State { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset? AppliedAt { get; init; }
    /// <summary>Whether nothing it rests on has changed since; only then can it be applied.</summary>
    public required bool Current { get; init; }
    /// <summary>Whether applying it changes anything: an assignment, a pin or a pair forbidden, be it of a hidden submission.</summary>
    public required bool Changes { get; init; }
    /// <summary>Reviews that applying it assigns. These figures leave hidden submissions out: less what is shown, they would tell of those.</summary>
    public required int Assigns { get; init; }
    /// <summary>Assignments that applying it releases.</summary>
    public required int Releases { get; init; }
    /// <summary>Reviewers who get something new.</summary>
    public required int ReviewersAffected { get; init; }
    /// <summary>Submissions whose reviewers the reader may not know.</summary>
    public required IReadOnlyList<int> Hidden { get; init; }
    public required ProposalDocument Document { get; init; }
}

internal sealed class ReadProposalHandler(ProposalStore proposals, RoutingReader reader, IdentityReadings readings, Db db) : IRequestHandler<ReadProposal, ProposalView>
{
    public async Task<ProposalView> Handle(ReadProposal query, CancellationToken ct)
    {
        Access.Require(Access.MayRoute(query.By), "see the routing");
        var id = query.Id ?? await proposals.Latest(ct) ?? throw new NotFoundException("There is no routing proposal yet.");
        var row = await proposals.Get(id, ct);
        var document = row.Read();
        var hidden = await HiddenNumbers.Of(db, query.By, ct);
        var inputs = row.State == ProposalState.Proposed ? await reader.Read(ct) : null;
        var shown = VisibleProposal.Of(document, hidden);
        var (assigned, released) = shown.Difference();
        await readings.RecordAll(query.By, "routing", ct);
        return new ProposalView
        {
            Id = row.Id,
            Version = row.Version,
            State = row.State,
            CreatedAt = row.CreatedAt,
            AppliedAt = row.AppliedAt,
            Current = inputs?.Hash() == row.InputsHash,
            Changes = inputs is not null && Changes(document, inputs),
            Assigns = assigned.Count,
            Releases = released.Count,
            ReviewersAffected = assigned.DistinctBy(p => p.ReviewerId).Count(),
            Hidden = document.Submissions.Select(s => s.Number).Where(hidden.Contains).ToList(),
            Document = shown,
        };
    }

    private static bool Changes(ProposalDocument document, RoutingInputs inputs)
        => document.Pairs.Any(p => p.Change != PairChange.Kept)
            || document.Forbidden.Except(inputs.Forbidden).Any()
            || !document.Pairs.Where(p => p.Pinned).Select(p => (p.Number, p.ReviewerId)).ToHashSet().SetEquals(inputs.Pins);
}

/// <summary>Submissions whose reviewers a person must not learn: their own, and those they are in conflict with.</summary>
internal static class HiddenNumbers
{
    public static async Task<HashSet<int>> Of(Db db, Actor by, CancellationToken ct) => (await db.All<int>(Select, new { by.PersonId }, ct)).ToHashSet();

    private const string Select = """
        select s.Number
        from Submission s
        where s.OwnerId = @PersonId
           or exists (select 1 from Author a join Person p on p.NormalisedEmail = a.NormalisedEmail where a.SubmissionNumber = s.Number and p.Id = @PersonId)
           or exists (select 1 from Conflict c where c.SubmissionNumber = s.Number and c.ReviewerId = @PersonId and c.DismissedAt is null)
        """;
}
