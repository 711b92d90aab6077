using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace AbstractReview.App.Storage;

/// <summary>
/// What differs between the two engines, and nothing else. SQL is written once, in the form both accept; pages of rows are
/// written <c>offset @skip rows fetch next @take rows only</c>, ids come from <see cref="Db.Next"/>, upserts are update-then-insert.
/// </summary>
public abstract class Dialect
{
    /// <summary>The folder of its migrations below <c>db</c>.</summary>
    public abstract string Folder { get; }

    public abstract Task<DbConnection> Open(CancellationToken ct);

    /// <summary>Starts a transaction that may write at once.</summary>
    public abstract Task<DbTransaction> Begin(DbConnection connection, CancellationToken ct);

    /// <summary>The house form of a statement in this engine's words.</summary>
    public abstract string Words(string sql);

    /// <summary>A failure that may pass when the whole transaction is tried again.</summary>
    public abstract bool IsTransient(DbException error);

    public abstract bool IsDuplicate(DbException error);

    /// <summary>Where writers within this process queue, so that they wait in order instead of meeting the engine's lock.</summary>
    public virtual SemaphoreSlim? Writers => null;
}

/// <summary>The embedded default: one file, WAL, every commit on disk before it is acknowledged.</summary>
public sealed partial class SqliteDialect(string path) : Dialect, IDisposable
{
    private readonly string _connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = path,
        ForeignKeys = true,
        DefaultTimeout = 40,
        Pooling = true,
    }.ToString();

    public override string Folder => "sqlite";

    public override SemaphoreSlim? Writers { get; } = new(1, 1);

    public override async Task<DbConnection> Open(CancellationToken ct)
    {
        var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync(ct);
        await using var pragma = connection.CreateCommand();
        pragma.CommandText = "pragma journal_mode = wal; pragma synchronous = full;";
        await pragma.ExecuteNonQueryAsync(ct);
        return connection;
    }

    public override Task<DbTransaction> Begin(DbConnection connection, CancellationToken ct)
        => Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: false));

    public override string Words(string sql)
        => sql.Contains("offset", StringComparison.Ordinal) ? Page().Replace(sql, "limit $2 offset $1") : sql;

    // 5 and 6: busy and locked.
    public override bool IsTransient(DbException error) => error is SqliteException { SqliteErrorCode: 5 or 6 };

    // 1555 and 2067: primary key and unique constraint.
    public override bool IsDuplicate(DbException error) => error is SqliteException { SqliteExtendedErrorCode: 1555 or 2067 };

    [GeneratedRegex(@"offset\s+(@?\w+)\s+rows\s+fetch\s+next\s+(@?\w+)\s+rows\s+only")]
    private static partial Regex Page();

    public void Dispose()
    {
        Writers?.Dispose();
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }
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

    public override async Task<DbTransaction> Begin(DbConnection connection, CancellationToken ct)
        => await connection.BeginTransactionAsync(ct);

    public override string Words(string sql) => sql;

    public override bool IsTransient(DbException error) => error is SqlException sql && Transient.Contains(sql.Number);

    public override bool IsDuplicate(DbException error) => error is SqlException { Number: 2601 or 2627 };
}
