using AbstractReview.App.Audit;
using AbstractReview.App.Jobs;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Routing;
using AbstractReview.Matching;
using MediatR;

namespace AbstractReview.App.Routing;

/// <summary>
/// Finds somebody else where a reviewer declined, moving as little as possible, and releases the reviewers of withdrawn submissions.
/// Answers how many assignments it made or released.
/// </summary>
[Timetable(Alarms.Reroute, "* * * * *")]
public sealed record Reroute : IRequest<int>;

internal sealed class RerouteHandler(Db db, ConflictFinder conflicts, RoutingReader reader, AffinityCache affinities, AssignmentWriter assignments, AuditLog audit) : IRequestHandler<Reroute, int>
{
    public async Task<int> Handle(Reroute request, CancellationToken ct)
    {
        await conflicts.Refresh(ct);
        var released = await db.Transaction(() => ReleaseWithdrawn(ct), ct);
        if (await db.One<int>(CountShort, null, ct) == 0) return released;
        return released + await Replace(ct);
    }

    private async Task<int> ReleaseWithdrawn(CancellationToken ct)
    {
        var rows = await db.All<Row>(Withdrawn, null, ct);
        if (rows.Count == 0) return 0;
        var cause = FormattableString.Invariant($"withdrawn/{await db.Next("Reroute", ct)}");
        await assignments.Write([], rows.Select(r => (r.SubmissionNumber, r.ReviewerId)).ToList(), cause, ct);
        await audit.Write(Actor.Timetable, "routing.released", "routing", cause, null, new { submissions = rows.Select(r => r.SubmissionNumber).Distinct(), released = rows.Count }, ct);
        return rows.Count;
    }

    private async Task<int> Replace(CancellationToken ct)
    {
        // The search may take a while, so it runs before the transaction, which then makes sure that nothing changed meanwhile.
        var inputs = await reader.Read(ct);
        var hash = inputs.Hash();
        if (hash == await db.One<string>(ReadTried, null, ct)) return 0;
        var (added, released) = Search(inputs, affinities.Of(inputs, hash, ct), ct);
        return await db.Transaction(async () =>
        {
            if ((await reader.Read(ct)).Hash() != hash) return 0;
            if (added.Count == 0)
            {
                // Nobody can be found: not tried again until something changes.
                if (await db.Run(KeepTried, new { hash }, ct) == 0) await db.Run(StartTried, new { hash }, ct);
                return 0;
            }

            var cause = FormattableString.Invariant($"reroute/{await db.Next("Reroute", ct)}");
            await assignments.Write(added, released, cause, ct);
            await audit.Write(Actor.Timetable, "routing.rerouted", "routing", cause, null, new { submissions = added.Select(a => a.Number).Distinct(), assigned = added.Count, released = released.Count }, ct);
            return added.Count + released.Count;
        }, ct);
    }

    private static (List<NewAssignment> Added, List<(int Number, int ReviewerId)> Released) Search(RoutingInputs inputs, AffinityTable table, CancellationToken ct)
    {
        var declined = inputs.Assignments.Where(a => a.State == AssignmentState.Declined).Select(a => a.SubmissionNumber).ToHashSet();
        AssignmentProblem Build()
        {
            var problem = new RoutingProblem(inputs, table.Matrix);
            var standing = problem.Standing.CountBy(p => p.Submission).ToDictionary();
            // What waits for the chair's next routing is left to it.
            foreach (var (s, submission) in inputs.Submissions.Index().Where(x => !declined.Contains(x.Item.Number)))
                problem.Problem.Demand[s] = standing.GetValueOrDefault(s);
            Array.Clear(problem.Problem.MinLoad);
            return problem.Problem;
        }

        var held = new RoutingProblem(inputs, table.Matrix);
        var before = held.Standing.ToHashSet();
        var after = Router.Solve(Build, before, ct).Pairs.ToHashSet();
        var numbers = inputs.Submissions;
        // Where somebody declined, whoever is in conflict by now goes too; elsewhere that is for the chair.
        var gone = inputs.Assignments.Where(a => a.State == AssignmentState.Assigned && !a.Reviewed && declined.Contains(a.SubmissionNumber))
            .Select(a => held.Position((a.SubmissionNumber, a.ReviewerId))).OfType<Pair>();
        return (
            after.Except(before).Select(p => new NewAssignment(numbers[p.Submission].Number, inputs.Reviewers[p.Reviewer].Id, table.Matrix[p.Submission, p.Reviewer], false)).ToList(),
            before.Union(gone).Except(after).Select(p => (numbers[p.Submission].Number, inputs.Reviewers[p.Reviewer].Id)).ToList());
    }

    private sealed record Row
    {
        public required int SubmissionNumber { get; init; }
        public required int ReviewerId { get; init; }
    }

    private const string Withdrawn = """
        select a.SubmissionNumber, a.ReviewerId
        from Assignment a
          join Submission s on s.Number = a.SubmissionNumber
        where s.State = 'Withdrawn' and a.State = 'Assigned'
          and not exists (select 1 from Review r where r.SubmissionNumber = a.SubmissionNumber and r.ReviewerId = a.ReviewerId and r.State = 'Submitted')
        order by a.SubmissionNumber, a.ReviewerId
        """;

    private const string CountShort = """
        select count(*)
        from Submission s
          join Standing t on t.SubmissionNumber = s.Number
        where s.State = 'UnderReview'
          and exists (select 1 from Assignment d where d.SubmissionNumber = s.Number and d.State = 'Declined')
          and (select count(*) from Assignment a where a.SubmissionNumber = s.Number and a.State = 'Assigned') < t.Wanted
        """;

    private const string ReadTried = "select Value from Setting where Name = 'reroute.tried'";
    private const string KeepTried = "update Setting set Value = @hash, Version = Version + 1 where Name = 'reroute.tried'";
    private const string StartTried = "insert into Setting (Name, Value, Version) values ('reroute.tried', @hash, 1)";
}
