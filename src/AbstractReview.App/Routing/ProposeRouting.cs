using AbstractReview.App.Audit;
using AbstractReview.App.Jobs;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Matching;
using MediatR;

namespace AbstractReview.App.Routing;

/// <summary>
/// The chair asks who should review what. What stands is kept as far as it can be, unless asked afresh; pinned pairs and written reviews are kept
/// always. Answers the id of a job of kind <c>routing</c>, whose result holds <c>proposalId</c>.
/// </summary>
/// <param name="Fresh">Routes as if nothing stood.</param>
/// <param name="BasedOn">A proposal whose edits are carried on: its pairs count as standing, its pins and forbidden pairs hold.</param>
/// <param name="By">Who asks.</param>
public sealed record ProposeRouting(bool Fresh, int? BasedOn, Actor By) : ICommand<int>;

internal sealed class ProposeRoutingHandler(JobQueue jobs, ProposalStore proposals, AuditLog audit) : IRequestHandler<ProposeRouting, int>
{
    public async Task<int> Handle(ProposeRouting command, CancellationToken ct)
    {
        Access.Require(Access.MayRoute(command.By), "route submissions");
        if (command.BasedOn is { } earlier && (await proposals.Get(earlier, ct)).State != ProposalState.Proposed)
            throw new RuleBrokenException("basedOn", $"Proposal {earlier} no longer waits to be applied; propose without it.");
        var job = await jobs.Queue(RouteWork.Name, new RouteWork.Input(command.Fresh, command.BasedOn), command.By, ct);
        await audit.Write(command.By, "routing.asked", "job", job, null, new { command.Fresh, command.BasedOn }, ct);
        return job;
    }
}

/// <summary>Finds conflicts, compares, assigns, explains, and stores the proposal.</summary>
internal sealed class RouteWork(Db db, ConflictFinder conflicts, RoutingReader reader, AffinityCache affinities, ProposalStore proposals, AuditLog audit) : ILongWork
{
    public const string Name = "routing";
    private const int StepsInAll = 5;

    public string Kind => Name;

    public async Task<string> Run(string input, Actor by, JobProgress progress, CancellationToken ct)
    {
        var asked = Json.Read<Input>(input);
        await progress.Report(0, StepsInAll, "Looking for conflicts of interest");
        await conflicts.Refresh(ct);
        var inputs = await reader.Read(ct);
        var hash = inputs.Hash();
        await progress.Report(1, StepsInAll, $"Comparing {inputs.Submissions.Count} abstracts with {inputs.Reviewers.Count} reviewers");
        var table = affinities.Of(inputs, hash, ct);
        await progress.Report(2, StepsInAll, "Assigning reviewers");
        var document = await Solve(asked, inputs, table, (done, words) => progress.Report(done, StepsInAll, words), ct);
        await progress.Report(4, StepsInAll, "Storing the proposal");
        var id = await db.Transaction(async () =>
        {
            var stored = await proposals.Add(document, hash, by, ct);
            await audit.Write(by, "routing.proposed", "routing", stored, null, new { document.After.Reviews, document.After.Missing, document.After.Floor, document.After.Total }, ct);
            return stored;
        }, ct);
        await progress.Report(StepsInAll, StepsInAll, "Proposed");
        return Json.Write(new { proposalId = id });
    }

    private async Task<ProposalDocument> Solve(Input asked, RoutingInputs inputs, AffinityTable table, Func<int, string, Task> report, CancellationToken ct)
    {
        var edited = asked.BasedOn is { } id ? (await proposals.Get(id, ct)).Read() : null;
        var forbidden = edited?.Forbidden ?? [];
        RoutingProblem Build() => new(inputs, table.Matrix,
            edited?.Standing().Where(p => p.Pinned).Select(p => (p.Number, p.ReviewerId)),
            forbidden.Select(f => (f.SubmissionNumber, f.ReviewerId)));
        var problem = Build();
        var standing = asked.Fresh ? [] : edited is null ? problem.Standing : problem.Positions(edited.Standing().Select(p => (p.Number, p.ReviewerId)));
        var pins = ProposalPins(problem, inputs, edited);
        var assignment = Router.Solve(() => Build().Problem, standing, ct);
        await report(3, "Writing down the reasons");
        return new ProposalWriter(inputs, table, problem.Problem).Write(assignment, asked.Fresh, pins, forbidden);
    }

    // Written reviews are held fast as well, but they are not the chair's pins.
    private static HashSet<Pair> ProposalPins(RoutingProblem problem, RoutingInputs inputs, ProposalDocument? edited)
        => problem.Positions(edited is null
            ? inputs.Pins
            : edited.Standing().Where(p => p.Pinned).Select(p => (p.Number, p.ReviewerId))).ToHashSet();

    public sealed record Input(bool Fresh, int? BasedOn);
}
