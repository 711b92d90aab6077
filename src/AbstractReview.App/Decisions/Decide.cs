using AbstractReview.App.Storage;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using AbstractReview.Domain.Decisions;
using MediatR;

namespace AbstractReview.App.Decisions;

/// <summary>Who judges a submission decides on it; the decision is pending until decisions are published, and may be changed until then.</summary>
/// <param name="Number">The submission.</param>
/// <param name="Kind">What becomes of it.</param>
/// <param name="Reason">For the committee and, where the letter shows it, for the authors; at most 4,000 characters.</param>
/// <param name="By">Who decides.</param>
public sealed record Decide(int Number, DecisionKind Kind, string Reason, Actor By) : ICommand<DecisionView>
{
    /// <summary>The submission's version that was decided on; null does not ask.</summary>
    public int? Version { get; init; }
}

/// <summary>A decision that is not published yet is taken back.</summary>
public sealed record UndoDecision(int Number, Actor By) : ICommand<Unit>;

/// <summary>A second chair agrees to a pending decision, where the call wants two.</summary>
public sealed record SecondDecision(int Number, Actor By) : ICommand<Unit>;

/// <param name="Number">The submission.</param>
/// <param name="Kind">What was decided.</param>
/// <param name="Reason">Why.</param>
/// <param name="Version">The submission's version now.</param>
public sealed record DecisionView(int Number, DecisionKind Kind, string Reason, int Version);

internal sealed class DecideHandler(Db db, Relations relations, DecisionRows rows, Audit.AuditLog audit)
    : IRequestHandler<Decide, DecisionView>, IRequestHandler<UndoDecision, Unit>, IRequestHandler<SecondDecision, Unit>
{
    public async Task<DecisionView> Handle(Decide command, CancellationToken ct)
    {
        await MustJudge(command.Number, command.By, ct);
        if (command.Reason.Length > 4000) throw new RuleBrokenException("reason", "At most 4,000 characters are taken here.");
        var before = await rows.Of(command.Number, ct);
        if (command.Version is { } seen && seen != before.Version) throw new StaleException("This submission changed since you looked at it.", before.Version);
        await rows.Decide(before, command.Kind, command.Reason.Trim(), command.By, ct);
        return new DecisionView(command.Number, command.Kind, command.Reason.Trim(), before.Version + 1);
    }

    public async Task<Unit> Handle(UndoDecision command, CancellationToken ct)
    {
        await MustJudge(command.Number, command.By, ct);
        var before = await rows.Of(command.Number, ct);
        if (!before.IsPending) throw new RuleBrokenException("There is no pending decision on this submission.");
        await rows.Undo(before, command.By, ct);
        return Unit.Value;
    }

    public async Task<Unit> Handle(SecondDecision command, CancellationToken ct)
    {
        await MustJudge(command.Number, command.By, ct);
        var pending = await rows.Of(command.Number, ct);
        if (!pending.IsPending) throw new RuleBrokenException("There is no pending decision on this submission.");
        if (pending.DecidedById == command.By.PersonId) throw new RuleBrokenException("You made this decision yourself: another chair has to agree.");
        await db.Run(Second, new { command.Number, pending.DecisionVersion, command.By.PersonId }, ct);
        await audit.Write(command.By, "decision.seconded", "submission", command.Number, null, new { pending.Kind, pending.DecisionVersion }, ct);
        return Unit.Value;
    }

    private async Task MustJudge(int number, Actor by, CancellationToken ct)
        => Access.Require(Access.MayDecide(by, await relations.RequireSeen(number, by, ct)), $"decide on submission {number}");

    private const string Second = """
        update Decision
        set SecondedById = @PersonId
        where SubmissionNumber = @Number and DecisionVersion = @DecisionVersion and PublishedAt is null
        """;
}
