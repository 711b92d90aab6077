using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using AbstractReview.Domain.Decisions;
using MediatR;

namespace AbstractReview.App.Decisions;

/// <summary>Who judges a submission decides on it; the decision is pending until decisions are published, and may be changed until then.</summary>
/// <param name="Number">The submission.</param>
/// <param name="Kind">What becomes of it.</param>
/// <param name="Reason">For the committee and, where the letter shows it, for the authors; at most 4,000 characters. Null keeps the reason of a pending decision of the same kind.</param>
/// <param name="By">Who decides.</param>
public sealed record Decide(int Number, DecisionKind Kind, string? Reason, Actor By) : ICommand<DecisionView>
{
    /// <summary>The submission's version that was decided on; null does not ask.</summary>
    public int? Version { get; init; }
}

/// <summary>A decision that is not published yet is taken back. Answers the submission's version now.</summary>
public sealed record UndoDecision(int Number, Actor By) : ICommand<int>
{
    /// <summary>The submission's version that was looked at; null does not ask.</summary>
    public int? Version { get; init; }
}

/// <param name="Number">The submission.</param>
/// <param name="Kind">What was decided.</param>
/// <param name="Reason">Why.</param>
/// <param name="Version">The submission's version now.</param>
public sealed record DecisionView(int Number, DecisionKind Kind, string Reason, int Version);

internal sealed class DecideHandler(Relations relations, DecisionRows rows) : IRequestHandler<Decide, DecisionView>, IRequestHandler<UndoDecision, int>
{
    public async Task<DecisionView> Handle(Decide command, CancellationToken ct)
    {
        if (!Enum.IsDefined(command.Kind)) throw new RuleBrokenException("kind", "Decide for oral, poster, panel, waitlist, reject or return.");
        if (command.Reason?.Length > DecisionRows.ReasonLength) throw new RuleBrokenException("reason", DecisionRows.TooLong);
        var before = await Seen(command.Number, command.Version, command.By, ct);
        var reason = command.Reason?.Trim() ?? (before.IsPending && before.Kind == command.Kind ? before.Reason! : "");
        await rows.Decide(before, command.Kind, reason, command.By, ct);
        return new DecisionView(command.Number, command.Kind, reason, before.Version + 1);
    }

    public async Task<int> Handle(UndoDecision command, CancellationToken ct)
    {
        var before = await Seen(command.Number, command.Version, command.By, ct);
        if (!before.IsPending) throw new RuleBrokenException("There is no pending decision on this submission.");
        await rows.Undo(before, command.By, ct);
        return before.Version + 1;
    }

    private async Task<DecidedSubmission> Seen(int number, int? version, Actor by, CancellationToken ct)
    {
        Access.Require(Access.MayDecide(by, await relations.RequireSeen(number, by, ct)), $"decide on submission {number}");
        var before = await rows.Of(number, ct);
        return version is { } seen && seen != before.Version ? throw new StaleException("This submission changed since you looked at it.", before.Version) : before;
    }
}
