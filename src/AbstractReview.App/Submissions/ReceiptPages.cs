using AbstractReview.App.Letters;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Submissions;
using AbstractReview.Typesetting;

namespace AbstractReview.App.Submissions;

/// <summary>A receipt as a page: what was taken, when, and the code by which the secretariat can tell that it is ours.</summary>
internal static class ReceiptPages
{
    private const int CodeLine = 54;

    private static readonly ParagraphStyle Small = new() { Family = FontFamily.Sans, Size = 8.5, Leading = 12, Align = Alignment.Start, Hyphenate = false, Colour = Colour.Grey(0.3) };
    private static readonly ParagraphStyle Head = new() { Family = FontFamily.Sans, Size = 14, Leading = 19, Bold = true, Align = Alignment.Start, Hyphenate = false, Colour = LetterPages.Accent };
    private static readonly ParagraphStyle Cell = new() { Size = 10.5, Leading = 14.5, Align = Alignment.Start, Hyphenate = false };
    private static readonly ParagraphStyle Body = new() { Size = 10.5, Leading = 15, SpaceBefore = 12, Align = Alignment.Start, Hyphenate = false };

    public static Document Of(Conference conference, ReceiptStatement receipt, SubmissionContent content, string code) => new()
    {
        Title = FormattableString.Invariant($"Receipt of submission {receipt.Number}, revision {receipt.Revision}"),
        Author = conference.Organiser,
        Subject = FormattableString.Invariant($"AR-{receipt.Number}"),
        Created = receipt.At,
        Page = new PageTemplate { Margins = new Margins(71, 71, 62, 76), Foot = new RunningLine { Start = [Text.Isolated($"{conference.Title} · {conference.Website}")] } },
        Sections = [new Section { Blocks = [.. Blocks(conference, receipt, content, code)] }],
    };

    private static IEnumerable<Block> Blocks(Conference conference, ReceiptStatement receipt, SubmissionContent content, string code)
    {
        yield return new Paragraph(Text.Isolated(conference.Title)) { Style = Head };
        yield return new Paragraph(Text.Isolated($"{conference.Organiser} · {conference.Venue}, {conference.City}")) { Style = Small };
        yield return new Rule { Thickness = 1.2, Colour = LetterPages.Accent, SpaceBefore = 8 };
        yield return new Heading(1, new Text("Receipt")) { Style = Head with { Size = 18, Leading = 26, SpaceBefore = 20, SpaceAfter = 6, Colour = Colour.Black } };
        yield return new Table
        {
            Columns = [TableColumn.Points(92), new TableColumn()],
            Rules = TableRules.Rows, PaddingX = 0, PaddingY = 5, Summary = "What was received",
            Rows =
            [
                Row("Number", FormattableString.Invariant($"{receipt.Number}, revision {receipt.Revision}")),
                Row("Received", $"{Deadline.Words(conference, receipt.At)}, {receipt.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)} UTC"),
                Row("Title", content.Title),
                Row("Area", $"{content.AreaCode} {conference.Area(content.AreaCode)?.Title}"),
                Row("Authors", [.. content.Authors.SelectMany((a, i) => i == 0 ? new Inline[] { Text.Isolated(a.FullName) } : ["; ", Text.Isolated(a.FullName)])]),
                Row("SHA-256", receipt.ContentHash[..32], receipt.ContentHash[32..]),
            ],
        };
        yield return new Paragraph(new Text("The SHA-256 identifies title, abstract, area, topics, keywords, authors and wish exactly as they were received. The code below carries this receipt with the conference's signature: the secretariat verifies it at any time, from the code or from this file.")) { Style = Body };
        yield return new Panel(new Paragraph([.. code.Chunk(CodeLine).SelectMany((c, i) => i == 0 ? new Inline[] { new string(c) } : [new LineBreak(), new string(c)])]) { Style = Cell with { Family = FontFamily.Mono, Size = 8.5, Leading = 13, Direction = TextDirection.LeftToRight } }) { Bar = LetterPages.Accent };
        yield return new Paragraph(Text.Isolated($"{conference.Mail.Name} · {conference.Mail.Address}")) { Style = Small with { SpaceBefore = 14 } };
    }

    private static TableRow Row(string name, params IReadOnlyList<string> lines) => Row(name, [.. Lines(lines)]);

    private static TableRow Row(string name, IReadOnlyList<Inline> content) => new(
        new TableCell(new Paragraph(new Text(name)) { Style = Small with { Leading = 14.5 } }) { RowHeader = true }, new TableCell(new Paragraph([.. content]) { Style = Cell }));

    private static IEnumerable<Inline> Lines(IEnumerable<string> lines)
        => lines.SelectMany((line, i) => i == 0 ? new Inline[] { Text.Isolated(line) } : [new LineBreak(), Text.Isolated(line)]);
}
