using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace AbstractReview.App.Storage;

/// <summary>
/// What differs between the two engines, and nothing else. SQL is written once, in the form both accept; pages of rows are
/// written <c>offset @skip rows fetch next @take rows only</c>, what an update came to <c>output inserted.Column where …</c>, ids come from
/// <see cref="Db.Next"/>, upserts are update-then-insert.
/// </summary>
public abstract class Dialect
{
    /// <summary>The folder of its migrations below <c>db</c>.</summary>
    public abstract string Folder { get; }

    /// <summary>A connection to read on; disposed, it goes back to its pool.</summary>
    public abstract Task<DbConnection> Open(CancellationToken ct);

    /// <summary>
    /// Carries out <paramref name="work"/> in one transaction, on the connection and under the transaction (null where the
    /// connection itself knows) that it is given. Answers once it is on disk. Where transactions share the disk's wait, one that
    /// <paramref name="takesLong"/> lets those before it be answered first.
    /// </summary>
    public abstract Task<T> Write<T>(Func<DbConnection, DbTransaction?, Task<T>> work, bool takesLong, CancellationToken ct);

    /// <summary>Carries out <paramref name="work"/>, which only reads, on a connection for which the database stands still; the parameters as for <see cref="Write"/>.</summary>
    public abstract Task<T> Snapshot<T>(Func<DbConnection, DbTransaction?, Task<T>> work, CancellationToken ct);

    /// <summary>The house form of a statement in this engine's words.</summary>
    public abstract string Words(string sql);

    /// <summary>A failure that may pass when the whole transaction is tried again.</summary>
    public abstract bool IsTransient(DbException error);

    public abstract bool IsDuplicate(DbException error);
}

/// <summary>
/// The embedded default: one file, WAL, every commit on disk before it is acknowledged. Readers have a pool of connections, writers
/// share one and its commits (<see cref="GroupCommit"/>); what each connection is told, it is told once.
/// </summary>
public sealed partial class SqliteDialect : Dialect, IDisposable
{
    /// <summary>How long a command waits for another process's lock.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    /// <summary>The most connections that are kept when nobody reads.</summary>
    private const int MostIdle = 8;

    private static readonly ConcurrentDictionary<string, string> Translated = new(StringComparer.Ordinal);

    private readonly string _connectionString;
    private readonly ConcurrentBag<PreparedConnection> _idle = [];
    private readonly GroupCommit _writing;
    private volatile bool _closed;

    static SqliteDialect()
    {
        // Nobody reads the engine's memory statistics, and keeping them takes a lock for every allocation.
        SQLitePCL.Batteries_V2.Init();
        SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    public SqliteDialect(string path)
    {
        _connectionString = new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true, DefaultTimeout = (int)Patience.TotalSeconds, Pooling = false }.ToString();
        _writing = new GroupCommit(() => Connect(writes: true), Patience);
    }

    public override string Folder => "sqlite";

    public override Task<DbConnection> Open(CancellationToken ct)
        => Task.FromResult<DbConnection>(_idle.TryTake(out var idle) ? idle : Connect(writes: false));

    public override Task<T> Write<T>(Func<DbConnection, DbTransaction?, Task<T>> work, bool takesLong, CancellationToken ct)
        => _writing.Run(connection => work(connection, null), takesLong, ct);

    // In WAL mode a transaction that only reads sees what its first question saw, while others write on.
    public override async Task<T> Snapshot<T>(Func<DbConnection, DbTransaction?, Task<T>> work, CancellationToken ct)
    {
        await using var connection = (PreparedConnection)await Open(ct);
        connection.Execute("begin");
        try
        {
            return await work(connection, null);
        }
        finally
        {
            connection.Execute("rollback");
        }
    }

    // The texts are the handlers' own and few; each of them is put in other words once.
    public override string Words(string sql)
        => sql.Contains("offset", StringComparison.Ordinal) || sql.Contains("output inserted", StringComparison.Ordinal)
            ? Translated.GetOrAdd(sql, house => Output().Replace(Page().Replace(house, "limit $2 offset $1"), "$2 returning $1"))
            : sql;

    // Writers of this process queue and another process's lock was waited for long enough.
    public override bool IsTransient(DbException error) => false;

    // 1555 and 2067: primary key and unique constraint.
    public override bool IsDuplicate(DbException error) => error is SqliteException { SqliteExtendedErrorCode: 1555 or 2067 };

    [GeneratedRegex(@"offset\s+(@?\w+)\s+rows\s+fetch\s+next\s+(@?\w+)\s+rows\s+only")]
    private static partial Regex Page();

    [GeneratedRegex(@"output inserted\.(\w+)\s+(where .+)$", RegexOptions.Singleline)]
    private static partial Regex Output();

    public void Dispose()
    {
        _closed = true;
        _writing.Dispose();
        while (_idle.TryTake(out var idle)) idle.Close();
    }

    private PreparedConnection Connect(bool writes)
    {
        var connection = new PreparedConnection(_connectionString, PutBack);
        connection.Open();
        using var pragmas = new SqliteCommand(Pragmas + (writes ? ForWriting : ForReading), connection);
        pragmas.ExecuteNonQuery();
        return connection;
    }

    private bool PutBack(PreparedConnection connection)
    {
        if (_closed || _idle.Count >= MostIdle) return false;
        _idle.Add(connection);
        return true;
    }

    private const string Pragmas = "pragma journal_mode = wal; pragma synchronous = full; ";

    // Kibibytes of pages kept, by each of some eight readers what the system keeps too.
    private const string ForReading = "pragma cache_size = -1000;";

    // The same; bytes the log is cut back to. It is folded into the file after every thousand pages, the engine's own measure; for all that come at once in a rush
    // four thousand were a wait of 25 ms.
    private const string ForWriting = "pragma cache_size = -8000; pragma journal_size_limit = 67108864;";
}

/// <summary>Where one machine is outgrown.</summary>
public sealed class SqlServerDialect(string connectionString) : Dialect
{
    private static readonly HashSet<int> Transient = [-2, 233, 1205, 1222, 3960, 4060, 10053, 10054, 10060, 10928, 10929, 40197, 40501, 40613, 49918, 49919, 49920];

    public override string Folder => "sqlserver";

    public override async Task<DbConnection> Open(CancellationToken ct)
    {
        var connection = new SqlConnection(connectionString);
        await connection.OpenAsync(ct);
        return connection;
    }

    public override async Task<T> Write<T>(Func<DbConnection, DbTransaction?, Task<T>> work, bool takesLong, CancellationToken ct)
    {
        await using var connection = await Open(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var answer = await work(connection, transaction);
        await Commit(() => transaction.CommitAsync(CancellationToken.None));
        return answer;
    }

    // Not snapshot isolation, which a database must first be told to allow.
    public override async Task<T> Snapshot<T>(Func<DbConnection, DbTransaction?, Task<T>> work, CancellationToken ct)
    {
        await using var connection = await Open(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.Serializable, ct);
        return await work(connection, transaction);
    }

    /// <summary>A commit whose answer was lost may have been carried out, and is not tried again; a deadlock's victim was not.</summary>
    internal static async Task Commit(Func<Task> commit)
    {
        try
        {
            await commit();
        }
        catch (SqlException lost) when (lost.Number != 1205)
        {
            throw new CommitInDoubtException(lost);
        }
    }

    public override string Words(string sql) => sql;

    public override bool IsTransient(DbException error) => error is SqlException sql && Transient.Contains(sql.Number);

    public override bool IsDuplicate(DbException error) => error is SqlException { Number: 2601 or 2627 };
}

/// <summary>The connection broke while a transaction was committed: nobody knows whether it was.</summary>
public sealed class CommitInDoubtException(Exception cause) : DbException("The database did not answer whether the transaction was committed.", cause);
