using AbstractReview.App.Audit;
using AbstractReview.App.Jobs;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Call;

/// <summary>
/// Those who run the conference have its anonymity rehearsed: planted names go through the whole of review in a copy, and every door is tried
/// as every role. Answers the id of a job of kind <c>rehearsal</c>, whose result is the report.
/// </summary>
public sealed record RehearseAnonymity(Actor By) : ICommand<int>
{
    /// <summary>The kind of its job.</summary>
    public const string JobKind = "rehearsal";
}

/// <summary>The newest rehearsal; null when there was none.</summary>
public sealed record ReadRehearsal(Actor By) : IQuery<JobStatus?>;

internal sealed class RehearseAnonymityHandler(Db db, JobQueue jobs, AuditLog audit) : IRequestHandler<RehearseAnonymity, int>, IRequestHandler<ReadRehearsal, JobStatus?>
{
    public async Task<int> Handle(RehearseAnonymity command, CancellationToken ct)
    {
        Access.Require(Access.MayRehearse(command.By), "rehearse the conference’s anonymity");
        var job = await jobs.Queue(RehearseAnonymity.JobKind, new { }, command.By, ct);
        await audit.Write(command.By, "rehearsal.asked", "job", job, null, null, ct);
        return job;
    }

    public async Task<JobStatus?> Handle(ReadRehearsal query, CancellationToken ct)
    {
        Access.Require(Access.MayRehearse(query.By), "see rehearsals");
        return await db.One<int?>(Newest, new { kind = RehearseAnonymity.JobKind }, ct) is { } id ? await ReadJobHandler.Read(db, id, ct) : null;
    }

    private const string Newest = "select max(Id) from Job where Kind = @kind";
}
