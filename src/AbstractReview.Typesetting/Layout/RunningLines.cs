using AbstractReview.Typesetting.Pdf;

namespace AbstractReview.Typesetting.Layout;

/// <summary>Draws heads, feet and the draft mark of a page whose number is known. All of it is an artifact to a reader.</summary>
internal sealed class RunningLines(Session session)
{
    private const double HeadGap = 20, FootGap = 32, EdgeGap = 16;

    private (string Key, string[] Headings)? shortened;

    public void Draw(Page page, bool even, ByteWriter content)
    {
        var template = page.Template;
        page.BeginMargins();
        if (!(page.First && template.BareFirstPage))
        {
            var head = even ? template.HeadEven ?? template.Head : template.Head;
            var foot = even ? template.FootEven ?? template.Foot : template.Foot;
            var baseline = Math.Max(EdgeGap, template.Margins.Top - HeadGap);
            if (head is not null) Line(page, head, baseline, even);
            if (foot is not null) Line(page, foot, template.Size.Height - Math.Max(EdgeGap, template.Margins.Bottom - FootGap), even);
            if (head is not null && template.RuleUnderHead)
                page.DrawRectangle(Left(page, even), baseline + 5, Width(page), 0.4, Colour.Black);
        }

        if (template.Thumb is { } thumb) Thumb(page, thumb, even);

        page.Show(page.Main);
        content.Raw("q\n"u8).Raw(page.Main.Finish()).Raw("Q\n"u8);
    }

    /// <summary>Coloured grounds under everything else.</summary>
    public void Grounds(Page page, ByteWriter content)
    {
        if (page.Template.Grounds.Count == 0 || page.Blank) return;
        var stream = page.Artifact();
        foreach (var ground in page.Template.Grounds)
        {
            var (left, top, right, bottom) = Bled(page, ground.X, ground.Top, ground.X + ground.Width, ground.Top + ground.Height);
            stream.Rectangle(left, page.FromBottom(bottom), right - left, bottom - top, ground.Colour);
        }

        page.Show(stream);
        content.Raw("q\n"u8).Raw(stream.Finish()).Raw("Q\n"u8);
    }

    /// <summary>What reaches an edge of the page goes on beyond it, so that no white shows where the printer cuts.</summary>
    private (double Left, double Top, double Right, double Bottom) Bled(Page page, double left, double top, double right, double bottom)
    {
        const double near = 0.5;
        var (size, bleed) = (page.Template.Size, session.Document.Bleed);
        return (left < near ? left - bleed : left, top < near ? top - bleed : top, right > size.Width - near ? right + bleed : right, bottom > size.Height - near ? bottom + bleed : bottom);
    }

    private void Thumb(Page page, Thumb thumb, bool even)
    {
        const double width = 17, size = 7;
        var left = even ? 0 : page.Template.Size.Width - width;
        var (from, above, to, below) = Bled(page, left, thumb.Top, left + width, thumb.Top + thumb.Height);
        page.DrawRectangle(from, above, to - from, below - above, thumb.Colour);
        var style = session.Styles.RunningLine with { Size = size, Bold = true, Colour = Colour.White, Align = Alignment.Centre };
        var lines = session.Paragraphs.Compose([Text.Isolated(thumb.Label)], style, width);
        if (lines.Count > 0) page.DrawLine(null, lines[0], left, thumb.Top + thumb.Height / 2 + size * 0.36);
    }

    private static double Left(Page page, bool even) => even ? page.Template.Margins.Outer : page.Template.Margins.Inner;

    private static double Width(Page page) => page.Template.Size.Width - page.Template.Margins.Inner - page.Template.Margins.Outer;

    private void Line(Page page, RunningLine line, double baseline, bool even)
    {
        var style = session.Styles.RunningLine with { Direction = session.IsRightToLeft ? TextDirection.RightToLeft : TextDirection.LeftToRight };
        var values = new RunningValues(page.Label ?? "", page.Headings);
        var (left, width) = (Left(page, even), Width(page));
        foreach (var (content, align) in (ReadOnlySpan<(IReadOnlyList<Inline>, Alignment)>)[(line.Start, Alignment.Start), (line.Centre, Alignment.Centre), (line.End, Alignment.End)])
        {
            if (content.Count == 0) continue;
            var lines = Fitting(content, style with { Align = align }, width, values);
            if (lines.Count > 0) page.DrawLine(null, lines[0], left, baseline);
        }
    }

    /// <summary>One line; headings too long for it lose their last words, and dots say so.</summary>
    private List<TextLine> Fitting(IReadOnlyList<Inline> content, ParagraphStyle style, double width, RunningValues values)
    {
        var lines = session.Paragraphs.Compose(content, style, width, values);
        if (lines.Count < 2 || !content.Any(part => part is RunningHeading)) return lines;
        var key = string.Join('\n', values.Headings);
        if (shortened is { } known && known.Key == key) return session.Paragraphs.Compose(content, style, width, values with { Headings = known.Headings });
        string[] headings = [.. values.Headings];
        while (lines.Count > 1)
        {
            var longest = Array.FindIndex(headings, heading => heading?.Length == headings.Max(other => other?.Length ?? 0));
            var at = headings[longest].TrimEnd('\u2026').TrimEnd().LastIndexOf(' ');
            if (at < 1) break;
            headings[longest] = headings[longest][..at].TrimEnd(' ', ',', ';', ':', '\u2013') + "\u2026";
            lines = session.Paragraphs.Compose(content, style, width, values with { Headings = headings });
        }

        shortened = (key, headings);
        return lines;
    }

    /// <summary>Pale letters from corner to corner; to be written before the page's text, so that they lie under it.</summary>
    public void Draft(Page page, ByteWriter content)
    {
        if (session.Document.DraftMark is not { Length: > 0 } mark) return;
        var size = page.Template.Size;
        var typeface = session.Fonts.Typeface(FontFamily.Sans, true, false, session.Language);
        var word = typeface.Word(mark.Replace(' ', '\u00A0'), false);
        if (word.Runs.Length == 0) return;
        var diagonal = Math.Sqrt(size.Width * size.Width + size.Height * size.Height);
        var points = Math.Min(160, diagonal * 0.62 / (word.Width / 1000));
        var (cos, sin) = (size.Width / diagonal, size.Height / diagonal);
        var half = word.Width * points / 2000;
        var (x, y) = (size.Width / 2 - half * cos + points * 0.33 * sin, size.Height / 2 - half * sin - points * 0.33 * cos);
        if (session.Resources.Outlines is { } outlines)
        {
            var layer = new Svg.SvgLayer(outlines);
            layer.Run(word.Runs[0].Face, Colour.Grey(0.92), word.Runs[0].Glyphs, FormattableString.Invariant($"matrix({cos:0.####} {sin:0.####} {-sin:0.####} {cos:0.####} {x:0.##} {y:0.##})"), points);
            page.Layers.Add((layer, 0));
        }

        // Multiplied with what lies below it: on a dark cover it stays darker than the title.
        session.Resources.Darkens = true;
        content.Raw("/Artifact BMC\nq /Darker gs 0.92 g BT /"u8).Ascii(session.Resources.Font(word.Runs[0].Face).Resource).Space().Number(points).Raw(" Tf "u8)
            .Number(cos, 4).Space().Number(sin, 4).Space().Number(-sin, 4).Space().Number(cos, 4).Space().Number(x).Space().Number(y).Raw(" Tm ["u8)
            .Raw(session.Resources.Encoded(word, 0)).Raw("]TJ ET Q\nEMC\n"u8);
    }
}
