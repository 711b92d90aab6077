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
        TestEngine.SqliteOnly();
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
    public void Every_statement_holds_on_SQL_Server_by_its_schema_and_its_rules()
        => Assert.That(Statements().SelectMany(s => SqlServerRules.Faults(List().Replace(s.Sql, "in ($1)")).Select(fault => $"{s.Name}: {fault}")), Is.Empty);

    [TestCase("select Title from Nowhere", "no table Nowhere")]
    [TestCase("select s.Titel from Submission s", "no column s.Titel here")]
    [TestCase("select Number as N from Submission where N = 1", "no column N here")]
    [TestCase("select State, Title, count(*) from Submission group by State", "Title is neither grouped nor aggregated")]
    [TestCase("select length(Title) from Submission", "the function length is not of both engines")]
    [TestCase("select max(Number, 3) from Submission", "max of several values is SQLite's own")]
    [TestCase("select avg(Revision) from Submission", "avg of Revision would be a whole number")]
    [TestCase("select distinct State from Submission order by Number", "Number orders distinct rows without being selected")]
    [TestCase("insert into Counter (Name, Worth) values ('a', 1)", "no column Worth to insert into")]
    [TestCase("update Counter set Value = 1 output inserted.Worth where Name = 'a'", "no column inserted.Worth here")]
    public void A_statement_that_SQL_Server_would_refuse_is_found(string sql, string fault)
        => Assert.That(SqlServerRules.Faults(sql), Does.Contain(fault));

    [Test]
    public async Task The_schemas_have_the_same_tables_columns_keys_and_indexes()
    {
        TestEngine.SqliteOnly();
        await using var conf = await TestConference.Open();
        var tables = SqlServerSchema.Current.Tables;
        Assert.That(tables.Keys.Order(StringComparer.Ordinal), Is.EqualTo(SchemaTables.InOrder.Select(t => t.Name).Order(StringComparer.Ordinal)));
        foreach (var (name, table) in tables)
        {
            var columns = await conf.All<SqliteColumn>($"select name as Name, lower(type) as Type, case when \"notnull\" = 1 then 0 else 1 end as Nullable from pragma_table_info('{name}')");
            Assert.That(table.Columns.Select(c => (c.Key, Kind(c.Value.Type), c.Value.Nullable)), Is.EqualTo(columns.Select(c => (c.Name, c.Type, c.Nullable == 1))), name);
            Assert.That(table.Key, Is.EqualTo(string.Join(", ", await conf.All<string>($"select name from pragma_table_info('{name}') where pk > 0 order by pk"))), name);
            var foreign = await conf.All<string>($"select group_concat(\"from\", ', ') || ' -> ' || \"table\" || ' (' || group_concat(\"to\", ', ') || ')' from (select * from pragma_foreign_key_list('{name}') order by id, seq) group by id, \"table\"");
            Assert.That(table.Foreign, Is.EquivalentTo(foreign), name);
            var indexes = await conf.All<SqliteIndex>($"select l.name as Name, l.\"unique\" as Uniqueness, l.origin as Origin, (select group_concat(x.name || case when x.desc = 1 then ' desc' else '' end, ', ') from (select * from pragma_index_xinfo(l.name) where key = 1 order by seqno) x) as Columns from pragma_index_list('{name}') l");
            Assert.That(table.Indexes, Is.EquivalentTo(indexes.Where(i => i.Origin == "c").Select(i => $"{i.Name} ({i.Columns}){(i.Uniqueness == 1 ? " unique" : "")}")), name);
            Assert.That(table.Unique, Is.EquivalentTo(indexes.Where(i => i.Origin == "u").Select(i => i.Columns)), name);
        }
    }

    [Test]
    public async Task The_schema_is_made_and_holds_together_on_a_SQL_Server()
    {
        if (TestEngine.Server is null) Assert.Ignore($"Set {TestEngine.Variable} to a SQL Server that may make databases; then this and all other tests of application and web run on it.");
        await using var conf = await TestConference.Open();
        Assert.That(await conf.Send(new AbstractReview.App.Audit.CheckInvariants()), Is.Empty);
    }

    private static string Kind(string type) => type switch
    {
        "int" or "bit" or "bigint" => "integer",
        "float" => "real",
        "varbinary" => "blob",
        "nvarchar" or "datetimeoffset" => "text",
        _ => type,
    };

    private sealed record SqliteColumn
    {
        public required string Name { get; init; }
        public required string Type { get; init; }
        public required int Nullable { get; init; }
    }

    private sealed record SqliteIndex
    {
        public required string Name { get; init; }
        public required int Uniqueness { get; init; }
        public required string Origin { get; init; }
        public required string Columns { get; init; }
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
