using System.Collections;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using AbstractReview.App.Accounts;
using AbstractReview.App.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AbstractReview.Web.Tests.Storage;

/// <summary>
/// What answering costs a server, in what a stopwatch would tell if nothing disturbed it: the statements it carries out, the rows and bytes these bring
/// back, and the passwords it hashes. Two requests of equal effort take equally long.
/// </summary>
internal sealed class Effort
{
    private readonly List<string> _steps = [];

    /// <summary>Stands between a server and its database and hasher.</summary>
    public void Listen(WebApplicationBuilder builder, DataFolder folder)
    {
        builder.Services.Replace(ServiceDescriptor.Singleton<Dialect>(_ => new Counting(new SqliteDialect(folder.Database), this)));
        builder.Services.Replace(ServiceDescriptor.Singleton<IPasswordHasher<Person>>(new CountingHasher(this)));
    }

    /// <summary>The effort of one piece of work, a line a step. Nothing else may go on meanwhile.</summary>
    public async Task<string> Of(Func<Task> work)
    {
        lock (_steps) _steps.Clear();
        await work();
        lock (_steps) return string.Join('\n', _steps);
    }

    private void Add(string step)
    {
        lock (_steps) _steps.Add(step);
    }

    private sealed class Counting(SqliteDialect inner, Effort effort) : Dialect, IDisposable
    {
        public override string Folder => inner.Folder;
        public override async Task<DbConnection> Open(CancellationToken ct) => new CountingConnection(await inner.Open(ct), effort);
        public override Task<T> Write<T>(Func<DbConnection, DbTransaction?, Task<T>> work, bool takesLong, CancellationToken ct)
            => inner.Write((connection, transaction) => work(new CountingConnection(connection, effort, keeps: true), transaction), takesLong, ct);
        public override Task<T> Snapshot<T>(Func<DbConnection, DbTransaction?, Task<T>> work, CancellationToken ct)
            => inner.Snapshot((connection, transaction) => work(new CountingConnection(connection, effort, keeps: true), transaction), ct);
        public override string Words(string sql) => inner.Words(sql);
        public override bool IsTransient(DbException error) => inner.IsTransient(error);
        public override bool IsDuplicate(DbException error) => inner.IsDuplicate(error);
        public void Dispose() => inner.Dispose();
    }

    private sealed class CountingHasher(Effort effort) : IPasswordHasher<Person>
    {
        private readonly PasswordHasher<Person> _inner = new();

        public string HashPassword(Person user, string password)
        {
            effort.Add("a password hashed");
            return _inner.HashPassword(user, password);
        }

        public PasswordVerificationResult VerifyHashedPassword(Person user, string hashedPassword, string providedPassword)
        {
            effort.Add("a password verified");
            return _inner.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }

    private sealed class CountingConnection(DbConnection inner, Effort effort, bool keeps = false) : DbConnection
    {
        [AllowNull]
        public override string ConnectionString { get => inner.ConnectionString; set => inner.ConnectionString = value; }
        public override string Database => inner.Database;
        public override string DataSource => inner.DataSource;
        public override string ServerVersion => inner.ServerVersion;
        public override ConnectionState State => inner.State;
        public override void ChangeDatabase(string databaseName) => inner.ChangeDatabase(databaseName);
        public override void Close() => inner.Close();
        public override void Open() => inner.Open();
        protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => inner.BeginTransaction(isolationLevel);
        protected override DbCommand CreateDbCommand() => new CountingCommand(inner.CreateCommand(), this, effort);

        protected override void Dispose(bool disposing)
        {
            // What is lent for a transaction goes back with it.
            if (disposing && !keeps) inner.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class CountingCommand(DbCommand inner, CountingConnection connection, Effort effort) : DbCommand
    {
        [AllowNull]
        public override string CommandText { get => inner.CommandText; set => inner.CommandText = value; }
        public override int CommandTimeout { get => inner.CommandTimeout; set => inner.CommandTimeout = value; }
        public override CommandType CommandType { get => inner.CommandType; set => inner.CommandType = value; }
        public override bool DesignTimeVisible { get; set; }
        public override UpdateRowSource UpdatedRowSource { get => inner.UpdatedRowSource; set => inner.UpdatedRowSource = value; }
        protected override DbConnection? DbConnection { get => connection; set => throw new NotSupportedException(); }
        protected override DbParameterCollection DbParameterCollection => inner.Parameters;
        protected override DbTransaction? DbTransaction { get; set; }
        public override void Cancel() => inner.Cancel();
        public override void Prepare() => inner.Prepare();
        public override object? ExecuteScalar() => throw new NotSupportedException();
        protected override DbParameter CreateDbParameter() => inner.CreateParameter();
        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => new CountingReader(inner.ExecuteReader(behavior), CommandText, effort);

        public override int ExecuteNonQuery()
        {
            var rows = inner.ExecuteNonQuery();
            effort.Add($"{rows} rows changed by {CommandText}");
            return rows;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class CountingReader(DbDataReader inner, string sql, Effort effort) : DbDataReader
    {
        private int _rows, _bytes;

        public override object this[int ordinal] => inner[ordinal];
        public override object this[string name] => inner[name];
        public override int Depth => inner.Depth;
        public override int FieldCount => inner.FieldCount;
        public override bool HasRows => inner.HasRows;
        public override bool IsClosed => inner.IsClosed;
        public override int RecordsAffected => inner.RecordsAffected;
        public override bool GetBoolean(int ordinal) => inner.GetBoolean(ordinal);
        public override byte GetByte(int ordinal) => inner.GetByte(ordinal);
        public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => inner.GetBytes(ordinal, dataOffset, buffer, bufferOffset, length);
        public override char GetChar(int ordinal) => inner.GetChar(ordinal);
        public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => inner.GetChars(ordinal, dataOffset, buffer, bufferOffset, length);
        public override string GetDataTypeName(int ordinal) => inner.GetDataTypeName(ordinal);
        public override DateTime GetDateTime(int ordinal) => inner.GetDateTime(ordinal);
        public override decimal GetDecimal(int ordinal) => inner.GetDecimal(ordinal);
        public override double GetDouble(int ordinal) => inner.GetDouble(ordinal);
        public override IEnumerator GetEnumerator() => inner.GetEnumerator();
        public override Type GetFieldType(int ordinal) => inner.GetFieldType(ordinal);
        public override T GetFieldValue<T>(int ordinal) => inner.GetFieldValue<T>(ordinal);
        public override float GetFloat(int ordinal) => inner.GetFloat(ordinal);
        public override Guid GetGuid(int ordinal) => inner.GetGuid(ordinal);
        public override short GetInt16(int ordinal) => inner.GetInt16(ordinal);
        public override int GetInt32(int ordinal) => inner.GetInt32(ordinal);
        public override long GetInt64(int ordinal) => inner.GetInt64(ordinal);
        public override string GetName(int ordinal) => inner.GetName(ordinal);
        public override int GetOrdinal(string name) => inner.GetOrdinal(name);
        public override string GetString(int ordinal) => inner.GetString(ordinal);
        public override object GetValue(int ordinal) => inner.GetValue(ordinal);
        public override int GetValues(object[] values) => inner.GetValues(values);
        public override bool IsDBNull(int ordinal) => inner.IsDBNull(ordinal);
        public override bool NextResult() => inner.NextResult();

        public override bool Read()
        {
            if (!inner.Read()) return false;
            _rows++;
            for (var i = 0; i < inner.FieldCount; i++) _bytes += inner.GetValue(i) switch { string text => Encoding.UTF8.GetByteCount(text), byte[] bytes => bytes.Length, DBNull => 0, _ => 8 };
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing && !inner.IsClosed)
            {
                inner.Dispose();
                effort.Add($"{_rows} rows of {_bytes} bytes from {sql}");
            }

            base.Dispose(disposing);
        }
    }
}
