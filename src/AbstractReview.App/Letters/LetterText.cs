using System.Net;
using System.Text;
using AbstractReview.Typesetting;

namespace AbstractReview.App.Letters;

/// <summary>
/// A filled letter as paragraphs: blank lines part them, lines beginning with <c>- </c> are a list, with <c>&gt; </c> a quotation.
/// Nothing else has a meaning, so that no name or title can format anything.
/// </summary>
internal sealed record LetterText(string Subject, IReadOnlyList<LetterText.Part> Parts)
{
    internal enum Shape { Plain, List, Quote }

    internal sealed record Part(Shape Shape, IReadOnlyList<string> Lines);

    public static LetterText Of(string subject, string body)
    {
        var parts = new List<Part>();
        foreach (var paragraph in body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var lines = paragraph.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (lines.All(l => l.StartsWith("- ", StringComparison.Ordinal))) parts.Add(new Part(Shape.List, [.. lines.Select(l => l[2..])]));
            else if (lines[0].StartsWith("> ", StringComparison.Ordinal)) parts.Add(new Part(Shape.Quote, [.. lines.Select(l => l.TrimStart('>', ' '))]));
            else parts.Add(new Part(Shape.Plain, lines));
        }

        return new LetterText(subject, parts);
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
                Shape.List => $"<ul>{string.Concat(part.Lines.Select(l => $"<li>{Safe(l)}</li>"))}</ul>\n",
                Shape.Quote => $"<blockquote><p>{string.Join("<br>", part.Lines.Select(Safe))}</p></blockquote>\n",
                _ => $"<p>{string.Join("<br>", part.Lines.Select(Safe))}</p>\n",
            });
        return html.Append("</div>\n").ToString();
    }

    public IEnumerable<Block> AsBlocks(ParagraphStyle style) => Parts.SelectMany(part => part.Shape switch
    {
        Shape.List when style.Direction == TextDirection.RightToLeft => Bullets(part, style),
        Shape.List => [new ItemList([.. part.Lines.Select(l => new ListItem(new Paragraph([.. Runs(l)]) { Style = style with { SpaceAfter = 3 } }))])],
        Shape.Quote => [new Panel(new Paragraph(Lines(part)) { Style = style with { SpaceAfter = 0 } }) { Background = Colour.Grey(0.965), Bar = LetterPages.Accent, Padding = 9 }],
        _ => [new Paragraph(Lines(part)) { Style = style }],
    });

    // A list's marks stand at the side where the document begins; in a page of the other direction they go into the paragraph.
    private static IEnumerable<Block> Bullets(Part part, ParagraphStyle style)
        => part.Lines.Select(l => new Paragraph([new Text("•\u2002"), .. Runs(l)]) { Style = style with { SpaceAfter = 3, IndentStart = 16, FirstLineIndent = -9 } });

    private static List<Inline> Lines(Part part)
    {
        var content = new List<Inline>();
        foreach (var line in part.Lines)
        {
            if (content.Count > 0) content.Add(new LineBreak());
            content.AddRange(Runs(line));
        }

        return content;
    }

    // What was set apart when it was filled in stays so in print.
    private static IEnumerable<Inline> Runs(string line)
    {
        foreach (var (i, piece) in line.Split(Isolating.Start, Isolating.End).Index())
            if (piece != "") yield return i % 2 == 1 ? Text.Isolated(piece) : new Text(piece);
    }

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
