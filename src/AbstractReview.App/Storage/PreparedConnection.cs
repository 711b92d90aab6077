using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace AbstractReview.App.Storage;

/// <summary>
/// A connection to SQLite that keeps every statement it has compiled: the same text again is bound and run, not parsed again.
/// Disposed, it goes back to its pool.
/// </summary>
internal sealed class PreparedConnection(string connectionString, Func<PreparedConnection, bool> putBack) : SqliteConnection(connectionString)
{
    /// <summary>Texts with a list in them differ by its length; past this many the kept ones are let go.</summary>
    private const int Most = 400;

    private readonly Dictionary<string, SqliteCommand> _kept = new(StringComparer.Ordinal);
    private readonly Stack<PreparedCommand> _idle = new();

    /// <summary>Whether a transaction is open; the engine ends one by itself when the disk is full.</summary>
    public bool InTransaction => SQLitePCL.raw.sqlite3_get_autocommit(Handle) == 0;

    /// <summary>Carries out a statement without parameters, waiting at most <paramref name="seconds"/> for another process's lock.</summary>
    public void Execute(string sql, int seconds = 40)
    {
        var command = Take(sql);
        command.CommandTimeout = seconds;
        command.ExecuteNonQuery();
        Keep(command);
    }

    /// <summary>The compiled statement, which is the caller's until kept again.</summary>
    public SqliteCommand Take(string sql)
    {
        if (_kept.Remove(sql, out var command)) return command;
#pragma warning disable CA2100 // The text is a constant of the handler that runs it; values are always parameters.
        return new SqliteCommand(sql, this);
#pragma warning restore CA2100
    }

    public void Keep(SqliteCommand command)
    {
        if (_kept.Count >= Most) Forget();
        if (!_kept.TryAdd(command.CommandText, command)) command.Dispose();
    }

    /// <summary>Closes it for good.</summary>
    public override void Close()
    {
        Forget();
        base.Close();
    }

    // A command has a finalizer, which makes a new one dear; each statement takes one.
    protected override DbCommand CreateDbCommand() => _idle.TryPop(out var idle) ? idle.Again() : new PreparedCommand(this);

    public void PutBack(PreparedCommand command) => _idle.Push(command);

    protected override void Dispose(bool disposing)
    {
        if (disposing && State == ConnectionState.Open && putBack(this)) return;
        base.Dispose(disposing);
    }

    private void Forget()
    {
        foreach (var command in _kept.Values) command.Dispose();
        _kept.Clear();
    }
}

/// <summary>A command as Dapper fills it, carried out by the kept statement of the same text.</summary>
internal sealed class PreparedCommand(PreparedConnection connection) : DbCommand
{
    private static readonly ConcurrentDictionary<string, string> Signed = new(StringComparer.Ordinal);

    private readonly Typed _typed = new();
    private SqliteCommand? _running;
    private bool _isIdle;

    [AllowNull]
    public override string CommandText { get; set; } = "";
    public override int CommandTimeout { get; set; } = 40;
    public override CommandType CommandType { get; set; } = CommandType.Text;
    public override bool DesignTimeVisible { get; set; }
    public override UpdateRowSource UpdatedRowSource { get; set; }
    protected override DbConnection? DbConnection { get => connection; set => throw new NotSupportedException("A prepared command stays with its connection."); }
    protected override DbParameterCollection DbParameterCollection => _typed;
    protected override DbTransaction? DbTransaction { get; set; }

    public override void Cancel() { }

    public override void Prepare() { }

    public override int ExecuteNonQuery() => Bound().ExecuteNonQuery();

    public override object? ExecuteScalar() => Bound().ExecuteScalar();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Bound().ExecuteReader(behavior);

    protected override DbParameter CreateDbParameter() => new SqliteParameter();

    /// <summary>As new, after it was disposed.</summary>
    public PreparedCommand Again()
    {
        _isIdle = false;
        (CommandText, CommandTimeout, CommandType, UpdatedRowSource, DbTransaction) = ("", 40, CommandType.Text, UpdateRowSource.None, null);
        return this;
    }

    [SuppressMessage("Usage", "CA2215", Justification = "It goes back to its connection and is used again, as the connection is.")]
    protected override void Dispose(bool disposing)
    {
        if (!disposing || _isIdle) return;
        _isIdle = true;
        _typed.Clear();
        if (_running is not null)
        {
            _running.Parameters.Clear();
            connection.Keep(_running);
            _running = null;
        }

        connection.PutBack(this);
    }

    private SqliteCommand Bound()
    {
        if (_running is null || !string.Equals(_running.CommandText, CommandText, StringComparison.Ordinal))
        {
            if (_running is not null) connection.Keep(_running);
            _running = connection.Take(CommandText);
        }

        _running.CommandTimeout = CommandTimeout;
        _running.Parameters.Clear();
        foreach (SqliteParameter parameter in _typed)
        {
            // The engine finds a name with its sign at once, one without by trying every sign.
            if (parameter.ParameterName is [not '@', ..]) parameter.ParameterName = Signed.GetOrAdd(parameter.ParameterName, static name => "@" + name);
            _running.Parameters.Add(parameter);
        }

        return _running;
    }

    // Not a command's own: a command has a finalizer, and one that is never disposed outlives a collection with all its values.
    private sealed class Typed : SqliteParameterCollection;
}
