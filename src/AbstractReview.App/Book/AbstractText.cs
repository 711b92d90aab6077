using System.Text.RegularExpressions;

namespace AbstractReview.App.Book;

/// <summary>A paragraph of an abstract, or a list in it.</summary>
/// <param name="Lines">The lines of a paragraph, or the items of a list.</param>
/// <param name="Kind">What it is.</param>
internal sealed record AbstractPart(AbstractPartKind Kind, IReadOnlyList<string> Lines)
{
    public string Language { get; } = TextLanguage.Of(string.Join(' ', Lines));
}

internal enum AbstractPartKind { Paragraph, Bullets, Numbers }

/// <summary>
/// What an author's plain text means: blank lines divide paragraphs, lines that begin with a dash, a bullet or a number are a list.
/// The book, the EPUB, the page and the JATS file all read it this way.
/// </summary>
internal static partial class AbstractText
{
    public static IEnumerable<AbstractPart> Parts(string text)
        => Blank().Split(text.ReplaceLineEndings("\n")).Select(part => part.Trim()).Where(part => part != "").Select(Part);

    /// <summary>The text in one line.</summary>
    public static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static AbstractPart Part(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length > 1 && Array.TrueForAll(lines, l => Bullet().IsMatch(l))) return new AbstractPart(AbstractPartKind.Bullets, [.. lines.Select(l => Bullet().Replace(l, ""))]);
        // Numbers count up from one; a paragraph of years or figures is no list.
        if (lines.Length > 1 && lines.Index().All(l => Number().Match(l.Item) is { Success: true } m && m.Groups[1].Value == FormattableString.Invariant($"{l.Index + 1}")))
            return new AbstractPart(AbstractPartKind.Numbers, [.. lines.Select(l => Number().Replace(l, ""))]);
        return new AbstractPart(AbstractPartKind.Paragraph, lines);
    }

    [GeneratedRegex(@"\n[\t ]*\n")]
    private static partial Regex Blank();

    [GeneratedRegex(@"^[-–•*·]\s+")]
    private static partial Regex Bullet();

    [GeneratedRegex(@"^\(?([0-9]{1,2})[.)]\s+")]
    private static partial Regex Number();
}
