using AbstractReview.App.Storage;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace AbstractReview.App.Tests.Storage;

/// <summary>The schema that SQL Server's steps make, by parsing them.</summary>
internal sealed class SqlServerSchema : TSqlFragmentVisitor
{
    private static readonly Lazy<SqlServerSchema> Read = new(() =>
    {
        var schema = new SqlServerSchema();
        foreach (var step in Migrations.StepsOf("sqlserver")) Parsed(step.Sql).Accept(schema);
        return schema;
    });

    public static SqlServerSchema Current => Read.Value;

    public SortedDictionary<string, Table> Tables { get; } = new(StringComparer.OrdinalIgnoreCase);

    public static TSqlFragment Parsed(string sql)
    {
        using var reader = new StringReader(sql);
        var fragment = new TSql160Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        return errors.Count == 0 ? fragment : throw new FormatException(string.Join("; ", errors.Select(e => e.Message)));
    }

    public override void Visit(CreateTableStatement node) => Add(Tables[Name(node.SchemaObjectName)] = new Table(), node.Definition);

    public override void Visit(AlterTableAddTableElementStatement node) => Add(Tables[Name(node.SchemaObjectName)], node.Definition);

    public override void Visit(CreateIndexStatement node)
        => Tables[Name(node.OnName)].Indexes.Add($"{node.Name.Value} ({Columns(node.Columns)}){(node.Unique ? " unique" : "")}");

    private static void Add(Table table, TableDefinition definition)
    {
        foreach (var column in definition.ColumnDefinitions)
            table.Columns.Add(column.ColumnIdentifier.Value, new Column(
                Name(column.DataType.Name).ToLowerInvariant(), column.Constraints.OfType<NullableConstraintDefinition>().SingleOrDefault()?.Nullable ?? true));
        foreach (var constraint in definition.TableConstraints)
            switch (constraint)
            {
                case UniqueConstraintDefinition { IsPrimaryKey: true } key: table.Key = Columns(key.Columns); break;
                case UniqueConstraintDefinition unique: table.Unique.Add(Columns(unique.Columns)); break;
                case ForeignKeyConstraintDefinition foreign:
                    table.Foreign.Add($"{string.Join(", ", foreign.Columns.Select(c => c.Value))} -> {Name(foreign.ReferenceTableName)} ({string.Join(", ", foreign.ReferencedTableColumns.Select(c => c.Value))})");
                    break;
            }
    }

    private static string Name(SchemaObjectName name) => name.BaseIdentifier.Value;

    private static string Columns(IEnumerable<ColumnWithSortOrder> columns)
        => string.Join(", ", columns.Select(c => c.Column.MultiPartIdentifier.Identifiers[^1].Value + (c.SortOrder == SortOrder.Descending ? " desc" : "")));

    public sealed record Column(string Type, bool Nullable);

    public sealed class Table
    {
        public Dictionary<string, Column> Columns { get; } = new(StringComparer.OrdinalIgnoreCase);
        public string Key { get; set; } = "";
        public List<string> Unique { get; } = [];
        public List<string> Foreign { get; } = [];
        public List<string> Indexes { get; } = [];
    }
}
