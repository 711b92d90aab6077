using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Routing;
using MediatR;

namespace AbstractReview.App.Routing;

/// <summary>For the chair: who else could review a submission, by affinity, and who could not, and why.</summary>
public sealed record ReadReasons(int ProposalId, int Number, Actor By) : IQuery<SubmissionReasons>;

public sealed record SubmissionReasons
{
    public required int Number { get; init; }
    public required string Title { get; init; }
    public required string Abstract { get; init; }
    public required string AreaCode { get; init; }
    /// <summary>Up to twelve reviewers who may be added, best first.</summary>
    public required IReadOnlyList<Candidate> Candidates { get; init; }
    public required IReadOnlyList<ExcludedReviewer> Excluded { get; init; }
}

public sealed record Candidate(int ReviewerId, string Name, string Affiliation, double Affinity, double FromText, double FromTopics, double FromBid, IReadOnlyList<string> Terms, int Load, int QuotaMax);

/// <param name="ReviewerId">The reviewer.</param>
/// <param name="Name">Their name.</param>
/// <param name="Reason">In short, such as "same country".</param>
/// <param name="Evidence">What it rests on.</param>
/// <param name="Kind">Which conflict, when it is one.</param>
/// <param name="Dismissible">Whether the chair may dismiss it, as far as can be told without looking closer.</param>
public sealed record ExcludedReviewer(int ReviewerId, string Name, string Reason, string Evidence, ConflictKind? Kind, bool Dismissible);

internal sealed class ReadReasonsHandler(Db db, ProposalStore proposals, RoutingReader reader, AffinityCache affinities) : IRequestHandler<ReadReasons, SubmissionReasons>
{
    public async Task<SubmissionReasons> Handle(ReadReasons query, CancellationToken ct)
    {
        Access.Require(Access.MayRoute(query.By), "see the routing");
        var hidden = await HiddenNumbers.Of(db, query.By, ct);
        var document = VisibleProposal.Of((await proposals.Get(query.ProposalId, ct)).Read(), hidden);
        var inputs = await reader.Read(ct);
        var s = inputs.Submissions.ToList().FindIndex(x => x.Number == query.Number);
        if (s < 0 || hidden.Contains(query.Number)) throw new NotFoundException($"There is no submission {query.Number} for you.");
        var submission = inputs.Submissions[s];
        return new SubmissionReasons
        {
            Number = submission.Number,
            Title = submission.Title,
            Abstract = submission.Abstract,
            AreaCode = submission.AreaCode,
            Candidates = Candidates(inputs, affinities.Of(inputs, inputs.Hash(), ct), document, s),
            Excluded = Excluded(inputs, document, submission.Number),
        };
    }

    private static List<Candidate> Candidates(RoutingInputs inputs, AffinityTable table, ProposalDocument document, int s)
    {
        var problem = new RoutingProblem(inputs, table.Matrix, null, document.Forbidden.Select(f => (f.SubmissionNumber, f.ReviewerId))).Problem;
        var taken = document.Standing().Where(p => p.Number == inputs.Submissions[s].Number).Select(p => p.ReviewerId).ToHashSet();
        var loads = document.Standing().CountBy(p => p.ReviewerId).ToDictionary();
        return Enumerable.Range(0, inputs.Reviewers.Count)
            .Where(r => !problem.IsForbidden(s, r) && !taken.Contains(inputs.Reviewers[r].Id))
            .OrderByDescending(r => table.Matrix[s, r]).ThenBy(r => r).Take(12)
            .Select(r =>
            {
                var (reviewer, affinity) = (inputs.Reviewers[r], table.Of(s, r));
                return new Candidate(reviewer.Id, reviewer.Name, reviewer.Affiliation, affinity.Value, affinity.FromText, affinity.FromTopics, affinity.FromBid,
                    table.Terms(s, r), loads.GetValueOrDefault(reviewer.Id), problem.MaxLoad[r]);
            }).ToList();
    }

    private static List<ExcludedReviewer> Excluded(RoutingInputs inputs, ProposalDocument document, int number)
    {
        var names = inputs.Reviewers.ToDictionary(r => r.Id, r => r.Name);
        var excluded = inputs.Conflicts.Where(c => c.SubmissionNumber == number)
            .Select(c => new ExcludedReviewer(c.ReviewerId, names[c.ReviewerId], c.Kind.Words(), c.Evidence, c.Kind, c.Kind != ConflictKind.Declared)).ToList();
        excluded.AddRange(inputs.Assignments.Where(a => a.SubmissionNumber == number && a.State == AssignmentState.Declined && names.ContainsKey(a.ReviewerId))
            .Select(a => new ExcludedReviewer(a.ReviewerId, names[a.ReviewerId], "declined it", "Declined this assignment.", null, false)));
        excluded.AddRange(document.Forbidden.Concat(inputs.Forbidden).Distinct().Where(f => f.SubmissionNumber == number && names.ContainsKey(f.ReviewerId))
            .Select(f => new ExcludedReviewer(f.ReviewerId, names[f.ReviewerId], "forbidden by the chair", "Forbidden by hand.", null, false)));
        excluded.AddRange(inputs.Reviewers.Where(r => !r.Profile.Available).Select(r => new ExcludedReviewer(r.Id, r.Name, "not available", "Takes no new reviews.", null, false)));
        return excluded.OrderBy(e => e.Name, StringComparer.InvariantCulture).ThenBy(e => e.Kind).ToList();
    }
}
