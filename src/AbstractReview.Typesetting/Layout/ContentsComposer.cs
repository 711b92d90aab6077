namespace AbstractReview.Typesetting.Layout;

/// <summary>An entry of the table of contents.</summary>
internal sealed record ContentsEntry(int Level, string Title, string? Note, string Destination);

/// <summary>Sets the table of contents: titles, leader dots on a common grid, page numbers in a column of their own.</summary>
internal sealed class ContentsComposer(Session session)
{
    private const double NumberWidth = 30, DotPitch = 5.5, DotMargin = 6;

    public void Compose(TableOfContents contents, Place place, Sink sink)
    {
        var element = place.Parent?.Child("TOC").Hold();
        foreach (var entry in session.Contents)
        {
            if (entry.Level > contents.MaxLevel) continue;
            var item = element?.Child("TOCI").Hold();
            Entry(entry, place, sink, item);
            item?.Release();
        }

        element?.Release();
    }

    private void Entry(ContentsEntry entry, Place place, Sink sink, Pdf.StructureElement? item)
    {
        var styles = session.Styles.Contents;
        var rtl = session.IsRightToLeft;
        var style = styles[Math.Clamp(entry.Level, 1, styles.Count) - 1];
        style = style with { IndentEnd = NumberWidth + 8, Direction = rtl ? TextDirection.RightToLeft : TextDirection.LeftToRight, Align = Alignment.Start };
        var reference = item?.Child("Reference").Hold();
        Inline title = Link.To(entry.Destination, new Text(entry.Title) { Isolate = true });
        var lines = session.Paragraphs.Compose([title], style, place.Width);
        var number = session.Paragraphs.Compose(
            [new PageReference(entry.Destination)],
            style with { IndentStart = 0, IndentEnd = 0, Align = Alignment.End }, NumberWidth);
        for (var i = 0; i < lines.Count; i++)
        {
            var (line, last) = (lines[i].Moved(place.Left), i == lines.Count - 1);
            sink.Put(new LineSlice
            {
                Height = style.Leading, Before = i == 0 ? style.SpaceBefore : 0, Baseline = style.Leading / 2 + style.Size * 0.3,
                Line = line, Element = reference, Tag = place.Tag, BreakPenalty = i == 0 ? 0 : 9_000,
                Beside = last && number.Count > 0 ? (page, x, baseline) => Finish(page, x, baseline, line, number[0], place, style, reference, rtl) : null,
            });
        }

        if (entry.Note is null) sink.SpaceAfter(style.SpaceAfter);
        if (entry.Level == 1 || entry.Note is not null) sink.KeepWithNext();
        if (entry.Note is not null) Note(entry.Note, style, place, sink, item);
        reference?.Release();
    }

    private void Note(string note, ParagraphStyle above, Place place, Sink sink, Pdf.StructureElement? item)
    {
        var style = session.Styles.ContentsNote with { IndentStart = above.IndentStart, IndentEnd = above.IndentEnd, Direction = above.Direction };
        style = style with { SpaceAfter = Math.Max(style.SpaceAfter, 3) };
        session.Blocks.Lines([new Text(note) { Isolate = true }], style, place with { Parent = item }, sink, item?.Child("P"));
    }

    private void Finish(Page page, double x, double baseline, TextLine line, TextLine number, Place place, ParagraphStyle style, Pdf.StructureElement? reference, bool rtl)
    {
        var numberLeft = rtl ? place.Left : place.Left + place.Width - NumberWidth;
        var (from, to) = rtl
            ? (numberLeft + NumberWidth, line.X - DotMargin)
            : (line.X + line.Width + DotMargin, numberLeft + NumberWidth - number.Width - DotMargin);
        if (style.Bold is false) Leader(page, x, baseline, from, to, style);
        page.DrawLine(reference, rtl ? number with { X = numberLeft } : number.Moved(numberLeft), x, baseline);
    }

    /// <summary>Dots stand on a grid counted from the column's edge, so that they align from line to line.</summary>
    private void Leader(Page page, double x, double baseline, double from, double to, ParagraphStyle style)
    {
        var first = Math.Ceiling(from / DotPitch) * DotPitch;
        var count = (int)((to - first) / DotPitch);
        if (count < 2) return;
        var format = session.Paragraphs.Plain(style) with { Colour = Colour.Grey(0.5) };
        var dot = format.Typeface.Word(".", false);
        var piece = new Piece { Word = dot, GlyphTo = -1, Format = format, Width = DotPitch, Spread = DotPitch - dot.Width * format.Unit };
        var pieces = new Piece[count];
        Array.Fill(pieces, piece);
        page.DrawLine(null, new TextLine { Pieces = pieces, X = first, Width = count * DotPitch, Bidirectional = false, BaseLevel = 0, DroppedSpace = false }, x, baseline);
    }
}
