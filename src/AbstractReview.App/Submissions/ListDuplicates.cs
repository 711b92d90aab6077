using AbstractReview.App.Audit;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Submissions;
using MediatR;

namespace AbstractReview.App.Submissions;

/// <summary>Pairs of submissions whose texts look alike, the likest first; for the secretariat and nobody else, and never one's own.</summary>
public sealed record ListDuplicates(bool Dismissed, Actor By) : IQuery<IReadOnlyList<DuplicatePair>>;

public sealed record DuplicatePair
{
    public required int Number { get; init; }
    public required string Title { get; init; }
    public required string AreaCode { get; init; }
    public required SubmissionState State { get; init; }
    public required int OtherNumber { get; init; }
    public required string OtherTitle { get; init; }
    public required string OtherAreaCode { get; init; }
    public required SubmissionState OtherState { get; init; }
    /// <summary>Estimated share of word triples in common, 0 to 1.</summary>
    public required double Similarity { get; init; }
    /// <summary>Handed in by one account.</summary>
    public required bool SameOwner { get; init; }
    public required DateTimeOffset? DismissedAt { get; init; }
}

/// <summary>The secretariat has looked: the two are no duplicates, or it is settled. The pair does not come back.</summary>
public sealed record DismissDuplicate(int Number, int OtherNumber, string Reason, Actor By) : ICommand<int>;

/// <summary>The texts of two submissions beside one another, word by word.</summary>
public sealed record CompareSubmissions(int Number, int OtherNumber, Actor By) : IQuery<IReadOnlyList<FieldChange>>;

internal sealed class ListDuplicatesHandler(Db db) : IRequestHandler<ListDuplicates, IReadOnlyList<DuplicatePair>>
{
    public Task<IReadOnlyList<DuplicatePair>> Handle(ListDuplicates query, CancellationToken ct)
    {
        Access.Require(query.By.IsSecretariat, "see duplicates");
        return db.All<DuplicatePair>(Read, new { query.Dismissed, query.By.PersonId }, ct);
    }

    private const string Read = """
        select d.SubmissionNumber as Number, s.Title, s.AreaCode, s.State, d.OtherNumber, o.Title as OtherTitle, o.AreaCode as OtherAreaCode, o.State as OtherState,
               d.Similarity, case when s.OwnerId = o.OwnerId then 1 else 0 end as SameOwner, d.DismissedAt
        from Duplicate d
          join Submission s on s.Number = d.SubmissionNumber
          join Submission o on o.Number = d.OtherNumber
        where ((@Dismissed = 1 and d.DismissedAt is not null)
               or (@Dismissed = 0 and d.DismissedAt is null and s.State <> 'Withdrawn' and o.State <> 'Withdrawn'))
          and s.OwnerId <> @PersonId and o.OwnerId <> @PersonId
          and not exists (select 1 from Author a join Person p on p.NormalisedEmail = a.NormalisedEmail
                          where a.SubmissionNumber in (d.SubmissionNumber, d.OtherNumber) and p.Id = @PersonId and p.EmailConfirmed = 1)
        order by d.Similarity desc, d.SubmissionNumber, d.OtherNumber
        """;
}

internal sealed class DismissDuplicateHandler(Db db, AuditLog audit, TimeProvider clock) : IRequestHandler<DismissDuplicate, int>
{
    public async Task<int> Handle(DismissDuplicate command, CancellationToken ct)
    {
        Access.Require(command.By.IsSecretariat, "dismiss duplicates");
        var (number, other) = (Math.Max(command.Number, command.OtherNumber), Math.Min(command.Number, command.OtherNumber));
        var reason = Reasons.Check(command.Reason, "Note in a few words what you found.");
        if (await db.Run(Dismiss, new { number, other, now = clock.GetUtcNow() }, ct) == 0) throw new NotFoundException($"Submissions {number} and {other} are no pair that waits.");
        await audit.Write(command.By, "duplicate.dismissed", "submission", number, null, new { other, reason }, ct);
        return number;
    }

    private const string Dismiss = "update Duplicate set DismissedAt = @now where SubmissionNumber = @number and OtherNumber = @other and DismissedAt is null";
}

internal sealed class CompareSubmissionsHandler(SubmissionStore store) : IRequestHandler<CompareSubmissions, IReadOnlyList<FieldChange>>
{
    public async Task<IReadOnlyList<FieldChange>> Handle(CompareSubmissions query, CancellationToken ct)
    {
        Access.Require(query.By.IsSecretariat, "compare submissions");
        return Differences.Between((await store.Load(query.OtherNumber, ct)).Content, (await store.Load(query.Number, ct)).Content);
    }
}
