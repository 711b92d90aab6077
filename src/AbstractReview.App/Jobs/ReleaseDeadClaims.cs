using System.Diagnostics;
using AbstractReview.App.Storage;
using MediatR;

namespace AbstractReview.App.Jobs;

/// <summary>At start: claims of processes of this machine that are gone end at once instead of when their lease runs out. Answers how many.</summary>
public sealed record ReleaseDeadClaims : IRequest<int>;

internal sealed class ReleaseDeadClaimsHandler(Db db, NodeName node) : IRequestHandler<ReleaseDeadClaims, int>
{
    public async Task<int> Handle(ReleaseDeadClaims request, CancellationToken ct)
    {
        var released = 0;
        foreach (var owner in await db.All<string>(Owners, null, ct))
        {
            if (!Dead(owner)) continue;
            var past = DateTimeOffset.UnixEpoch;
            released += await db.Run(EndMail, new { owner, past }, ct) + await db.Run(EndJobs, new { owner, past }, ct);
        }

        return released;
    }

    // A node is named machine:process.
    private bool Dead(string owner)
    {
        var (machine, process) = (owner[..owner.LastIndexOf(':')], owner[(owner.LastIndexOf(':') + 1)..]);
        if (machine != Environment.MachineName || !int.TryParse(process, out var id)) return false;
        // Nothing is claimed yet by a process that only starts: its own name here was somebody's before it.
        if (owner == node.Value) return true;
        try
        {
            using var other = Process.GetProcessById(id);
            return other.HasExited;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    private const string Owners = """
        select ClaimedBy from Outbox where State = 'Sending' and ClaimedBy is not null
        union
        select ClaimedBy from Job where State = 'Running' and ClaimedBy is not null
        """;

    private const string EndMail = "update Outbox set ClaimedUntil = @past where ClaimedBy = @owner and State = 'Sending'";
    private const string EndJobs = "update Job set ClaimedUntil = @past where ClaimedBy = @owner and State = 'Running'";
}
