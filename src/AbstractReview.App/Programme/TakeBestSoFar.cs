using AbstractReview.App.Audit;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Programme;

/// <summary>The committee has waited enough: a running proposal ends at once and what it has found becomes the draft. One that has ended is left as it is.</summary>
/// <param name="Job">Its job.</param>
/// <param name="By">Who asks.</param>
public sealed record TakeBestSoFar(int Job, Actor By) : ICommand<bool>;

internal sealed class TakeBestSoFarHandler(Db db, AuditLog audit, TimeProvider clock) : IRequestHandler<TakeBestSoFar, bool>
{
    public async Task<bool> Handle(TakeBestSoFar command, CancellationToken ct)
    {
        Access.Require(Access.MayEditProgramme(command.By), "end a proposal");
        var job = new { command.Job, kind = ProgrammeWork.KindName, now = clock.GetUtcNow() };
        if (await db.One<int>(Count, job, ct) == 0) throw new NotFoundException($"There is no proposal {command.Job}.");
        if (await db.Run(Ask, job, ct) == 0) return false;
        await audit.Write(command.By, "programme.enough", "job", command.Job, null, null, ct);
        return true;
    }

    private const string Count = "select count(*) from Job where Id = @Job and Kind = @kind";

    private const string Ask = """
        update Job
        set StopAskedAt = @now
        where Id = @Job and Kind = @kind and State in ('Queued', 'Running') and StopAskedAt is null
        """;
}
