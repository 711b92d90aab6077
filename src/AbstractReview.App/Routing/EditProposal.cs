using AbstractReview.App.Audit;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Matching;
using MediatR;

namespace AbstractReview.App.Routing;

public enum ProposalEdit { Add, Remove, Pin, Unpin, Forbid, Allow }

/// <summary>The chair edits a proposal by hand, one pair at a time. What the hard rules forbid is refused, and says why.</summary>
/// <param name="ProposalId">The proposal; only one that waits to be applied.</param>
/// <param name="Edit">What to do with the pair. An added pair is pinned; a forbidden one is removed.</param>
/// <param name="Number">The submission.</param>
/// <param name="ReviewerId">The reviewer.</param>
/// <param name="Version">The version that was read; null does not check.</param>
/// <param name="By">Who asks.</param>
public sealed record EditProposal(int ProposalId, ProposalEdit Edit, int Number, int ReviewerId, int? Version, Actor By) : ICommand<EditEffect>;

/// <summary>What an edit did, in words and figures.</summary>
public sealed record EditEffect(string Words, double FloorBefore, double FloorAfter, double TotalBefore, double TotalAfter, int MissingAfter);

internal sealed class EditProposalHandler(Db db, ProposalStore proposals, RoutingReader reader, AffinityCache affinities, AuditLog audit) : IRequestHandler<EditProposal, EditEffect>
{
    public async Task<EditEffect> Handle(EditProposal command, CancellationToken ct)
    {
        Access.Require(Access.MayRoute(command.By), "route submissions");
        var proposal = await proposals.Get(command.ProposalId, ct);
        if (proposal.State != ProposalState.Proposed) throw new RuleBrokenException($"Proposal {proposal.Id} no longer waits to be applied.");
        if (command.Version is { } version && version != proposal.Version) throw new StaleException("Somebody else edited this proposal meanwhile; look at it again.", proposal.Version);
        var hidden = await HiddenNumbers.Of(db, command.By, ct);
        if (hidden.Contains(command.Number)) throw new NotFoundException($"There is no submission {command.Number} for you.");
        var inputs = await reader.Read(ct);
        if (inputs.Hash() != proposal.InputsHash) throw new StaleException("Something changed since this was proposed. Propose again: what stands is kept.", proposal.Version);

        var before = proposal.Read();
        var after = Edit(command, before, inputs, affinities.Of(inputs, proposal.InputsHash, ct), hidden);
        await proposals.Change(proposal, after, ct);
        await audit.Write(command.By, "routing.edited", "routing", proposal.Id, null, new { command.Edit, command.Number, command.ReviewerId }, ct);
        var (was, now) = (VisibleProposal.Of(before, hidden).After, VisibleProposal.Of(after, hidden).After);
        return new EditEffect(Words(command, inputs), was.Floor, now.Floor, was.Total, now.Total, now.Missing);
    }

    private static ProposalDocument Edit(EditProposal command, ProposalDocument before, RoutingInputs inputs, AffinityTable table, HashSet<int> hidden)
    {
        var pins = before.Standing().Where(p => p.Pinned).Select(p => (p.Number, p.ReviewerId)).ToHashSet();
        var pairs = before.Standing().Select(p => (p.Number, p.ReviewerId)).ToHashSet();
        var forbidden = before.Forbidden.ToHashSet();
        var chosen = (command.Number, command.ReviewerId);
        var ban = new ForbiddenPair { SubmissionNumber = command.Number, ReviewerId = command.ReviewerId };
        var problem = new RoutingProblem(inputs, table.Matrix, [], forbidden.Select(f => (f.SubmissionNumber, f.ReviewerId)));
        var at = problem.Position(chosen) ?? throw new NotFoundException($"There is no submission {command.Number} or no reviewer {command.ReviewerId} in this routing.");
        switch (command.Edit)
        {
            case ProposalEdit.Add:
                RefuseToAdd(problem.Problem, at, pairs.Where(p => !hidden.Contains(p.Number)).ToHashSet(), inputs);
                pairs.Add(chosen);
                pins.Add(chosen);
                break;
            case ProposalEdit.Pin:
                pins.Add(pairs.Contains(chosen) ? chosen : throw new RuleBrokenException("reviewerId", "Add the pair before you pin it."));
                break;
            case ProposalEdit.Unpin:
                pins.Remove(chosen);
                break;
            case ProposalEdit.Remove or ProposalEdit.Forbid:
                if (inputs.Assignments.Any(a => a.Reviewed && (a.SubmissionNumber, a.ReviewerId) == chosen)) throw new RuleBrokenException("reviewerId", "This review is already in; it stays.");
                pairs.Remove(chosen);
                pins.Remove(chosen);
                if (command.Edit == ProposalEdit.Forbid) forbidden.Add(ban);
                break;
            case ProposalEdit.Allow:
                if (!forbidden.Remove(ban)) throw new RuleBrokenException("reviewerId", "This pair is not forbidden in this proposal.");
                break;
        }

        var held = new RoutingProblem(inputs, table.Matrix, pins, forbidden.Select(f => (f.SubmissionNumber, f.ReviewerId)));
        return new ProposalWriter(inputs, table, held.Problem).Lay(held.Positions(pairs), held.Positions(pins).ToHashSet(), before.Fresh, [.. forbidden.OrderBy(f => (f.SubmissionNumber, f.ReviewerId))]);
    }

    private static void RefuseToAdd(AssignmentProblem problem, Pair at, HashSet<(int Number, int ReviewerId)> shown, RoutingInputs inputs)
    {
        var (submission, reviewer) = (inputs.Submissions[at.Submission], inputs.Reviewers[at.Reviewer]);
        if (problem.ReasonFor(at.Submission, at.Reviewer) is { } reason) throw new RuleBrokenException("reviewerId", $"{reviewer.Name} is excluded from submission {submission.Number} ({reason}).");
        if (shown.Contains((submission.Number, reviewer.Id))) throw new RuleBrokenException("reviewerId", $"{reviewer.Name} already reviews submission {submission.Number}.");
        // What is hidden from the chair does not count: a refusal that the chair could not foresee would tell who reviews it. A pin comes before a quota.
        if (shown.Count(p => p.ReviewerId == reviewer.Id) >= problem.MaxLoad[at.Reviewer])
            throw new RuleBrokenException("reviewerId", $"{reviewer.Name} can take no more than {reviewer.Profile.QuotaMax} reviews. Remove one first, or ask them to raise their quota.");
    }

    private static string Words(EditProposal command, RoutingInputs inputs)
    {
        var name = inputs.Reviewers.First(r => r.Id == command.ReviewerId).Name;
        return command.Edit switch
        {
            ProposalEdit.Add => $"{name} now reviews submission {command.Number}, pinned.",
            ProposalEdit.Remove => $"{name} no longer reviews submission {command.Number}.",
            ProposalEdit.Pin => $"{name} is pinned to submission {command.Number}.",
            ProposalEdit.Unpin => $"{name} may be moved off submission {command.Number}.",
            ProposalEdit.Forbid => $"{name} will not review submission {command.Number}, in this routing or a later one.",
            _ => $"{name} may review submission {command.Number} again.",
        };
    }
}
