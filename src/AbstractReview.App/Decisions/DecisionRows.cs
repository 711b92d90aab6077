using AbstractReview.App.Audit;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Decisions;

/// <summary>What was decided on a submission, and its state with it.</summary>
internal sealed record DecidedSubmission
{
    public required int Number { get; init; }
    public required SubmissionState State { get; init; }
    public required int Version { get; init; }
    /// <summary>The newest decision; null for none yet.</summary>
    public required DecisionKind? Kind { get; init; }
    public required string? Reason { get; init; }
    public required int? DecisionVersion { get; init; }
    public required DateTimeOffset? PublishedAt { get; init; }
    public required SubmissionState? StateBefore { get; init; }
    public required int? DecidedById { get; init; }
    public required int? SecondedById { get; init; }
    /// <summary>Its standing as it is now; null where nothing was collected.</summary>
    public required int? StandingVersion { get; init; }
    public required int? Reviews { get; init; }
    public required double? Mean { get; init; }
    public required double? Spread { get; init; }
    public required double? Calibrated { get; init; }
    public required double? Low { get; init; }
    public required double? High { get; init; }
    public required bool? Due { get; init; }

    public bool IsPending => Kind is not null && PublishedAt is null;
}

/// <summary>Writes decisions: a pending one is replaced, a published one is superseded by the next version.</summary>
public sealed class DecisionRows(Db db, AuditLog audit, TimeProvider clock)
{
    internal const int ReasonLength = 4000;
    internal const string TooLong = "At most 4,000 characters are taken here.";

    internal async Task<DecidedSubmission> Of(int number, CancellationToken ct)
        => await db.One<DecidedSubmission>(Read, new { number }, ct) ?? throw new NotFoundException($"There is no submission {number}.");

    /// <exception cref="RuleBrokenException">The submission is in no state to be decided.</exception>
    internal async Task Decide(DecidedSubmission before, DecisionKind kind, string reason, Actor by, CancellationToken ct)
    {
        var after = before.State.After(Verb.Decide);
        var from = DecidedFrom.Of(before);
        var values = new
        {
            before.Number, Kind = kind.ToString(), reason, by.PersonId, now = clock.GetUtcNow(),
            DecisionVersion = before.IsPending ? before.DecisionVersion!.Value : (before.DecisionVersion ?? 0) + 1, StateBefore = before.State.ToString(), State = after.ToString(), before.Version,
            Standing = Json.Write(from),
        };
        await db.Run(before.IsPending ? Replace : Insert, values, ct);
        await Move(values, ct);
        await audit.Write(by, "submission.decided", "submission", before.Number, new { before.State, before.Kind }, new { State = after, Kind = kind, values.DecisionVersion, Reason = reason, From = from }, ct);
    }

    /// <summary>Takes a pending decision back: the submission is again what it was before.</summary>
    internal async Task Undo(DecidedSubmission before, Actor by, CancellationToken ct)
    {
        before.State.After(Verb.Undecide);
        await db.Run(Delete, new { before.Number, before.DecisionVersion }, ct);
        await Move(new { before.Number, DecisionVersion = before.DecisionVersion!.Value - 1, State = before.StateBefore!.Value.ToString(), before.Version, now = clock.GetUtcNow() }, ct);
        await audit.Write(by, "submission.undecided", "submission", before.Number, new { before.Kind, before.DecisionVersion }, new { State = before.StateBefore }, ct);
    }

    private async Task Move(object values, CancellationToken ct)
    {
        if (await db.Run(MoveSubmission, values, ct) == 0) throw new RuleBrokenException("This submission changed at the same moment. Look again, then decide.");
    }

    private const string Read = """
        select s.Number, s.State, s.Version, d.Kind, d.Reason, d.DecisionVersion, d.PublishedAt, d.StateBefore, d.DecidedById, d.SecondedById,
               t.Version as StandingVersion, t.Reviews, t.Mean, t.Spread, t.Calibrated, t.Low, t.High, t.Due
        from Submission s
          left join Standing t on t.SubmissionNumber = s.Number
          left join Decision d on d.SubmissionNumber = s.Number
               and d.DecisionVersion = (select max(x.DecisionVersion) from Decision x where x.SubmissionNumber = s.Number)
        where s.Number = @number
        """;

    private const string Insert = """
        insert into Decision (SubmissionNumber, DecisionVersion, Kind, Reason, DecidedById, DecidedAt, StateBefore, Standing)
        values (@Number, @DecisionVersion, @Kind, @reason, @PersonId, @now, @StateBefore, @Standing)
        """;

    // Whoever agreed before agreed to something else.
    private const string Replace = """
        update Decision
        set Kind = @Kind, Reason = @reason, DecidedById = @PersonId, DecidedAt = @now, SecondedById = null, Standing = @Standing
        where SubmissionNumber = @Number and DecisionVersion = @DecisionVersion and PublishedAt is null
        """;

    private const string Delete = "delete from Decision where SubmissionNumber = @Number and DecisionVersion = @DecisionVersion and PublishedAt is null";

    private const string MoveSubmission = """
        update Submission
        set State = @State, DecisionVersion = @DecisionVersion, UpdatedAt = @now, Version = Version + 1
        where Number = @Number and Version = @Version
        """;
}
