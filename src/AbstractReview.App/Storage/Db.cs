using System.Data.Common;
using Dapper;

namespace AbstractReview.App.Storage;

/// <summary>
/// The database as one use case sees it: a connection opened when first needed and, inside a command, its one transaction.
/// One per scope; not for use by two threads at once.
/// </summary>
public sealed class Db(Dialect dialect) : IAsyncDisposable, IDisposable
{
    private readonly List<Action> _afterCommit = [];
    private DbConnection? _connection;
    private DbTransaction? _transaction;

    /// <summary>Every row of the answer.</summary>
    public async Task<IReadOnlyList<T>> All<T>(string sql, object? args, CancellationToken ct)
        => (await (await Connection(ct)).QueryAsync<T>(Command(sql, args, ct))).AsList();

    /// <summary>The only row, or default when there is none; more than one is an error.</summary>
    public async Task<T?> One<T>(string sql, object? args, CancellationToken ct)
        => await (await Connection(ct)).QuerySingleOrDefaultAsync<T>(Command(sql, args, ct));

    /// <summary>Carries out a statement and tells how many rows it touched.</summary>
    public async Task<int> Run(string sql, object? args, CancellationToken ct)
        => await (await Connection(ct)).ExecuteAsync(Command(sql, args, ct));

    /// <summary>The next number of a named counter, gapless in order of commit. Only inside a transaction.</summary>
    public Task<int> Next(string counter, CancellationToken ct) => Take(counter, 1, ct);

    /// <summary>Takes <paramref name="count"/> numbers of a counter at once and answers the last of them.</summary>
    public async Task<int> Take(string counter, int count, CancellationToken ct)
    {
        if (_transaction is null) throw new InvalidOperationException($"The counter {counter} is only advanced inside a transaction.");
        if (await Run(Advance, new { counter, count }, ct) == 0) await Run(Start, new { counter, count }, ct);
        return await One<int>(Read, new { counter }, ct);
    }

    /// <summary>Runs once the transaction is on disk; dropped when it is rolled back.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    /// <summary>
    /// One transaction around <paramref name="work"/>, tried again (up to five times, after a growing pause) when the engine
    /// says that a lock or a connection failed. Inside a transaction it just runs.
    /// </summary>
    public async Task<T> Transaction<T>(Func<Task<T>> work, CancellationToken ct)
    {
        if (_transaction is not null) return await work();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await Once(work, ct);
            }
            catch (DbException error) when (attempt < 5 && dialect.IsTransient(error))
            {
                await Drop();
                await Task.Delay(Random.Shared.Next(20, 60) * attempt * attempt, ct);
            }
        }
    }

    public Task Transaction(Func<Task> work, CancellationToken ct)
        => Transaction(async () => { await work(); return true; }, ct);

    /// <summary>Whether an exception of the engine says that a unique key was already there.</summary>
    public bool IsDuplicate(DbException error) => dialect.IsDuplicate(error);

    public async ValueTask DisposeAsync() => await Drop();

    public void Dispose()
    {
        _transaction?.Dispose();
        _connection?.Dispose();
        (_transaction, _connection) = (null, null);
    }

    private async Task<T> Once<T>(Func<Task<T>> work, CancellationToken ct)
    {
        var connection = await Connection(ct);
        if (dialect.Writers is { } gate) await gate.WaitAsync(ct);
        try
        {
            _transaction = await dialect.Begin(connection, ct);
            var answer = await work();
            await _transaction.CommitAsync(CancellationToken.None);
            await End();
            foreach (var action in _afterCommit) action();
            return answer;
        }
        finally
        {
            await End();
            _afterCommit.Clear();
            dialect.Writers?.Release();
        }
    }

    // Disposing a transaction that was not committed rolls it back.
    private async Task End()
    {
        if (_transaction is null) return;
        await _transaction.DisposeAsync();
        _transaction = null;
    }

    private async Task<DbConnection> Connection(CancellationToken ct) => _connection ??= await dialect.Open(ct);

    private CommandDefinition Command(string sql, object? args, CancellationToken ct)
        => new(dialect.Words(sql), args, _transaction, cancellationToken: ct);

    private async Task Drop()
    {
        await End();
        if (_connection is not null) await _connection.DisposeAsync();
        _connection = null;
    }

    private const string Advance = "update Counter set Value = Value + @count where Name = @counter";
    private const string Start = "insert into Counter (Name, Value) values (@counter, @count)";
    private const string Read = "select Value from Counter where Name = @counter";
}
