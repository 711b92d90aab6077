using System.CommandLine;
using AbstractReview.App.Jobs;
using AbstractReview.App.Routing;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.Web.Cli;

/// <summary><c>route [--apply]</c>: proposes who reviews what, and applies it; <c>route export</c> and <c>route import</c> speak HotCRP's bulk assignment CSV.</summary>
internal static class RouteVerb
{
    public static Command Create()
    {
        var data = CommandLine.Data();
        var apply = new Option<bool>("--apply") { Description = "Applies the proposal at once." };
        var fresh = new Option<bool>("--fresh") { Description = "Routes as if nothing stood, instead of keeping what stands." };
        var verb = new Command("route", "Proposes who reviews what; with --apply, assigns it.") { apply, fresh, data, Export(), Import() };
        verb.SetAction(async (parsed, ct) =>
        {
            await using var app = await CommandLine.Offline(parsed.Folder(data), ct);
            var id = await Propose(app.Services, parsed.GetValue(fresh), ct);
            var view = await Send(app.Services, new ReadProposal(id, Actor.Timetable), ct);
            Print(view);
            if (!parsed.GetValue(apply)) return 0;
            var applied = await Send(app.Services, new ApplyRouting(id, Actor.Timetable), ct);
            Console.WriteLine($"Applied: {applied.Assigned} reviews assigned to {applied.Reviewers} reviewers, {applied.Released} released.");
            return 0;
        });
        return verb;
    }

    private static async Task<int> Propose(IServiceProvider services, bool fresh, CancellationToken ct)
    {
        var job = await Send(services, new ProposeRouting(fresh, null, Actor.Timetable), ct);
        var status = await Send(services, new ReadJob(job, Actor.Timetable), ct);
        await Steps.Run(async begin =>
        {
            using var step = begin("Routing", 1);
            var work = Send(services, new RunLongWork(), ct);
            do
            {
                await Task.WhenAny(work, Task.Delay(150, ct));
                status = await Send(services, new ReadJob(job, Actor.Timetable), ct);
                step.Set(status.Done, status.Total);
            }
            while (!work.IsCompleted);
            await work;
        });
        status = await Send(services, new ReadJob(job, Actor.Timetable), ct);
        if (status.State != "Done") throw new RuleBrokenException(status.Message);
        return status.Result!.Value.GetProperty("proposalId").GetInt32();
    }

    private static void Print(ProposalView view)
    {
        var (before, after) = (view.Document.Before, view.Document.After);
        Console.WriteLine(FormattableString.Invariant($"Proposal {view.Id}: {view.Document.Submissions.Count} submissions, {view.Document.Reviewers.Count} reviewers, {view.Assigns} new reviews for {view.ReviewersAffected} reviewers, {view.Releases} released."));
        Console.WriteLine(FormattableString.Invariant($"Floor {before.Floor:0.000} -> {after.Floor:0.000}, total {before.Total:0.00} -> {after.Total:0.00}, mean {after.Mean:0.000}, Gini {after.Gini:0.000}, missing {after.Missing}, {view.Document.Seconds:0.00} s."));
        foreach (var line in view.Document.Shortages) Console.WriteLine(line);
    }

    private static Command Export()
    {
        var (data, file) = (CommandLine.Data(), new Argument<FileInfo>("file"));
        var verb = new Command("export", "Writes what is assigned as HotCRP's bulk assignment CSV.") { file, data };
        verb.SetAction(async (parsed, ct) =>
        {
            await using var app = await CommandLine.Offline(parsed.Folder(data), ct);
            await File.WriteAllTextAsync(parsed.GetValue(file)!.FullName, await Send(app.Services, new ExportAssignments(Actor.Timetable), ct), ct);
            return 0;
        });
        return verb;
    }

    private static Command Import()
    {
        var (data, file) = (CommandLine.Data(), new Argument<FileInfo>("file"));
        var apply = new Option<bool>("--apply") { Description = "Applies it at once; without, it is only previewed and stored as a proposal." };
        var verb = new Command("import", "Takes HotCRP's bulk assignment CSV as one proposal.") { file, apply, data };
        verb.SetAction(async (parsed, ct) =>
        {
            await using var app = await CommandLine.Offline(parsed.Folder(data), ct);
            var id = await Send(app.Services, new ImportAssignments(await File.ReadAllTextAsync(parsed.GetValue(file)!.FullName, ct), Actor.Timetable), ct);
            Print(await Send(app.Services, new ReadProposal(id, Actor.Timetable), ct));
            if (parsed.GetValue(apply)) Console.WriteLine(await Send(app.Services, new ApplyRouting(id, Actor.Timetable), ct));
            return 0;
        });
        return verb;
    }

    private static async Task<T> Send<T>(IServiceProvider services, IRequest<T> request, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, ct);
    }
}
