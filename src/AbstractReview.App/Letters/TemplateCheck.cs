using AbstractReview.Domain.Letters;
using Fluid;
using Fluid.Ast;
using Fluid.Ast.BinaryExpressions;

namespace AbstractReview.App.Letters;

/// <summary>
/// What parses and still must not stand in a letter: fields and filters there are not, a case without an else, and a field that some
/// letters have no value for, written where nothing asks whether it has one.
/// </summary>
internal sealed class TemplateCheck : AstVisitor
{
    private readonly Dictionary<string, LetterField> _fields;
    private readonly List<(string About, string Words)> _errors = [];
    private readonly List<string> _asked = [];

    private TemplateCheck(LetterKind? kind)
        => _fields = (kind is { } one ? LetterFields.Of(one) : Enum.GetValues<LetterKind>().SelectMany(LetterFields.Of)).DistinctBy(f => f.Name).ToDictionary(f => f.Name);

    /// <summary>Every error once: the word it is about, by which its line is found, and the words.</summary>
    public static IReadOnlyList<(string About, string Words)> Of(IFluidTemplate template, LetterKind? kind)
    {
        var check = new TemplateCheck(kind);
        check.VisitTemplate(template);
        return [.. check._errors.Distinct()];
    }

    protected override Statement VisitIfStatement(IfStatement ifStatement)
    {
        Visit(ifStatement.Condition);
        Within(Names(ifStatement.Condition), ifStatement.Statements);
        foreach (var otherwise in ifStatement.ElseIfs)
        {
            Visit(otherwise.Condition);
            Within(Names(otherwise.Condition), otherwise.Statements);
        }

        if (ifStatement.Else is { } last) Visit(last);
        return ifStatement;
    }

    // What stands behind “else” of an unless has a value; the unless itself has none.
    protected override Statement VisitUnlessStatement(UnlessStatement unlessStatement)
    {
        Visit(unlessStatement.Condition);
        Within([], unlessStatement.Statements);
        if (unlessStatement.Else is { } otherwise) Within(Names(unlessStatement.Condition), otherwise.Statements);
        return unlessStatement;
    }

    protected override Statement VisitCaseStatement(CaseStatement caseStatement)
    {
        if (caseStatement.Else is null) _errors.Add(("case", "a case needs an else branch, for what nobody thought of."));
        return base.VisitCaseStatement(caseStatement);
    }

    protected override Statement VisitOutputStatement(OutputStatement outputStatement)
    {
        if (Field(outputStatement.Expression) is { MayBeEmpty: true } field && !_asked.Contains(field.Name))
            _errors.Add((field.Name, $"“{field.Name}” may be empty: put it inside {{% if {field.Name} %}} … {{% endif %}}, or say what stands instead with | default: '…'."));
        return base.VisitOutputStatement(outputStatement);
    }

    protected override Expression VisitMemberExpression(MemberExpression memberExpression)
    {
        if (memberExpression.Segments.Count > 1 || !_fields.ContainsKey(Name(memberExpression))) _errors.Add((Name(memberExpression), $"there is no field “{Name(memberExpression)}” in this letter."));
        return base.VisitMemberExpression(memberExpression);
    }

    protected override Expression VisitFilterExpression(FilterExpression filterExpression)
    {
        if (!LetterTemplate.Filters.Contains(filterExpression.Name)) _errors.Add((filterExpression.Name, $"there is no filter “{filterExpression.Name}”; there are {string.Join(", ", LetterTemplate.Filters)}."));
        return base.VisitFilterExpression(filterExpression);
    }

    protected override Expression VisitRangeExpression(RangeExpression rangeExpression)
    {
        _errors.Add(("..", "ranges are not for letters."));
        return rangeExpression;
    }

    private void Within(IEnumerable<string> asked, IReadOnlyList<Statement> statements)
    {
        var before = _asked.Count;
        _asked.AddRange(asked);
        foreach (var statement in statements) Visit(statement);
        _asked.RemoveRange(before, _asked.Count - before);
    }

    // “if a and b” asks for both; “if a or b” for neither.
    private static IEnumerable<string> Names(Expression condition) => condition switch
    {
        MemberExpression member => [Name(member)],
        AndBinaryExpression both => Names(both.Left).Concat(Names(both.Right)),
        EqualBinaryExpression equal => Names(equal.Left).Concat(Names(equal.Right)),
        _ => [],
    };

    // The field an output writes, unless a default stands for it.
    private LetterField? Field(Expression expression) => expression switch
    {
        MemberExpression member => _fields.GetValueOrDefault(Name(member)),
        FilterExpression { Name: "default" } => null,
        FilterExpression filter => Field(filter.Input),
        _ => null,
    };

    private static string Name(MemberExpression member) => (member.Segments[0] as IdentifierSegment)?.Identifier ?? "?";
}
