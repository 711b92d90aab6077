using System.Data.Common;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Dapper;

namespace AbstractReview.App.Storage;

/// <summary>Brings the schema up to date: numbered steps, forward only, under a lock, each in one transaction with its row in SchemaVersion.</summary>
public sealed class Migrations(Dialect dialect, TimeProvider clock)
{
    /// <summary>Applies what is missing and tells how many steps that was.</summary>
    /// <exception cref="InvalidOperationException">The database was made by a newer version, or an applied step was edited.</exception>
    public async Task<int> Apply(CancellationToken ct)
    {
        DapperTypes.Register();
        return await dialect.Write((connection, transaction) => Apply(connection, transaction, ct), takesLong: true, ct);
    }

    private async Task<int> Apply(DbConnection connection, DbTransaction? transaction, CancellationToken ct)
    {
        await Lock(connection, transaction, ct);
        var applied = (await connection.QueryAsync<Applied>(new CommandDefinition(ReadApplied, null, transaction, cancellationToken: ct))).ToDictionary(a => a.Step);
        var steps = StepsOf(dialect.Folder);
        Refuse(applied, steps);
        var missing = steps.Where(s => !applied.ContainsKey(s.Number)).ToList();
        foreach (var step in missing)
        {
            await connection.ExecuteAsync(new CommandDefinition(step.Sql, null, transaction, cancellationToken: ct));
            await connection.ExecuteAsync(new CommandDefinition(Record,
                new { Step = step.Number, step.Name, step.Checksum, AppliedAt = clock.GetUtcNow() }, transaction, cancellationToken: ct));
        }

        return missing.Count;
    }

    private async Task Lock(DbConnection connection, DbTransaction? transaction, CancellationToken ct)
    {
        // SQLite's transaction already holds the only write lock; SQL Server needs a named one for the length of the transaction.
        var sql = dialect is SqlServerDialect ? LockSqlServer + CreateSqlServer : CreateSqlite;
        await connection.ExecuteAsync(new CommandDefinition(sql, null, transaction, cancellationToken: ct));
    }

    /// <summary>
    /// Whether a step only adds what programs that do not know it can live with: tables, indexes, columns that may be empty or have a
    /// default. Its name says so (<c>0070_expand_erasure.sql</c>); while nodes are upgraded one by one, the older ones run beside it.
    /// </summary>
    internal static bool Expands(string name) => name.Length > 5 && name[5..].StartsWith("expand_", StringComparison.Ordinal);

    private static void Refuse(Dictionary<int, Applied> applied, IReadOnlyList<Step> steps)
    {
        foreach (var (number, row) in applied)
        {
            var step = steps.FirstOrDefault(s => s.Number == number);
            if (step is null && Expands(row.Name)) continue;
            if (step is null)
                throw new InvalidOperationException($"This database was upgraded by a newer version (step {number}, {row.Name}). Run that version, or restore a backup.");
            if (step.Checksum != row.Checksum)
                throw new InvalidOperationException($"Step {step.Name} was changed after it was applied to this database. Restore the step as it was and add a new one.");
        }
    }

    /// <summary>How many steps this program knows.</summary>
    public static int Known { get; } = StepsOf("sqlite").Count;

    /// <summary>The steps of an engine's folder below <c>db</c>, in order.</summary>
    internal static IReadOnlyList<Step> StepsOf(string folder)
    {
        var assembly = typeof(Migrations).Assembly;
        var prefix = $"db/{folder}/";
        return assembly.GetManifestResourceNames().Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(n => Step.Read(assembly, n, n[prefix.Length..])).ToList();
    }

    internal sealed record Step(int Number, string Name, string Sql, string Checksum)
    {
        public static Step Read(Assembly assembly, string resource, string file)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
            var sql = reader.ReadToEnd().ReplaceLineEndings("\n");
            return new Step(int.Parse(file[..4], System.Globalization.CultureInfo.InvariantCulture), file, sql, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql))));
        }
    }

    private sealed record Applied
    {
        public required int Step { get; init; }
        public required string Name { get; init; }
        public required string Checksum { get; init; }
    }

    private const string CreateSqlite = """
        create table if not exists SchemaVersion (Step integer not null primary key, Name text not null, Checksum text not null, AppliedAt text not null);
        """;

    private const string LockSqlServer = """
        exec sp_getapplock @Resource = 'AbstractReview.Migrations', @LockMode = 'Exclusive', @LockOwner = 'Transaction', @LockTimeout = 60000;

        """;

    private const string CreateSqlServer = """
        if object_id('SchemaVersion') is null
          create table SchemaVersion (Step int not null, Name nvarchar(200) not null, Checksum nvarchar(64) not null, AppliedAt datetimeoffset not null, constraint PK_SchemaVersion primary key (Step));
        """;

    private const string ReadApplied = "select Step, Name, Checksum from SchemaVersion";
    private const string Record = "insert into SchemaVersion (Step, Name, Checksum, AppliedAt) values (@Step, @Name, @Checksum, @AppliedAt)";
}
