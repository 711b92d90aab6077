using System.Text.RegularExpressions;
using AbstractReview.Domain;
using AbstractReview.Domain.Letters;
using Fluid;

namespace AbstractReview.App.Letters;

/// <summary>
/// A letter's text in Liquid: the subject, a line of three hyphens, the body. Only output, <c>if</c>, <c>unless</c>, <c>case</c>,
/// comments and a few filters that cannot make text grow: without loops, assignments and includes every template ends, soon.
/// </summary>
public sealed partial class LetterTemplate
{
    public const int MostCharacters = 20_000;
    public const int MostOutput = 100_000;
    private const int MostTags = 200;

    internal static readonly string[] Tags = ["if", "unless", "case", "comment", "#"];
    internal static readonly string[] Filters = ["upcase", "downcase", "capitalize", "strip", "default"];
    private static readonly FluidParser Parser = Reduced();
    private static readonly TemplateOptions Options = Limited();

    private readonly IFluidTemplate _subject;
    private readonly IFluidTemplate _body;

    private LetterTemplate(IFluidTemplate subject, IFluidTemplate body) => (_subject, _body) = (subject, body);

    /// <summary>Reads a template and checks it; <paramref name="kind"/> says which fields there are, null allows those of any kind.</summary>
    /// <exception cref="RuleBrokenException">The text is no template; every error says where and why.</exception>
    public static LetterTemplate Read(string text, LetterKind? kind = null)
    {
        if (text.Length > MostCharacters) throw Wrong($"A template has at most {MostCharacters} characters; there are {text.Length}.");
        if (Tag().Count(text) > MostTags) throw Wrong($"A template has at most {MostTags} tags.");
        text = text.ReplaceLineEndings("\n");
        if (Separator().Match(text) is not { Success: true } cut) throw Wrong("Write the subject, then a line with three hyphens (---), then the letter.");
        var (subject, body) = (text[..cut.Index], text[(cut.Index + cut.Length)..]);
        if (subject.Trim() == "" || subject.Trim().Contains('\n')) throw Wrong("The subject, above the three hyphens, is one line.");
        if (body.Trim() == "") throw Wrong("Below the three hyphens there is no letter.");
        return new LetterTemplate(Parse(subject, 1, kind), Parse(body, 1 + subject.Count(c => c == '\n'), kind));
    }

    /// <summary>The letter's subject and text with the fields' values filled in as they are: they are never read as Liquid.</summary>
    /// <param name="values">By field; an empty value counts as none.</param>
    /// <param name="language">The template's: values that may run against it are set apart (Unicode isolates) in the text, not in the subject.</param>
    /// <exception cref="RuleBrokenException">The text became longer than any letter is.</exception>
    public (string Subject, string Body) Fill(IReadOnlyDictionary<string, string> values, string language = "en")
    {
        var subject = string.Join(' ', Write(_subject, values, NullEncoder.Default).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return (subject, BlankLines().Replace(Write(_body, values, Isolating.In(language)), "\n\n").Trim());
    }

    private static string Write(IFluidTemplate template, IReadOnlyDictionary<string, string> values, System.Text.Encodings.Web.TextEncoder encoder)
    {
        var context = new TemplateContext(Options, StringComparer.Ordinal);
        foreach (var (name, value) in values)
            if (value != "") context.SetValue(name, value);
        using var output = new BoundedWriter(MostOutput);
        // Nothing in a letter waits: the task is done when it returns.
        template.RenderAsync(output, encoder, context).AsTask().GetAwaiter().GetResult();
        return output.ToString();
    }

    private static IFluidTemplate Parse(string text, int firstLine, LetterKind? kind)
    {
        if (!Parser.TryParse(text, out var template, out var error)) throw Wrong(Placed(error, text, firstLine));
        var errors = TemplateCheck.Of(template, kind);
        return errors.Count == 0 ? template : throw new RuleBrokenException([.. errors.Select(e => new FieldError("text", $"Line {LineOf(text, e.About, firstLine)}: {e.Words}"))]);
    }

    // Fluid ends a message with “at (line:column)”, counted from the part it was given.
    private static string Placed(string error, string text, int firstLine)
    {
        var unknown = UnknownTag().Match(error);
        if (unknown.Success) return $"Line {LineOf(text, unknown.Groups[1].Value, firstLine)}: there is no tag “{unknown.Groups[1].Value}” in letters; there are {string.Join(", ", Tags[..^1])}.";
        var place = Place().Match(error);
        if (!place.Success) return $"Line {firstLine}: {error}";
        var line = int.Parse(place.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) + firstLine - 1;
        return $"Line {line}: {Place().Replace(error, "").Trim().TrimEnd('.')}.";
    }

    // The first tag that says the word.
    private static int LineOf(string text, string word, int firstLine)
    {
        foreach (Match tag in Inside().Matches(text))
            if (Regex.IsMatch(tag.Value, $@"\b{Regex.Escape(word)}\b")) return firstLine + text[..tag.Index].Count(c => c == '\n');
        return firstLine;
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

    [GeneratedRegex(@"\{%")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\{[%{].*?[%}]\}", RegexOptions.Singleline)]
    private static partial Regex Inside();

    [GeneratedRegex(@"^---[ \t]*$", RegexOptions.Multiline)]
    private static partial Regex Separator();

    [GeneratedRegex(@"\n[ \t]*(\n[ \t]*)+")]
    private static partial Regex BlankLines();

    [GeneratedRegex(@"\s*(?:at|on line)?\s*\((\d+):\d+\)")]
    private static partial Regex Place();

    [GeneratedRegex(@"[Uu]nknown tag '(\w+)'")]
    private static partial Regex UnknownTag();
}

/// <summary>Text that stops growing.</summary>
internal sealed class BoundedWriter(int most) : StringWriter(System.Globalization.CultureInfo.InvariantCulture)
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
        if (GetStringBuilder().Length + more > most) throw new RuleBrokenException("text", $"The letter became longer than {most} characters.");
    }
}
