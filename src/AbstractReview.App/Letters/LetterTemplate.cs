using System.Text.RegularExpressions;
using AbstractReview.Domain;
using Fluid;
using Fluid.Ast;

namespace AbstractReview.App.Letters;

/// <summary>
/// A letter's text in Liquid: the subject, a line of three hyphens, the body. Only output, <c>if</c>, <c>unless</c>, <c>case</c>,
/// comments and a few filters that cannot make text grow: without loops, assignments and includes every template ends, soon.
/// </summary>
public sealed partial class LetterTemplate
{
    public const int MostCharacters = 20_000;
    private const int MostOutput = 100_000;
    private const int MostTags = 200;

    private static readonly string[] Tags = ["if", "unless", "case", "comment", "#"];
    private static readonly string[] Filters = ["upcase", "downcase", "capitalize", "strip", "default"];
    private static readonly FluidParser Parser = Reduced();
    private static readonly TemplateOptions Options = Limited();

    private readonly IFluidTemplate _subject;
    private readonly IFluidTemplate _body;

    private LetterTemplate(IFluidTemplate subject, IFluidTemplate body) => (_subject, _body) = (subject, body);

    /// <exception cref="RuleBrokenException">The text is no template; every error says where and why.</exception>
    public static LetterTemplate Read(string text)
    {
        if (text.Length > MostCharacters) throw Wrong($"A template has at most {MostCharacters} characters; there are {text.Length}.");
        if (Tag().Count(text) > MostTags) throw Wrong($"A template has at most {MostTags} tags.");
        var parts = Separator().Split(text.Replace("\r\n", "\n", StringComparison.Ordinal), 2);
        if (parts.Length < 2) throw Wrong("Write the subject, then a line with three hyphens (---), then the letter.");
        if (parts[0].Trim() == "" || parts[0].Trim().Contains('\n')) throw Wrong("The subject, above the three hyphens, is one line.");
        if (parts[1].Trim() == "") throw Wrong("Below the three hyphens there is no letter.");
        return new LetterTemplate(Parse(parts[0].Trim(), "the subject"), Parse(parts[1].Trim(), "the letter"));
    }

    /// <summary>The letter's subject and text with the fields' values filled in as they are: they are never read as Liquid.</summary>
    /// <exception cref="RuleBrokenException">The text became longer than any letter is.</exception>
    public (string Subject, string Body) Fill(IReadOnlyDictionary<string, string> values)
    {
        var subject = string.Join(' ', Write(_subject, values).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return (subject, BlankLines().Replace(Write(_body, values), "\n\n").Trim());
    }

    private static string Write(IFluidTemplate template, IReadOnlyDictionary<string, string> values)
    {
        var context = new TemplateContext(Options, StringComparer.Ordinal);
        foreach (var (name, value) in values)
            if (value != "") context.SetValue(name, value);
        using var output = new Bounded();
        // Nothing in a letter waits: the task is done when it returns.
        template.RenderAsync(output, NullEncoder.Default, context).AsTask().GetAwaiter().GetResult();
        return output.ToString();
    }

    private static IFluidTemplate Parse(string text, string where)
    {
        if (!Parser.TryParse(text, out var template, out var error)) throw Wrong($"In {where}: {error}");
        var check = new Check();
        check.VisitTemplate(template);
        return check.Errors.Count == 0 ? template : throw new RuleBrokenException([.. check.Errors.Distinct().Select(e => new FieldError("text", $"In {where}: {e}"))]);
    }

    private static RuleBrokenException Wrong(string message) => new("text", message);

    private static FluidParser Reduced()
    {
        var parser = new FluidParser();
        foreach (var tag in parser.RegisteredTags.Keys.Except(Tags).ToList()) parser.RegisteredTags.Remove(tag);
        return parser;
    }

    private static TemplateOptions Limited()
    {
        var options = new TemplateOptions { MaxSteps = 10_000, MaxRecursion = 20, StrictFilters = true };
        foreach (var filter in options.Filters.Select(f => f.Key).Except(Filters).ToList()) options.Filters.Remove(filter);
        return options;
    }

    /// <summary>What parses and still must not stand in a letter.</summary>
    private sealed class Check : AstVisitor
    {
        public List<string> Errors { get; } = [];

        protected override Expression VisitMemberExpression(MemberExpression memberExpression)
        {
            var name = (memberExpression.Segments[0] as IdentifierSegment)?.Identifier ?? "?";
            if (memberExpression.Segments.Count > 1 || !LetterFields.All.ContainsKey(name)) Errors.Add($"there is no field “{name}”.");
            return base.VisitMemberExpression(memberExpression);
        }

        protected override Expression VisitFilterExpression(FilterExpression filterExpression)
        {
            if (!Filters.Contains(filterExpression.Name)) Errors.Add($"there is no filter “{filterExpression.Name}”; there are {string.Join(", ", Filters)}.");
            return base.VisitFilterExpression(filterExpression);
        }

        protected override Expression VisitRangeExpression(RangeExpression rangeExpression)
        {
            Errors.Add("ranges are not for letters.");
            return rangeExpression;
        }

        protected override Statement VisitCaseStatement(CaseStatement caseStatement)
        {
            if (caseStatement.Else is null) Errors.Add("a case needs an else branch, for what nobody thought of.");
            return base.VisitCaseStatement(caseStatement);
        }
    }

    /// <summary>Text that stops growing.</summary>
    private sealed class Bounded : StringWriter
    {
        public override void Write(char value)
        {
            Require(1);
            base.Write(value);
        }

        public override void Write(string? value)
        {
            Require(value?.Length ?? 0);
            base.Write(value);
        }

        public override void Write(char[] buffer, int index, int count)
        {
            Require(count);
            base.Write(buffer, index, count);
        }

        public override void Write(ReadOnlySpan<char> buffer)
        {
            Require(buffer.Length);
            base.Write(buffer);
        }

        public override void Write(System.Text.StringBuilder? value) => Write(value?.ToString());

        private void Require(int more)
        {
            if (GetStringBuilder().Length + more > MostOutput) throw Wrong($"The letter became longer than {MostOutput} characters.");
        }
    }

    [GeneratedRegex(@"\{%")]
    private static partial Regex Tag();

    [GeneratedRegex(@"^---[ \t]*$", RegexOptions.Multiline)]
    private static partial Regex Separator();

    [GeneratedRegex(@"\n[ \t]*(\n[ \t]*)+")]
    private static partial Regex BlankLines();
}
