using AbstractReview.App.Accounts;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AbstractReview.App.Jobs;

/// <summary>
/// Does every job that waits, or whose worker died: each is claimed by compare-and-swap with a lease and a fencing number,
/// so that two nodes, or one node restarted, never finish it twice. Answers how many it finished.
/// </summary>
[Timetable(Alarms.LongWork, "* * * * *")]
public sealed record RunLongWork : IRequest<int>;

internal sealed class RunLongWorkHandler(Db db, IServiceScopeFactory scopes, NodeName node, TimeProvider clock, ILogger<RunLongWorkHandler> log) : IRequestHandler<RunLongWork, int>
{
    /// <summary>How long a worker may be silent before another takes over; each progress report renews it. Leases run on the machine's clock, whatever the conference's clock shows.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    public async Task<int> Handle(RunLongWork request, CancellationToken ct)
    {
        var finished = 0;
        while (await Claim(ct) is { } job)
        {
            await Work(job, ct);
            Measures.JobsDone.Add(1);
            finished++;
        }

        return finished;
    }

    private async Task<JobRow?> Claim(CancellationToken ct)
    {
        foreach (var job in await db.All<JobRow>(Waiting, new { now = TimeProvider.System.GetUtcNow() }, ct))
        {
            var until = TimeProvider.System.GetUtcNow() + Lease;
            if (await db.Run(Take, new { job.Id, job.Fence, node = node.Value, until, now = clock.GetUtcNow() }, ct) == 1)
                return job with { Fence = job.Fence + 1 };
        }

        return null;
    }

    private async Task Work(JobRow job, CancellationToken ct)
    {
        using var scope = scopes.CreateScope();
        try
        {
            var kind = scope.ServiceProvider.GetServices<ILongWork>().FirstOrDefault(k => k.Kind == job.Kind)
                ?? throw new InvalidOperationException($"There is no job of kind {job.Kind}.");
            var by = await scope.ServiceProvider.GetRequiredService<ActorReader>().Of(job.RequestedById, ct);
            var progress = new JobProgress((done, total, message) => Report(job, done, total, message), clock, () => StopAsked(job));
            var result = await kind.Run(job.Input, by, progress, ct);
            await db.Run(Finish, new { job.Id, job.Fence, state = "Done", message = "Done", result, now = clock.GetUtcNow() }, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The node stops: hand the work back so that it is found again at once.
            await db.Run(Release, new { job.Id, job.Fence }, CancellationToken.None);
            throw;
        }
        catch (Exception failure) when (StorageTrouble.Words(failure) is { } trouble)
        {
            // Nobody's mistake, and it passes: the work waits in the queue, and says why.
            log.LogError(failure, "Job {Id} ({Kind}) waits for its storage", job.Id, job.Kind);
            await db.Run(Wait, new { job.Id, job.Fence, message = trouble }, CancellationToken.None);
            throw;
        }
        catch (Exception failure) when (failure is RuleBrokenException or NotFoundException or NotAllowedException)
        {
            await db.Run(Finish, new { job.Id, job.Fence, state = "Failed", message = failure.Message, result = (string?)null, now = clock.GetUtcNow() }, ct);
        }
#pragma warning disable CA1031 // A job that fails in an unforeseen way must not stop the others; it is logged and shown.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogError(failure, "Job {Id} ({Kind}) failed", job.Id, job.Kind);
            await db.Run(Finish, new { job.Id, job.Fence, state = "Failed", message = "This job failed unexpectedly; the log says more.", result = (string?)null, now = clock.GetUtcNow() }, ct);
        }
    }

    private async Task Report(JobRow job, int done, int total, string message)
    {
        using var scope = scopes.CreateScope();
        await scope.ServiceProvider.GetRequiredService<Db>().Run(Progress,
            new { job.Id, job.Fence, done, total, message, until = TimeProvider.System.GetUtcNow() + Lease }, CancellationToken.None);
    }

    private async Task<bool> StopAsked(JobRow job)
    {
        using var scope = scopes.CreateScope();
        return await scope.ServiceProvider.GetRequiredService<Db>().One<int>(Stop, new { job.Id }, CancellationToken.None) > 0;
    }

    private sealed record JobRow
    {
        public required int Id { get; init; }
        public required string Kind { get; init; }
        public required string Input { get; init; }
        public required int RequestedById { get; init; }
        public required int Fence { get; init; }
    }

    private const string Waiting = """
        select Id, Kind, Input, RequestedById, Fence
        from Job
        where State = 'Queued' or (State = 'Running' and ClaimedUntil < @now)
        order by Id
        """;

    private const string Take = """
        update Job
        set State = 'Running', ClaimedBy = @node, ClaimedUntil = @until, Fence = Fence + 1, StartedAt = @now
        where Id = @Id and Fence = @Fence and State in ('Queued', 'Running')
        """;

    private const string Progress = """
        update Job
        set Done = @done, Total = @total, Message = @message, ClaimedUntil = @until
        where Id = @Id and Fence = @Fence and State = 'Running'
        """;

    private const string Stop = "select count(*) from Job where Id = @Id and StopAskedAt is not null";

    private const string Finish = """
        update Job
        set State = @state, Message = @message, Result = @result, FinishedAt = @now, Done = case when @state = 'Done' then Total else Done end
        where Id = @Id and Fence = @Fence and State = 'Running'
        """;

    private const string Wait = """
        update Job
        set State = 'Queued', Message = @message, ClaimedBy = null, ClaimedUntil = null
        where Id = @Id and Fence = @Fence and State = 'Running'
        """;

    private const string Release = """
        update Job
        set State = 'Queued', ClaimedBy = null, ClaimedUntil = null
        where Id = @Id and Fence = @Fence and State = 'Running'
        """;
}
