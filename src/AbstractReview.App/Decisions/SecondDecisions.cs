using AbstractReview.App.Audit;
using AbstractReview.App.Storage;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Decisions;

/// <summary>
/// A second pair of eyes agrees to pending decisions, all or none: somebody who may decide on them too, and is not who did. Answers how many.
/// </summary>
/// <param name="Seen">What is agreed to, with the version that was looked at: nobody agrees to what changed meanwhile.</param>
/// <param name="By">Who agrees.</param>
public sealed record SecondDecisions(IReadOnlyList<SeenDecision> Seen, Actor By) : ILongCommand<int>;

/// <param name="Number">The submission.</param>
/// <param name="Version">Its version as looked at; null does not ask.</param>
public sealed record SeenDecision(int Number, int? Version);

internal sealed class SecondDecisionsHandler(Db db, Relations relations, DecisionRows rows, AuditLog audit) : IRequestHandler<SecondDecisions, int>
{
    public async Task<int> Handle(SecondDecisions command, CancellationToken ct)
    {
        if (command.Seen.Count == 0) throw new RuleBrokenException("decisions", "Choose the decisions that you agree to.");
        foreach (var (number, version) in command.Seen.DistinctBy(s => s.Number))
        {
            Access.Require(Access.MayDecide(command.By, await relations.RequireSeen(number, command.By, ct)), $"decide on submission {number}");
            var pending = await rows.Of(number, ct);
            if (version is { } seen && seen != pending.Version) throw new StaleException($"Submission {number} changed since you looked at it.", pending.Version);
            if (!pending.IsPending) throw new RuleBrokenException($"There is no pending decision on submission {number}.");
            if (pending.DecidedById == command.By.PersonId) throw new RuleBrokenException($"You made the decision on submission {number} yourself: somebody else has to agree.");
            await db.Run(Second, new { number, pending.DecisionVersion, command.By.PersonId }, ct);
            await audit.Write(command.By, "decision.seconded", "submission", number, null, new { pending.Kind, pending.DecisionVersion }, ct);
        }

        return command.Seen.DistinctBy(s => s.Number).Count();
    }

    private const string Second = """
        update Decision
        set SecondedById = @PersonId
        where SubmissionNumber = @number and DecisionVersion = @DecisionVersion and PublishedAt is null
        """;
}
