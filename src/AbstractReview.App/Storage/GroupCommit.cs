using System.Data.Common;
using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace AbstractReview.App.Storage;

/// <summary>
/// Many commands, one wait for the disk. Commands run one after another on the one connection that writes, each within a savepoint
/// of a transaction they share; whoever finds nobody waiting behind commits it for all. No command is answered, well or ill, before
/// everything it saw is on disk. Nobody waits long for the others: a group that has grown old is committed though more wait, and before a command
/// that says it takes long, what was done so far is committed. A command that fails is rolled back to its savepoint and takes nobody with it; a commit that
/// fails fails every command of its group.
/// </summary>
/// <param name="open">Opens the connection that writes; called when first needed and again after it broke.</param>
/// <param name="patience">How long a command waits for another process's lock before it fails.</param>
internal sealed class GroupCommit(Func<PreparedConnection> open, TimeSpan patience) : IDisposable
{
    /// <summary>The most commands that share a commit, so that the first does not wait for ever.</summary>
    private const int Most = 64;

    /// <summary>From this age on a group takes nobody in. The disk's own wait is a few milliseconds, so that sharing it further would save little.</summary>
    private static readonly TimeSpan Old = TimeSpan.FromMilliseconds(25);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private PreparedConnection? _connection;
    private Group? _group;
    private int _waiting;

    /// <summary>Carries out <paramref name="work"/> as one transaction and answers once it is on disk. <paramref name="takesLong"/> keeps it out of the groups of others.</summary>
    public async Task<T> Run<T>(Func<DbConnection, Task<T>> work, bool takesLong, CancellationToken ct)
    {
        var since = Stopwatch.GetTimestamp();
        Interlocked.Increment(ref _waiting);
        // Not to be cancelled: whoever waits may be the one who has to commit for those before.
        await _turn.WaitAsync(CancellationToken.None);
        Group group;
        Func<T> answer;
        try
        {
            Interlocked.Decrement(ref _waiting);
            if (takesLong && _group is { } before) Commit(before);
            group = _group ??= Begin(patience - Stopwatch.GetElapsedTime(since));
            answer = await Attempt(group, work, ct);
            group.Commands++;
            if (_group is not null && (takesLong || group.Commands >= Most || Stopwatch.GetElapsedTime(group.Begun) > Old || Volatile.Read(ref _waiting) == 0)) Commit(group);
        }
        finally
        {
            _turn.Release();
        }

        await group.OnDisk.Task;
        return answer();
    }

    public void Dispose()
    {
        _connection?.Close();
        _turn.Dispose();
    }

    private Group Begin(TimeSpan left)
    {
        _connection ??= open();
        _connection.Execute("begin immediate", Math.Max(1, (int)left.TotalSeconds));
        return new Group();
    }

    private async Task<Func<T>> Attempt<T>(Group group, Func<DbConnection, Task<T>> work, CancellationToken ct)
    {
        if (ct.IsCancellationRequested) return () => throw new OperationCanceledException(ct);
        var connection = _connection!;
        try
        {
            connection.Execute("savepoint command");
            var answer = await work(connection);
            connection.Execute("release command");
            return () => answer;
        }
#pragma warning disable CA1031 // The failure is the command's answer; it is thrown to who sent it once the others are safe.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Undo(group, failure);
            var thrown = ExceptionDispatchInfo.Capture(failure);
            return () => { thrown.Throw(); return default!; };
        }
    }

    // A full disk and its like make the engine roll the whole transaction back; then the others of the group fail too.
    private void Undo(Group group, Exception failure)
    {
        try
        {
            if (!_connection!.InTransaction) Fail(group, failure);
            else
            {
                _connection.Execute("rollback to command");
                _connection.Execute("release command");
            }
        }
        catch (DbException worse)
        {
            Fail(group, worse);
        }
    }

    private void Commit(Group group)
    {
        try
        {
            _connection!.Execute("commit");
            _group = null;
            group.OnDisk.SetResult();
        }
        catch (DbException failure)
        {
            Fail(group, failure);
        }
    }

    // The connection goes with it: closing it rolls back what is left of the transaction.
    private void Fail(Group group, Exception failure)
    {
        _group = null;
        _connection!.Close();
        _connection = null;
        group.OnDisk.SetException(failure);
    }

    private sealed class Group
    {
        public TaskCompletionSource OnDisk { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public long Begun { get; } = Stopwatch.GetTimestamp();
        public int Commands { get; set; }
    }
}
