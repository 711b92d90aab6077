using Microsoft.Data.SqlClient;

namespace AbstractReview.App.Tests;

/// <summary>
/// What a test's data lie in: a SQLite file of its own or, where <see cref="Variable"/> holds a connection string to a SQL Server that may make
/// databases, a database of its own there, dropped after.
/// </summary>
internal sealed class TestEngine : IAsyncDisposable
{
    public const string Variable = "ABSTRACTREVIEW_TEST_SQLSERVER";

    private readonly string _server;
    private readonly string _database;

    private TestEngine(string server, string database) => (_server, _database) = (server, database);

    public static string? Server => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } server ? server : null;

    public string ConnectionString => new SqlConnectionStringBuilder(_server) { InitialCatalog = _database }.ToString();

    /// <summary>A new database on the server; null where the tests run on SQLite.</summary>
    public static async Task<TestEngine?> Open()
    {
        if (Server is not { } server) return null;
        var engine = new TestEngine(server, $"abstractreview_test_{Guid.NewGuid():n}");
        await engine.Execute($"create database {engine._database}");
        return engine;
    }

    /// <summary>For tests of what only SQLite has: its file, its locks, its pragmas.</summary>
    public static void SqliteOnly()
    {
        if (Server is not null) Assert.Ignore("This is SQLite's own.");
    }

    public async ValueTask DisposeAsync()
    {
        SqlConnection.ClearAllPools();
        await Execute($"alter database {_database} set single_user with rollback immediate; drop database {_database}");
    }

    private async Task Execute(string sql)
    {
        await using var connection = new SqlConnection(_server);
        await connection.OpenAsync();
#pragma warning disable CA2100 // The name is made here.
        await using var command = new SqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
