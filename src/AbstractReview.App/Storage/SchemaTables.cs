using System.Text.RegularExpressions;

namespace AbstractReview.App.Storage;

/// <summary>A table as the schema's steps make it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">The columns of its primary key.</param>
/// <param name="Columns">Every column, those of later steps too, with its type in SQLite.</param>
internal sealed record SchemaTable(string Name, IReadOnlyList<string> Key, IReadOnlyDictionary<string, string> Columns)
{
    public IEnumerable<string> Texts => Columns.Where(c => c.Value == "text").Select(c => c.Key);

    /// <summary>The columns that name a file by its SHA-256.</summary>
    public IEnumerable<string> Files => Columns.Keys.Where(c => c.EndsWith("Sha256", StringComparison.Ordinal));
}

/// <summary>
/// The tables of the conference, read from the schema's own steps, so that a new one is exported, searched and checked without being
/// told of twice. They stand in the order in which they were made: each after those it refers to.
/// </summary>
internal static partial class SchemaTables
{
    public static IReadOnlyList<SchemaTable> InOrder { get; } = Read();

    /// <summary>Those that are the conference's: without the bytes of files and without what this installation notes about its own data.</summary>
    public static IReadOnlyList<SchemaTable> Exported { get; } = [.. InOrder.Where(t => t.Name is not ("FileContent" or "DataStamp"))];

    /// <summary>What finds every file any row names.</summary>
    public static string NamedFiles { get; } = string.Join("\nunion\n",
        from table in Exported from column in table.Files select $"select {column} from {table.Name} where {column} is not null");

    private static List<SchemaTable> Read()
    {
        var tables = new List<SchemaTable>();
        foreach (var step in Migrations.StepsOf("sqlite"))
        {
            foreach (Match made in Create().Matches(step.Sql))
                tables.Add(new SchemaTable(made.Groups[1].Value, [.. Key().Match(made.Value).Groups[1].Value.Split(',', StringSplitOptions.TrimEntries)],
                    Column().Matches(made.Groups[2].Value).ToDictionary(c => c.Groups[1].Value, c => c.Groups[2].Value)));
            foreach (Match added in Add().Matches(step.Sql))
                ((Dictionary<string, string>)tables.Single(t => t.Name == added.Groups[1].Value).Columns).Add(added.Groups[2].Value, added.Groups[3].Value);
        }

        return tables;
    }

    [GeneratedRegex(@"create table (\w+) \(\n(.*?)\n\);", RegexOptions.Singleline)]
    private static partial Regex Create();

    [GeneratedRegex(@"primary key \(([^)]+)\)")]
    private static partial Regex Key();

    [GeneratedRegex(@"^\s+(\w+)\s+(integer|text|real|blob)\s", RegexOptions.Multiline)]
    private static partial Regex Column();

    [GeneratedRegex(@"alter table (\w+) add (?:column )?(\w+)\s+(integer|text|real|blob)\s")]
    private static partial Regex Add();
}
