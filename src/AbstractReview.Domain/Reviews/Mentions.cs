using System.Text.RegularExpressions;

namespace AbstractReview.Domain.Reviews;

/// <summary>Who a post of a discussion calls upon: <c>@reviewer2</c> and <c>@committee</c>. Handles, not names, so that a blind discussion stays blind.</summary>
public static partial class Mentions
{
    public const string Committee = "committee";

    public static string Reviewer(int alias) => FormattableString.Invariant($"reviewer{alias}");

    /// <summary>The handles in the text, in lower case, each once.</summary>
    public static IReadOnlyList<string> In(string text)
        => Handle().Matches(text).Select(m => m.Groups[1].Value.ToLowerInvariant()).Distinct().ToList();

    /// <summary>The text in pieces, mentions marked.</summary>
    public static IEnumerable<(string Text, bool IsMention)> Pieces(string text)
    {
        var at = 0;
        foreach (Match match in Handle().Matches(text))
        {
            if (match.Index > at) yield return (text[at..match.Index], false);
            yield return (match.Value, true);
            at = match.Index + match.Length;
        }

        if (at < text.Length) yield return (text[at..], false);
    }

    // Not within a word, so that an address such as me@reviewer1.example calls nobody.
    [GeneratedRegex(@"(?<![\w.@])@(reviewer[1-9]\d{0,2}|committee)\b(?!\.\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Handle();
}
