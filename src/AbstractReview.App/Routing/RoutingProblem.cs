using AbstractReview.Domain.Routing;
using AbstractReview.Matching;

namespace AbstractReview.App.Routing;

/// <summary>
/// A routing as the matching library sees it: who is excluded and why, what stands, what may not move. Conflicts come before pins, and
/// what is written, or pinned, comes before quotas.
/// </summary>
internal sealed class RoutingProblem
{
    private readonly RoutingInputs _inputs;
    private readonly Dictionary<int, int> _submissions, _reviewers;

    /// <param name="inputs">What it rests on.</param>
    /// <param name="affinity">The affinities of the same inputs.</param>
    /// <param name="pins">Pairs pinned in the proposal that is carried on; null takes those that stand.</param>
    /// <param name="forbidden">Pairs forbidden in that proposal, beside those that already are.</param>
    public RoutingProblem(RoutingInputs inputs, AffinityMatrix affinity, IEnumerable<(int Number, int ReviewerId)>? pins = null, IEnumerable<(int Number, int ReviewerId)>? forbidden = null)
    {
        _inputs = inputs;
        _submissions = inputs.Submissions.Select((s, i) => (s.Number, i)).ToDictionary();
        _reviewers = inputs.Reviewers.Select((r, i) => (r.Id, i)).ToDictionary();
        Problem = new AssignmentProblem(affinity, inputs.Wanted, 0);
        Wishes();
        Exclude(forbidden ?? []);
        foreach (var pair in (pins ?? inputs.Pins).Concat(Reviewed()).Select(Position).OfType<Pair>().Where(p => !Problem.IsForbidden(p.Submission, p.Reviewer)))
            Problem.Pin(pair.Submission, pair.Reviewer);
        foreach (var group in Problem.Pinned.GroupBy(p => p.Submission)) Problem.Demand[group.Key] = Math.Max(Problem.Demand[group.Key], group.Count());
        Quotas();
    }

    public AssignmentProblem Problem { get; }

    /// <summary>The pairs assigned now that may stay.</summary>
    public IReadOnlyList<Pair> Standing => Positions(_inputs.Assignments.Where(a => a.State == AssignmentState.Assigned).Select(a => (a.SubmissionNumber, a.ReviewerId)));

    /// <summary>Pairs by position; those of a submission or reviewer that is gone, or excluded, are left out.</summary>
    public IReadOnlyList<Pair> Positions(IEnumerable<(int Number, int ReviewerId)> pairs)
        => pairs.Select(Position).OfType<Pair>().Where(p => !Problem.IsForbidden(p.Submission, p.Reviewer)).ToList();

    public Pair? Position((int Number, int ReviewerId) pair)
        => _submissions.TryGetValue(pair.Number, out var s) && _reviewers.TryGetValue(pair.ReviewerId, out var r) ? new Pair(s, r) : null;

    private IEnumerable<(int, int)> Reviewed()
        => _inputs.Assignments.Where(a => a.State == AssignmentState.Assigned && a.Reviewed).Select(a => (a.SubmissionNumber, a.ReviewerId));

    private void Wishes()
    {
        foreach (var (s, submission) in _inputs.Submissions.Index()) (Problem.Group[s], Problem.Demand[s]) = (submission.AreaCode, submission.Wanted);
        if (_inputs.Rules.TwoInstitutions)
            for (var r = 0; r < _inputs.Reviewers.Count; r++)
                Problem.Institution[r] = Identity.Institution(_inputs.Reviewers[r].Affiliation) is { Count: > 0 } parts ? string.Join(", ", parts) : null;
        if (!_inputs.Rules.AreaReviewer) return;
        var areas = _inputs.Reviewers.Select(r => r.Profile.Areas.ToHashSet()).ToList();
        Problem.IsOfArea = (s, r) => areas[r].Contains(_inputs.Submissions[s].AreaCode);
    }

    private void Exclude(IEnumerable<(int, int)> forbidden)
    {
        // The strongest reason is told: an own submission before a shared country.
        foreach (var c in _inputs.Conflicts.OrderBy(c => c.Kind)) Forbid((c.SubmissionNumber, c.ReviewerId), c.Kind.Words());
        foreach (var a in _inputs.Assignments.Where(a => a.State == AssignmentState.Declined)) Forbid((a.SubmissionNumber, a.ReviewerId), "declined it");
        foreach (var pair in _inputs.Forbidden.Select(f => (f.SubmissionNumber, f.ReviewerId)).Concat(forbidden)) Forbid(pair, "forbidden by the chair");
        // Who is not available keeps what they have in hand, and gets nothing new.
        var kept = _inputs.Assignments.Where(a => a.State == AssignmentState.Assigned).Select(a => (a.SubmissionNumber, a.ReviewerId)).ToHashSet();
        foreach (var (r, reviewer) in _inputs.Reviewers.Index().Where(x => !x.Item.Profile.Available))
            for (var s = 0; s < _inputs.Submissions.Count; s++)
                if (!kept.Contains((_inputs.Submissions[s].Number, reviewer.Id))) Problem.Forbid(s, r, "not available");
    }

    private void Forbid((int, int) pair, string reason)
    {
        if (Position(pair) is { } at) Problem.Forbid(at.Submission, at.Reviewer, reason);
    }

    private void Quotas()
    {
        var pinned = Problem.Pinned.CountBy(p => p.Reviewer).ToDictionary();
        var inHand = Standing.CountBy(p => p.Reviewer).ToDictionary();
        foreach (var (r, reviewer) in _inputs.Reviewers.Index())
        {
            Problem.MaxLoad[r] = Math.Max(reviewer.Profile.Available ? Math.Max(0, reviewer.Profile.QuotaMax - reviewer.Elsewhere) : inHand.GetValueOrDefault(r), pinned.GetValueOrDefault(r));
            Problem.MinLoad[r] = reviewer.Profile.Available ? Math.Min(Problem.MaxLoad[r], Math.Max(0, reviewer.Profile.QuotaMin - reviewer.Elsewhere)) : 0;
        }
    }
}
