using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace AbstractReview.App.Tests.Storage;

/// <summary>
/// Holds one statement to what SQL Server would refuse and SQLite forgives: every table and column exists where it is asked for, nothing
/// is selected past a grouping, distinct rows are ordered by what is selected, functions are those of both engines, averages are not of whole numbers.
/// </summary>
internal sealed class SqlServerRules : TSqlFragmentVisitor
{
    private static readonly HashSet<string> Functions = new(StringComparer.OrdinalIgnoreCase)
    {
        "count", "sum", "avg", "min", "max", "concat", "lower", "upper", "replace", "abs", "round", "row_number", "rank", "dense_rank", "lag", "lead", "ltrim", "rtrim", "trim", "substring", "sqrt", "sign",
    };

    private static readonly HashSet<string> Aggregates = new(StringComparer.OrdinalIgnoreCase) { "count", "sum", "avg", "min", "max" };

    /// <summary>What the rows of an update came to, by the name under which only its output clause knows them.</summary>
    private const string Inserted = "inserted";

    private readonly Stack<Scope> _scopes = new();
    private readonly Dictionary<string, HashSet<string>?> _common = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _faults = [];

    public static IReadOnlyList<string> Faults(string sql)
    {
        var rules = new SqlServerRules();
        var fragment = SqlServerSchema.Parsed(sql);
        fragment.Accept(new CommonTables(rules._common));
        fragment.Accept(rules);
        return rules._faults;
    }

    public override void ExplicitVisit(QuerySpecification node)
    {
        var scope = new Scope(Sources(node.FromClause?.TableReferences ?? []), Names(node.SelectElements.OfType<SelectScalarExpression>().Select(e => e.ColumnName?.Value).OfType<string>()));
        _scopes.Push(scope);
        base.ExplicitVisit(node);
        Grouped(node);
        Ordered(node);
        _scopes.Pop();
    }

    public override void ExplicitVisit(UpdateSpecification node) => Within(node.Target, node.FromClause, () =>
    {
        if (node.OutputClause is not null) _scopes.Peek().Sources[Inserted] = TableOf(((NamedTableReference)node.Target).SchemaObject);
        base.ExplicitVisit(node);
    });

    public override void ExplicitVisit(DeleteSpecification node) => Within(node.Target, node.FromClause, () => base.ExplicitVisit(node));

    public override void ExplicitVisit(InsertSpecification node)
    {
        var table = TableOf(((NamedTableReference)node.Target).SchemaObject);
        foreach (var column in node.Columns.Select(c => c.MultiPartIdentifier.Identifiers[^1].Value))
            if (table?.Contains(column) == false) _faults.Add($"no column {column} to insert into");
        if (node.InsertSource is ValuesInsertSource values && values.RowValues.Any(r => r.ColumnValues.Count != node.Columns.Count)) _faults.Add("values and columns differ in number");
        node.InsertSource.Accept(this);
    }

    public override void ExplicitVisit(ColumnReferenceExpression node)
    {
        if (node.ColumnType != ColumnType.Regular) return;
        var names = node.MultiPartIdentifier.Identifiers.Select(i => i.Value).ToList();
        var known = names.Count == 1
            ? _scopes.Any(s => s.Sources.Values.Any(t => t is null || t.Contains(names[0]))) || (_inOrder && _scopes.Peek().Aliases.Contains(names[0]))
            : _scopes.Any(s => s.Sources.TryGetValue(names[^2], out var table) && (table is null || table.Contains(names[^1])));
        if (!known) _faults.Add($"no column {string.Join('.', names)} here");
        if (names.Count == 1 && _scopes.Count > 0 && _scopes.Peek().Sources.Count(t => t.Key != Inserted && t.Value?.Contains(names[0]) == true) > 1) _faults.Add($"{names[0]} is ambiguous");
    }

    private bool _inOrder;

    public override void ExplicitVisit(OrderByClause node)
    {
        _inOrder = true;
        base.ExplicitVisit(node);
        _inOrder = false;
    }

    public override void ExplicitVisit(FunctionCall node)
    {
        var name = node.FunctionName.Value;
        if (!Functions.Contains(name)) _faults.Add($"the function {name} is not of both engines");
        if (Aggregates.Contains(name) && node.Parameters.Count != 1) _faults.Add($"{name} of several values is SQLite's own");
        if (name.Equals("avg", StringComparison.OrdinalIgnoreCase) && node.Parameters is [ColumnReferenceExpression column] && TypeOf(column) is "int" or "bit")
            _faults.Add($"avg of {Text(column)} would be a whole number");
        base.ExplicitVisit(node);
    }

    public override void ExplicitVisit(ScalarSubquery node) => Nested(() => base.ExplicitVisit(node));

    public override void ExplicitVisit(QueryDerivedTable node) => Nested(() => base.ExplicitVisit(node));

    private void Nested(Action visit)
    {
        var order = _inOrder;
        _inOrder = false;
        visit();
        _inOrder = order;
    }

    private void Within(TableReference target, FromClause? from, Action visit)
    {
        _scopes.Push(new Scope(Sources(from?.TableReferences ?? [target]), []));
        visit();
        _scopes.Pop();
    }

    private void Grouped(QuerySpecification node)
    {
        var outside = new Outside();
        foreach (var element in node.SelectElements) element.Accept(outside);
        node.HavingClause?.Accept(outside);
        if (node.GroupByClause is null && !outside.Aggregated) return;
        var grouped = (node.GroupByClause?.GroupingSpecifications ?? []).OfType<ExpressionGroupingSpecification>().Select(g => Text(g.Expression)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var column in outside.Columns)
            if (!grouped.Contains(Text(column)) && !grouped.Contains(Text(column).Split('.')[^1]) && !grouped.Any(g => g.EndsWith("." + Text(column), StringComparison.OrdinalIgnoreCase)) && _scopes.Peek().Owns(column))
                _faults.Add($"{Text(column)} is neither grouped nor aggregated");
    }

    private void Ordered(QuerySpecification node)
    {
        if (node.UniqueRowFilter != UniqueRowFilter.Distinct || node.OrderByClause is null) return;
        var selected = node.SelectElements.OfType<SelectScalarExpression>().SelectMany(e => new[] { Text(e.Expression), e.ColumnName?.Value ?? "" }).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var element in node.OrderByClause.OrderByElements)
            if (!selected.Contains(Text(element.Expression))) _faults.Add($"{Text(element.Expression)} orders distinct rows without being selected");
    }

    private Dictionary<string, HashSet<string>?> Sources(IEnumerable<TableReference> references)
    {
        var sources = new Dictionary<string, HashSet<string>?>(StringComparer.OrdinalIgnoreCase);
        foreach (var reference in references) Add(reference, sources);
        return sources;
    }

    private void Add(TableReference reference, Dictionary<string, HashSet<string>?> sources)
    {
        switch (reference)
        {
            case NamedTableReference named: sources[named.Alias?.Value ?? named.SchemaObject.BaseIdentifier.Value] = TableOf(named.SchemaObject); break;
            case JoinTableReference join: Add(join.FirstTableReference, sources); Add(join.SecondTableReference, sources); break;
            case JoinParenthesisTableReference parenthesis: Add(parenthesis.Join, sources); break;
            case QueryDerivedTable derived: sources[derived.Alias.Value] = Selected(derived.QueryExpression); break;
            case InlineDerivedTable values: sources[values.Alias.Value] = Names(values.Columns.Select(c => c.Value)); break;
            default: _faults.Add($"a {reference.GetType().Name} is not understood here"); break;
        }
    }

    private HashSet<string>? TableOf(SchemaObjectName name)
    {
        var table = name.BaseIdentifier.Value;
        if (_common.TryGetValue(table, out var common)) return common;
        if (table == "SchemaVersion") return null;
        if (SqlServerSchema.Current.Tables.TryGetValue(table, out var known)) return [.. known.Columns.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase)];
        _faults.Add($"no table {table}");
        return null;
    }

    // Null where a star selects what is not told.
    private static HashSet<string>? Selected(QueryExpression query) => query switch
    {
        QuerySpecification s when s.SelectElements.All(e => e is SelectScalarExpression) => Names(s.SelectElements.Cast<SelectScalarExpression>()
            .Select(e => e.ColumnName?.Value ?? (e.Expression as ColumnReferenceExpression)?.MultiPartIdentifier?.Identifiers[^1].Value).OfType<string>()),
        BinaryQueryExpression b => Selected(b.FirstQueryExpression),
        QueryParenthesisExpression p => Selected(p.QueryExpression),
        _ => null,
    };

    private static string? TypeOf(ColumnReferenceExpression column)
        => SqlServerSchema.Current.Tables.Values.Select(t => t.Columns.GetValueOrDefault(column.MultiPartIdentifier.Identifiers[^1].Value)?.Type).OfType<string>().FirstOrDefault();

    private static HashSet<string> Names(IEnumerable<string> names) => names.ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static string Text(TSqlFragment fragment) => string.Concat(fragment.ScriptTokenStream.Skip(fragment.FirstTokenIndex).Take(fragment.LastTokenIndex - fragment.FirstTokenIndex + 1).Select(t => t.Text));

    private sealed record Scope(Dictionary<string, HashSet<string>?> Sources, HashSet<string> Aliases)
    {
        public bool Owns(ColumnReferenceExpression column) => column.MultiPartIdentifier.Identifiers is var names
            && (names.Count == 1 ? Sources.Values.Any(t => t?.Contains(names[0].Value) == true) : Sources.ContainsKey(names[^2].Value));
    }

    /// <summary>The names that a statement gives to queries before it uses them.</summary>
    private sealed class CommonTables(Dictionary<string, HashSet<string>?> found) : TSqlFragmentVisitor
    {
        public override void Visit(CommonTableExpression node)
            => found[node.ExpressionName.Value] = node.Columns.Count > 0 ? Names(node.Columns.Select(c => c.Value)) : Selected(node.QueryExpression);
    }

    /// <summary>The columns that stand outside every aggregate, and whether there is one.</summary>
    private sealed class Outside : TSqlFragmentVisitor
    {
        public List<ColumnReferenceExpression> Columns { get; } = [];
        public bool Aggregated { get; private set; }

        public override void ExplicitVisit(FunctionCall node)
        {
            if (!Aggregates.Contains(node.FunctionName.Value) || node.OverClause is not null) base.ExplicitVisit(node);
            else Aggregated = true;
        }

        public override void ExplicitVisit(ScalarSubquery node) { }

        public override void ExplicitVisit(ExistsPredicate node) { }

        public override void ExplicitVisit(ColumnReferenceExpression node)
        {
            if (node.ColumnType == ColumnType.Regular) Columns.Add(node);
        }
    }
}
