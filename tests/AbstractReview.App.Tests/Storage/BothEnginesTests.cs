using System.Reflection;
using System.Text.RegularExpressions;
using AbstractReview.App.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace AbstractReview.App.Tests.Storage;

/// <summary>Every SQL text of the application is understood by both engines, as far as that can be known without a SQL Server.</summary>
public sealed partial class BothEnginesTests
{
    [Test]
    public void Every_statement_is_grammatical_in_T_SQL()
    {
        var wrong = Statements().SelectMany(s => Faults(s.Sql).Select(fault => $"{s.Name}: {fault}")).ToList();
        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public async Task Every_statement_compiles_on_a_migrated_SQLite_file()
    {
        await using var conf = await TestConference.Open();
        using var dialect = new SqliteDialect(conf.Folder.Database);
        await using var connection = (SqliteConnection)await dialect.Open(default);
        var wrong = new List<string>();
        foreach (var (name, sql) in Statements())
            if (Compile(connection, dialect.Words(sql)) is { } fault) wrong.Add($"{name}: {fault}");
        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void The_schema_of_SQL_Server_is_grammatical_and_has_every_step_of_SQLite()
    {
        var (sqlite, sqlServer) = (Steps("sqlite"), Steps("sqlserver"));
        Assert.That(sqlServer.Keys, Is.EqualTo(sqlite.Keys));
        Assert.That(sqlServer.SelectMany(s => Faults(s.Value).Select(fault => $"{s.Key}: {fault}")), Is.Empty);
    }

    [Test]
    public void The_schemas_differ_in_nothing_but_types()
    {
        var (sqlite, sqlServer) = (Steps("sqlite"), Steps("sqlserver"));
        foreach (var (step, sql) in sqlite)
            Assert.That(Shape(sqlServer[step]), Is.EqualTo(Shape(sql)), step);
    }

    [Test]
    public void No_statement_adds_up_a_flag()
    {
        var flags = Steps("sqlserver").Values.SelectMany(sql => Flag().Matches(sql)).Select(m => m.Groups[1].Value).ToHashSet();
        Assert.That(flags, Does.Contain("Presenting"));
        Assert.That(Statements().Where(s => Sum().Matches(s.Sql).Any(m => flags.Contains(m.Groups[1].Value))).Select(s => s.Name), Is.Empty);
    }

    private static List<string> Shape(string sql) => sql.Split('\n').Where(l => !l.StartsWith("--", StringComparison.Ordinal))
        .Select(l => Spaces().Replace(Type().Replace(l, " T "), " ").Replace(" add column ", " add ", StringComparison.Ordinal).Trim()).ToList();

    private static List<(string Name, string Sql)> Statements()
    {
        const BindingFlags constants = BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly;
        var found = typeof(Db).Assembly.GetTypes()
            .SelectMany(t => t.GetFields(constants))
            .Where(f => f.IsLiteral && f.FieldType == typeof(string))
            .Select(f => (Name: $"{f.DeclaringType!.Name}.{f.Name}", Sql: (string)f.GetRawConstantValue()!))
            .Where(s => Verb().IsMatch(s.Sql)).ToList();
        Assert.That(found, Has.Count.GreaterThan(200));
        return found;
    }

    // Dapper writes a list as (@a, @b), so "in @list" is no SQL until then.
    private static IEnumerable<string> Faults(string sql)
    {
        using var reader = new StringReader(List().Replace(sql, "in ($1)"));
        new TSql160Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        return errors.Select(e => $"line {e.Line}: {e.Message}");
    }

    private static string? Compile(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "explain " + List().Replace(sql, "in ($1)");
        foreach (var name in Parameter().Matches(sql).Select(m => m.Value).Distinct()) command.Parameters.AddWithValue(name, 1);
        try
        {
            command.ExecuteNonQuery();
            return null;
        }
        catch (SqliteException error)
        {
            return error.Message;
        }
    }

    private static SortedDictionary<string, string> Steps(string engine)
        => new(Directory.GetFiles(Path.Combine(Repository.Root, "db", engine), "*.sql").ToDictionary(f => Path.GetFileName(f), File.ReadAllText), StringComparer.Ordinal);

    [GeneratedRegex(@"^\s*(select|insert into|update|delete from|with)\s")]
    private static partial Regex Verb();

    [GeneratedRegex(@"\bin\s+(@\w+)")]
    private static partial Regex List();

    [GeneratedRegex(@"\s+(integer|text|real|blob|int|bit|float|datetimeoffset|nvarchar\(\w+\)|varbinary\(max\))\s+(?=not null|null)")]
    private static partial Regex Type();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"(\w+)\s+bit\s")]
    private static partial Regex Flag();

    [GeneratedRegex(@"\bsum\((?:\w+\.)?(\w+)\)")]
    private static partial Regex Sum();

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Parameter();
}
