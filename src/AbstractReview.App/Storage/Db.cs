using System.Data.Common;
using System.Diagnostics;
using Dapper;

namespace AbstractReview.App.Storage;

/// <summary>
/// The database as one use case sees it: a connection of the pool for each question and, inside a command, its one transaction.
/// One per scope; not for use by two threads at once.
/// </summary>
public sealed class Db(Dialect dialect)
{
    private readonly List<Action> _afterCommit = [];
    private readonly HashSet<string> _changed = [];
    private Held? _writing;
    private Held? _reading;

    /// <summary>What was changed so far nobody else sees yet.</summary>
    internal bool InTransaction => _writing is not null;

    /// <summary>Every row of the answer.</summary>
    public async Task<IReadOnlyList<T>> All<T>(string sql, object? args, CancellationToken ct)
        => (await Read(connection => connection.QueryAsync<T>(Command(sql, args, ct)), ct)).AsList();

    /// <summary>The only row, or default when there is none; more than one is an error.</summary>
    public Task<T?> One<T>(string sql, object? args, CancellationToken ct)
        => Read(connection => connection.QuerySingleOrDefaultAsync<T>(Command(sql, args, ct)), ct);

    /// <summary>Carries out a statement, for each of the arguments where they are a list, and tells how many rows it touched. Outside a transaction it is one of its own.</summary>
    public Task<int> Run(string sql, object? args, CancellationToken ct)
    {
        if (_writing is not { } writing) return Transaction(() => Run(sql, args, ct), ct);
        foreach (var part in DataParts.ChangedBy(sql)) _changed.Add(part);
        return writing.Connection.ExecuteAsync(Command(sql, args, ct));
    }

    /// <summary>The next number of a named counter, gapless in order of commit. Only inside a transaction.</summary>
    public Task<int> Next(string counter, CancellationToken ct) => Take(counter, 1, ct);

    /// <summary>Takes <paramref name="count"/> numbers of a counter at once and answers the last of them.</summary>
    public async Task<int> Take(string counter, int count, CancellationToken ct)
    {
        if (_writing is null) throw new InvalidOperationException($"The counter {counter} is only advanced inside a transaction.");
        if (await One<int?>(Advance, new { counter, count }, ct) is { } reached) return reached;
        await Run(Start, new { counter, count }, ct);
        return count;
    }

    /// <summary>Runs once the transaction is on disk; dropped when it is rolled back.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    /// <summary>
    /// One transaction around <paramref name="work"/>, on disk when this returns; tried again (up to five times, after a growing
    /// pause) when the engine says that a lock or a connection failed. Inside a transaction it just runs.
    /// </summary>
    public Task<T> Transaction<T>(Func<Task<T>> work, CancellationToken ct) => Transaction(work, false, ct);

    public Task Transaction(Func<Task> work, CancellationToken ct)
        => Transaction(async () => { await work(); return true; }, ct);

    /// <summary>A transaction of more than some hundredths of a second, such as one that touches hundreds of rows: commands before it are answered first.</summary>
    public Task<T> LongTransaction<T>(Func<Task<T>> work, CancellationToken ct) => Transaction(work, true, ct);

    public Task LongTransaction(Func<Task> work, CancellationToken ct)
        => LongTransaction(async () => { await work(); return true; }, ct);

    private async Task<T> Transaction<T>(Func<Task<T>> work, bool takesLong, CancellationToken ct)
    {
        if (_writing is not null) return await work();
        if (_reading is not null) throw new InvalidOperationException("Nothing is written within a snapshot.");
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await Once(work, takesLong, ct);
            }
            catch (DbException error) when (attempt < 5 && dialect.IsTransient(error))
            {
                await Task.Delay(Random.Shared.Next(20, 60) * attempt * attempt, ct);
            }
        }
    }

    /// <summary>All that <paramref name="work"/> reads is of one moment, and nobody who writes waits for it (on SQL Server: nobody who writes other rows).</summary>
    public Task<T> Snapshot<T>(Func<Task<T>> work, CancellationToken ct)
        => _writing is not null || _reading is not null ? work() : dialect.Snapshot(async (connection, transaction) =>
        {
            _reading = new Held(connection, transaction);
            try
            {
                return await work();
            }
            finally
            {
                _reading = null;
            }
        }, ct);

    /// <summary>Whether an exception of the engine says that a unique key was already there.</summary>
    public bool IsDuplicate(DbException error) => dialect.IsDuplicate(error);

    private async Task<T> Once<T>(Func<Task<T>> work, bool takesLong, CancellationToken ct)
    {
        var since = Stopwatch.GetTimestamp();
        try
        {
            var answer = await dialect.Write((connection, transaction) => Within(new Held(connection, transaction), work), takesLong, ct);
            Measures.Transactions.Record(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
            foreach (var action in _afterCommit) action();
            return answer;
        }
        finally
        {
            _afterCommit.Clear();
            _changed.Clear();
        }
    }

    private async Task<T> Within<T>(Held writing, Func<Task<T>> work)
    {
        _writing = writing;
        try
        {
            var answer = await work();
            // Last, so that on an engine that locks rows nobody waits for it longer than the commit takes.
            foreach (var part in _changed.Order(StringComparer.Ordinal)) await Stamp(part);
            return answer;
        }
        finally
        {
            _writing = null;
        }
    }

    private async Task Stamp(string part)
    {
        var args = new { part, stamp = Guid.NewGuid().ToString("n") };
        if (await Run(ChangeStamp, args, CancellationToken.None) == 0) await Run(FirstStamp, args, CancellationToken.None);
    }

    private async Task<T> Read<T>(Func<DbConnection, Task<T>> question, CancellationToken ct)
    {
        if ((_writing ?? _reading) is { } held) return await question(held.Connection);
        await using var connection = await dialect.Open(ct);
        return await question(connection);
    }

    private CommandDefinition Command(string sql, object? args, CancellationToken ct)
        => new(dialect.Words(sql), args, (_writing ?? _reading)?.Transaction, cancellationToken: ct);

    private sealed record Held(DbConnection Connection, DbTransaction? Transaction);

    private const string ChangeStamp = "update DataStamp set Stamp = @stamp where Part = @part";
    private const string FirstStamp = "insert into DataStamp (Part, Stamp) values (@part, @stamp)";
    private const string Advance = "update Counter set Value = Value + @count output inserted.Value where Name = @counter";
    private const string Start = "insert into Counter (Name, Value) values (@counter, @count)";
}
