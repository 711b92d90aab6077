using AbstractReview.App.Storage;
using AbstractReview.Domain;

namespace AbstractReview.App.Jobs;

/// <summary>A kind of long work: a book, a routing, a programme. It runs outside a transaction, tells how far it is, and stores its outcome in one transaction at the end.</summary>
public interface ILongWork
{
    /// <summary>Name in the Job table, such as <c>book</c>.</summary>
    string Kind { get; }

    /// <summary>Does it. Must be safe to run again after a crash at any point.</summary>
    /// <returns>The result as JSON, shown by <c>GET jobs/{id}</c>.</returns>
    Task<string> Run(string input, Actor by, JobProgress progress, CancellationToken ct);
}

/// <summary>How far a job is; written to its row at most five times a second, so that pages and terminals can watch.</summary>
public sealed class JobProgress(Func<int, int, string, Task> write, TimeProvider clock, Func<Task<bool>>? stopAsked = null) : IProgress<(int Done, int Total, string Message)>
{
    private long _last;

    public async Task Report(int done, int total, string message)
    {
        if (done < total && _last != 0 && clock.GetElapsedTime(_last) < TimeSpan.FromMilliseconds(200)) return;
        _last = clock.GetTimestamp();
        await write(done, total, message);
    }

    /// <summary>Whether somebody asked the work to end with the best it has so far. Only work that can do so need ask.</summary>
    public Task<bool> StopAsked() => stopAsked?.Invoke() ?? Task.FromResult(false);

    void IProgress<(int Done, int Total, string Message)>.Report((int Done, int Total, string Message) value)
        => Report(value.Done, value.Total, value.Message).GetAwaiter().GetResult();

    /// <summary>Nobody watches.</summary>
    public static JobProgress Unwatched { get; } = new((_, _, _) => Task.CompletedTask, TimeProvider.System);
}

/// <summary>Queues long work as a row, in the transaction that asks for it.</summary>
public sealed class JobQueue(Db db, IAlarm alarm, TimeProvider clock)
{
    /// <returns>The job's id, for <c>/api/v1/jobs/{id}</c>.</returns>
    public async Task<int> Queue(string kind, object input, Actor by, CancellationToken ct)
    {
        var id = await db.Next("Job", ct);
        await db.Run(Insert, new { id, kind, input = Json.Write(input), by.PersonId, now = clock.GetUtcNow() }, ct);
        db.AfterCommit(() => alarm.Ring(Alarms.LongWork));
        return id;
    }

    private const string Insert = """
        insert into Job (Id, Kind, Input, State, Done, Total, Message, RequestedById, CreatedAt, Fence)
        values (@id, @kind, @input, 'Queued', 0, 0, 'Waiting to start', @PersonId, @now, 0)
        """;
}
