namespace AbstractReview.Typesetting.Layout;

/// <summary>What running lines print and what text elsewhere does not have.</summary>
internal sealed record RunningValues(string Folio, IReadOnlyList<string> Headings);

/// <summary>Turns inlines in a style into set lines. Keeps its buffers; one per rendering.</summary>
internal sealed class ParagraphComposer
{
    private const int FormatLimit = 400;

    private readonly Session session;
    private readonly ParagraphText text = new();
    private readonly ItemBuilder builder;
    private readonly TotalFit fit = new();
    private readonly List<Piece> pieces = [];
    private readonly Dictionary<ParagraphStyle, TextFormat> plain = new(ReferenceEqualityComparer.Instance);

    public ParagraphComposer(Session session)
    {
        this.session = session;
        builder = new ItemBuilder(session.Report.Missing, session.IsRightToLeft);
    }

    /// <summary>Text of the paragraph composed last, when some of it runs from the right; else null.</summary>
    public string? BidirectionalText { get; private set; }

    /// <summary>Whether the paragraph composed last begins at the right.</summary>
    public bool RightToLeft { get; private set; }

    /// <summary>Sets a paragraph to a width in points.</summary>
    public List<TextLine> Compose(IReadOnlyList<Inline> content, ParagraphStyle style, double width, RunningValues? running = null)
    {
        text.Clear();
        foreach (var inline in content) Append(inline, style, null, running);
        text.Seal();
        List<TextLine> lines = [];
        if (text.Text.Length == 0 && text.Anchors.Count == 0) return lines;
        var other = Math.Max(1, width - style.IndentStart - style.IndentEnd);
        var first = Math.Max(1, other - style.FirstLineIndent);
        builder.Build(text, style, Math.Min(first, other));
        RightToLeft = builder.BaseLevel == 1;
        BidirectionalText = builder.Bidirectional ? text.Readable() : null;
        var broken = fit.Break(builder.Items, new Measure(first, other, style.Align == Alignment.Justify, style.Hyphenate));
        for (var i = 0; i < broken.Count; i++) lines.Add(Set(broken[i], i == 0, i == broken.Count - 1, style, width));
        return lines;
    }

    public TextFormat Plain(ParagraphStyle style)
    {
        if (plain.TryGetValue(style, out var format)) return format;
        if (plain.Count > FormatLimit) plain.Clear();
        format = Format(style.Family, style.Bold, style.Italic, style.Size, 0, style.Colour, false, null, style.Language ?? session.Language);
        plain.Add(style, format);
        return format;
    }

    private void Append(Inline inline, ParagraphStyle style, Link? link, RunningValues? running)
    {
        switch (inline)
        {
            case Text plainText:
                AppendText(plainText, style, link);
                break;
            case Link inner:
                var target = session.Accepts(inner) ? inner : null;
                foreach (var child in inner.Content) Append(child, style, target ?? link, running);
                break;
            case PageReference reference:
                AppendReference(reference, style);
                break;
            case Anchor anchor:
                text.AppendAnchor(anchor.Destination);
                break;
            case Footnote note when running is null:
                var mark = session.NewNote(note.Content);
                text.AppendNote(mark);
                Append(Link.To(mark.Destination, Text.Raised(mark.Number.ToString(System.Globalization.CultureInfo.InvariantCulture))), style, null, null);
                break;
            case LineBreak:
                text.AppendBreak(Plain(style));
                break;
            case Folio when running is not null:
                text.Append(running.Folio, Plain(style));
                break;
            case RunningHeading heading when running is not null:
                text.Append(running.Headings[Math.Clamp(heading.Level, 1, 6)] ?? "", Plain(style), isolate: true);
                break;
        }
    }

    private void AppendText(Text part, ParagraphStyle style, Link? link)
    {
        if (part.Value.Length == 0) return;
        var usual = link is null && !part.Bold && !part.Italic && !part.Underline && !part.Superscript && !part.Subscript && part.Scale == 1
            && part.Colour is null && part.Family is null && part.Language is null;
        text.Append(part.Value, usual ? Plain(style) : Special(part, style, link), part.Isolate, part.Unbroken);
    }

    private TextFormat Special(Text part, ParagraphStyle style, Link? link)
    {
        const double raised = 0.64;
        var size = style.Size * part.Scale * (part.Superscript || part.Subscript ? raised : 1);
        var rise = part.Superscript ? style.Size * 0.34 : part.Subscript ? -style.Size * 0.14 : 0;
        var colour = part.Colour ?? LinkColour(link) ?? style.Colour;
        return Format(part.Family ?? style.Family, style.Bold || part.Bold, style.Italic != part.Italic, size, rise, colour, part.Underline, link,
            part.Language ?? style.Language ?? session.Language);
    }

    private void AppendReference(PageReference reference, ParagraphStyle style)
    {
        var link = Link.To(reference.Destination);
        var format = Plain(style) with { Link = link, Colour = LinkColour(link) ?? style.Colour };
        if (session.LabelOf(reference.Destination) is { } label) text.Append(label, format, unbroken: true);
        else text.AppendHole(reference.Destination, format);
        session.Refer(reference.Destination);
    }

    private Colour? LinkColour(Link? link)
        => link is null ? null : link.Uri is not null ? session.Styles.LinkColour : session.Styles.InternalLinkColour;

    private TextFormat Format(FontFamily family, bool bold, bool italic, double size, double rise, Colour colour, bool underline, Link? link, string language)
        => new(session.Fonts.Typeface(family, bold, italic, language), size, rise, colour, underline, link, language);

    private TextLine Set(BrokenLine line, bool first, bool last, ParagraphStyle style, double width)
    {
        pieces.Clear();
        var items = builder.Items;
        var from = line.Start;
        while (from < line.End && items[from].Kind is ItemKind.Glue or ItemKind.Penalty) from++;
        for (var i = from; i < line.End; i++)
        {
            ref readonly var item = ref items[i];
            if (item.Kind == ItemKind.Penalty) continue;
            Add(item, line.Ratio);
        }

        while (pieces.Count > 0 && pieces[^1] is { Word: null, Destination: null }) pieces.RemoveAt(pieces.Count - 1); // space at the end of a line
        var total = 0.0;
        foreach (var piece in pieces) total += piece.Width;
        if (line.Hyphen) total += AddHyphen(items[line.End]);
        var x = Place(style, first, width, total);
        var dropped = !last && !line.Hyphen && line.End < items.Length && items[line.End] is { Kind: ItemKind.Glue, Width: > 0 };
        return new TextLine
        {
            Pieces = [.. pieces], X = x, Width = total, BaseLevel = builder.BaseLevel, DroppedSpace = dropped && pieces.Count > 0,
            Bidirectional = builder.Bidirectional && (builder.BaseLevel > 0 || pieces.Exists(piece => piece.Level > 0)),
            Anchors = text.Anchors.Count == 0 ? [] : Within(text.Anchors, line, first, last), Notes = text.Notes.Count == 0 ? [] : Within(text.Notes, line, first, last),
        };
    }

    private void Add(in Item item, double ratio)
    {
        var format = text.Spans[item.Format].Format;
        if (item.Kind == ItemKind.Box && pieces.Count > 0 && pieces[^1] is { Word: { } before } && before == item.Word && pieces[^1].GlyphTo == item.GlyphFrom && item.GlyphFrom > 0)
        {
            pieces[^1] = pieces[^1] with
            {
                GlyphTo = item.GlyphTo, Width = pieces[^1].Width + item.Width,
            };
            return;
        }

        var width = item.Kind == ItemKind.Glue ? item.Width + ratio * (ratio < 0 ? item.Shrink : item.Stretch) : item.Width;
        if (item.Kind == ItemKind.Glue && item.Width == 0)
        {
            // Ideographs are spread by widening the piece before.
            if (pieces.Count > 0 && pieces[^1].Word is not null) pieces[^1] = pieces[^1] with { Width = pieces[^1].Width + width, Spread = pieces[^1].Spread + width };
            return;
        }

        pieces.Add(new Piece
        {
            Word = item.Word, GlyphFrom = item.GlyphFrom, GlyphTo = item.GlyphTo, Format = format, Level = item.Level, Width = width, Destination = item.Destination,
        });
    }

    private double AddHyphen(in Item item)
    {
        var format = text.Spans[item.Format].Format;
        pieces.Add(new Piece
        {
            Word = format.Typeface.Hyphen, GlyphTo = -1, Format = format, Level = item.Level, Width = item.Width, SoftHyphen = true,
        });
        return item.Width;
    }

    private double Place(ParagraphStyle style, bool first, double width, double total)
    {
        var indent = style.IndentStart + (first ? style.FirstLineIndent : 0);
        var free = width - indent - style.IndentEnd - total;
        if (free < -0.5) session.Report.TooWide(-free);
        var fromStart = indent + style.Align switch { Alignment.Centre => free / 2, Alignment.End => free, _ => 0 };
        return RightToLeft ? width - fromStart - total : fromStart;
    }

    /// <summary>What was noted between the line's beginning and its end.</summary>
    private List<T> Within<T>(List<(int At, T What)> noted, BrokenLine line, bool first, bool last)
    {
        var from = first ? 0 : builder.Items[line.Start].TextStart;
        var to = last ? int.MaxValue : builder.Items[line.End].TextStart;
        return [.. noted.Where(entry => entry.At >= from && entry.At < to).Select(entry => entry.What)];
    }
}
