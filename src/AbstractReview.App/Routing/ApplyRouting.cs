using AbstractReview.App.Audit;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Routing;
using MediatR;

namespace AbstractReview.App.Routing;

/// <summary>The chair applies a proposal: assignments are made and released, submissions go under review, reviewers are told. Applying it again does nothing.</summary>
public sealed record ApplyRouting(int ProposalId, Actor By) : ILongCommand<AppliedRouting>;

/// <summary>What was done, as far as whoever applied it may know: nothing of the submissions whose reviewers are hidden from them.</summary>
/// <param name="ProposalId">The proposal.</param>
/// <param name="Assigned">Reviews newly assigned.</param>
/// <param name="Released">Assignments released.</param>
/// <param name="Reviewers">Reviewers who got something new.</param>
public sealed record AppliedRouting(int ProposalId, int Assigned, int Released, int Reviewers);

internal sealed class ApplyRoutingHandler(Db db, ProposalStore proposals, ConflictFinder conflicts, RoutingReader reader, AssignmentWriter assignments, AuditLog audit, TimeProvider clock)
    : IRequestHandler<ApplyRouting, AppliedRouting>
{
    public async Task<AppliedRouting> Handle(ApplyRouting command, CancellationToken ct)
    {
        Access.Require(Access.MayRoute(command.By), "route submissions");
        var proposal = await proposals.Get(command.ProposalId, ct);
        var document = proposal.Read();
        var (added, released) = document.Difference();
        var hidden = await HiddenNumbers.Of(db, command.By, ct);
        var told = Outcome(proposal.Id, added.Where(p => !hidden.Contains(p.Number)), released.Where(p => !hidden.Contains(p.Number)));
        if (proposal.State == ProposalState.Applied) return told;
        if (proposal.State == ProposalState.Superseded) throw new RuleBrokenException($"Proposal {proposal.Id} was superseded by a newer one; look at that.");

        await conflicts.Refresh(ct);
        var inputs = await reader.Read(ct);
        RefuseConflicts(document, inputs);
        if (inputs.Hash() != proposal.InputsHash)
            throw new StaleException("Submissions, reviewers, bids or assignments changed since this was proposed. Propose again: what stands is kept.", proposal.Version);

        await assignments.Write(
            added.Select(p => new NewAssignment(p.Number, p.ReviewerId, p.Affinity, p.Pinned)).ToList(),
            released.Select(p => (p.Number, p.ReviewerId)).ToList(), FormattableString.Invariant($"proposal/{proposal.Id}"), ct);
        await db.Run(Pin, document.Pairs.Where(p => p.Change == PairChange.Kept), ct);
        await db.Run(Forbid, document.Forbidden.Except(inputs.Forbidden).Select(f => new { f.SubmissionNumber, f.ReviewerId, now = clock.GetUtcNow(), command.By.PersonId }), ct);
        await proposals.MarkApplied(proposal.Id, ct);
        await audit.Write(command.By, "routing.applied", "routing", proposal.Id, null, Outcome(proposal.Id, added, released), ct);
        return told;
    }

    private static AppliedRouting Outcome(int id, IEnumerable<ProposedPair> assigned, IEnumerable<ProposedPair> released)
        => new(id, assigned.Count(), released.Count(), assigned.DistinctBy(p => p.ReviewerId).Count());

    private static void RefuseConflicts(ProposalDocument document, RoutingInputs inputs)
    {
        var names = document.Reviewers.ToDictionary(r => r.Id, r => r.Name);
        var conflicts = inputs.Conflicts.ToLookup(c => (c.SubmissionNumber, c.ReviewerId));
        var errors = document.Standing().Where(p => conflicts.Contains((p.Number, p.ReviewerId)))
            .Select(p => new FieldError("pairs", $"{names[p.ReviewerId]} is now in conflict with submission {p.Number} ({conflicts[(p.Number, p.ReviewerId)].Min(c => c.Kind).Words()}). Propose again.")).ToList();
        if (errors.Count > 0) throw new RuleBrokenException(errors);
    }

    private const string Pin = "update Assignment set Pinned = @Pinned where SubmissionNumber = @Number and ReviewerId = @ReviewerId and Pinned <> @Pinned";

    private const string Forbid = """
        insert into ForbiddenPair (SubmissionNumber, ReviewerId, ForbiddenAt, ForbiddenById)
        values (@SubmissionNumber, @ReviewerId, @now, @PersonId)
        """;
}
