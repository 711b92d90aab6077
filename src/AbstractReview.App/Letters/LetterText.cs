using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using AbstractReview.Typesetting;

namespace AbstractReview.App.Letters;

/// <summary>
/// A filled letter as paragraphs: blank lines part them, lines beginning with <c>- </c> are a list, with <c>&gt; </c> a quotation.
/// Nothing else has a meaning, so that no name or title can format anything.
/// </summary>
/// <param name="Subject">One line.</param>
/// <param name="Parts">In order.</param>
/// <param name="Links">Addresses that become links where the letter says them, by their words. What an author typed is never among them.</param>
internal sealed partial record LetterText(string Subject, IReadOnlyList<LetterText.Part> Parts, IReadOnlyDictionary<string, string> Links)
{
    internal enum Shape { Plain, List, Quote }

    internal sealed record Part(Shape Shape, IReadOnlyList<string> Lines);

    public static LetterText Of(string subject, string body, IReadOnlyDictionary<string, string> links)
    {
        var parts = new List<Part>();
        foreach (var paragraph in body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var lines = paragraph.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (lines.All(l => l.StartsWith("- ", StringComparison.Ordinal))) parts.Add(new Part(Shape.List, [.. lines.Select(l => l[2..])]));
            else if (lines[0].StartsWith("> ", StringComparison.Ordinal)) parts.Add(new Part(Shape.Quote, [.. lines.Select(l => l.TrimStart('>', ' '))]));
            else parts.Add(new Part(Shape.Plain, lines));
        }

        return new LetterText(subject, parts, links);
    }

    public string AsText()
    {
        var text = new StringBuilder();
        foreach (var part in Parts)
        {
            foreach (var line in part.Lines)
                text.Append(part.Shape switch { Shape.List => "- ", Shape.Quote => "    ", _ => "" }).Append(line).Append('\n');
            text.Append('\n');
        }

        return text.ToString().TrimEnd() + "\n";
    }

    public string AsHtml(string language)
    {
        var html = new StringBuilder($"<div lang=\"{language}\" dir=\"{Languages.Direction(language)}\">\n");
        foreach (var part in Parts)
            html.Append(part.Shape switch
            {
                Shape.List => $"<ul>{string.Concat(part.Lines.Select(l => $"<li>{Marked(l)}</li>"))}</ul>\n",
                Shape.Quote => $"<blockquote><p>{string.Join("<br>", part.Lines.Select(Marked))}</p></blockquote>\n",
                _ => $"<p>{string.Join("<br>", part.Lines.Select(Marked))}</p>\n",
            });
        return html.Append("</div>\n").ToString();
    }

    /// <param name="style">Of all paragraphs.</param>
    /// <param name="apart">A line to stand out where it begins a paragraph, and the style it has then.</param>
    public IEnumerable<Block> AsBlocks(ParagraphStyle style, (string Line, ParagraphStyle Style)? apart = null)
    {
        foreach (var part in Parts)
        {
            var first = apart is { } a && part.Shape == Shape.Plain && part.Lines[0].Trim(Isolating.Start, Isolating.End) == a.Line ? 1 : 0;
            if (first > 0) yield return new Paragraph([.. Runs(part.Lines[0])]) { Style = apart!.Value.Style };
            if (part.Lines.Count > first) yield return AsBlock(part.Shape, part.Lines.Skip(first), style);
        }
    }

    private Block AsBlock(Shape shape, IEnumerable<string> lines, ParagraphStyle style) => shape switch
    {
        Shape.List => new ItemList([.. Items([.. lines], style)]) { RightToLeft = style.Direction == TextDirection.RightToLeft },
        Shape.Quote => new Panel(new Paragraph(Lines(lines)) { Style = style with { SpaceAfter = 0 } }) { Background = Colour.Grey(0.965), Bar = LetterPages.Accent, Padding = 9 },
        _ => new Paragraph(Lines(lines)) { Style = style },
    };

    private IEnumerable<ListItem> Items(IReadOnlyList<string> lines, ParagraphStyle style)
    {
        var close = style with { SpaceAfter = 3 };
        foreach (var (i, line) in lines.Index()) yield return new ListItem(new Paragraph([.. Runs(line)]) { Style = i == lines.Count - 1 ? style : close });
    }

    private List<Inline> Lines(IEnumerable<string> lines)
    {
        var content = new List<Inline>();
        foreach (var line in lines)
        {
            if (content.Count > 0) content.Add(new LineBreak());
            content.AddRange(Runs(line));
        }

        return content;
    }

    // What was set apart when it was filled in stays so in print.
    private IEnumerable<Inline> Runs(string line)
    {
        foreach (var (i, piece) in line.Split(Isolating.Start, Isolating.End).Index())
            foreach (var (words, uri) in Linked(piece))
            {
                var text = new Text(uri is null ? WholeDays(words) : words) { Isolate = i % 2 == 1 };
                // A long address is broken where it must be.
                yield return uri is null ? text : Link.ToUri(uri, text with { Unbroken = words.Length <= 60 });
            }
    }

    private string Marked(string line)
        => string.Concat(Linked(line).Select(p => p.Uri is null ? Safe(p.Words) : $"<a href=\"{WebUtility.HtmlEncode(p.Uri)}\">{Safe(p.Words)}</a>"));

    /// <summary>The line cut where one of the addresses stands as a whole; the longest first, since one may begin with another.</summary>
    private IEnumerable<(string Words, string? Uri)> Linked(string line)
    {
        var from = 0;
        while (Links.Keys.Select(key => (Key: key, At: Find(line, key, from))).Where(found => found.At >= 0).OrderBy(found => found.At).ThenByDescending(found => found.Key.Length).FirstOrDefault() is { Key: { } key, At: var at })
        {
            if (at > from) yield return (line[from..at], null);
            yield return (key, Links[key]);
            from = at + key.Length;
        }

        if (from < line.Length) yield return (line[from..], null);
    }

    private static int Find(string line, string address, int from)
    {
        for (var at = line.IndexOf(address, from, StringComparison.Ordinal); at >= 0; at = line.IndexOf(address, at + 1, StringComparison.Ordinal))
            if (StandsAlone(line, at, address)) return at;
        return -1;
    }

    private static bool StandsAlone(string line, int at, string address)
    {
        if (at > 0 && GoesOn(line[at - 1])) return false;
        var end = at + address.Length;
        if (end < line.Length && line[end] is '.') end++; // the sentence's, when nothing follows
        return end >= line.Length || !GoesOn(line[end]);

        static bool GoesOn(char c) => char.IsLetterOrDigit(c) || c is '/' or '@' or '-' or '_' or '%' or '&' or '=' or '?' or '#' or '.' or '+';
    }

    /// <summary>For print: the number of a day stays with its month.</summary>
    public static string WholeDays(string words) => Day().Replace(words, "\u00A0");

    [GeneratedRegex(@"(?<=\b\d{1,2}(?:er)?) (?=\p{L}{3,} \d{4}\b)")]
    private static partial Regex Day();

    // A value is escaped; only the isolates around it become elements.
    private static string Safe(string text) => WebUtility.HtmlEncode(text)
        .Replace("&#8296;", "<bdi>", StringComparison.Ordinal).Replace("&#8297;", "</bdi>", StringComparison.Ordinal)
        .Replace(Isolating.Start.ToString(), "<bdi>", StringComparison.Ordinal).Replace(Isolating.End.ToString(), "</bdi>", StringComparison.Ordinal);
}

/// <summary>The languages letters are written in.</summary>
public static class Languages
{
    /// <summary>Code and name, in the order they are offered.</summary>
    public static IReadOnlyList<(string Code, string Name)> All { get; } = [("en", "English"), ("fr", "Français"), ("ar", "العربية")];

    public static bool Exists(string code) => All.Any(l => l.Code == code);

    public static string Name(string code) => All.FirstOrDefault(l => l.Code == code).Name ?? code;

    public static bool RightToLeft(string language) => language is "ar" or "he" or "fa" or "ur";

    /// <summary>As HTML says it.</summary>
    public static string Direction(string language) => RightToLeft(language) ? "rtl" : "ltr";
}
