using AbstractReview.Typesetting.Pdf;

namespace AbstractReview.Typesetting.Layout;

/// <summary>Where a block stands: its column's part, the element it belongs to, the style paragraphs take there.</summary>
internal sealed record Place(double Left, double Width, StructureElement? Parent, ParagraphStyle Style, string? Tag)
{
    public Place Inset(double left, double right) => this with { Left = Left + left, Width = Math.Max(1, Width - left - right) };
}

/// <summary>Turns blocks into slices.</summary>
internal sealed partial class BlockComposer(Session session)
{
    private readonly ParagraphComposer paragraphs = session.Paragraphs;

    public void Compose(Block block, Place place, Sink sink)
    {
        if (block.Tag is not null) place = place with { Tag = block.Tag };
        session.Report.Tag = place.Tag;
        switch (block)
        {
            case Paragraph paragraph:
                ComposeParagraph(paragraph, place, sink);
                break;
            case Heading heading:
                ComposeHeading(heading, place, sink);
                break;
            case ItemList list:
                ComposeList(list, place, sink);
                break;
            case Table table:
                new TableComposer(session, this).Compose(table, place, sink);
                break;
            case Image image:
                ComposeImage(image, place, sink);
                break;
            case Columns columns:
                ComposeColumns(columns, place, sink);
                break;
            case KeepTogether keep:
                ComposeTogether(keep, place, sink);
                break;
            case Panel panel:
                ComposePanel(panel, place, sink);
                break;
            case Spacer spacer:
                sink.Put(new SpaceSlice { Height = spacer.Height, Fill = spacer.Fill, Tag = place.Tag });
                break;
            case Rule rule:
                ComposeRule(rule, place, sink);
                break;
            case PageBreak stop:
                sink.Put(new BreakSlice { Height = 0, ColumnOnly = stop.ColumnOnly });
                break;
            case TableOfContents contents:
                new ContentsComposer(session).Compose(contents, place, sink);
                break;
            case AlphabeticalIndex index:
                new IndexComposer(session, this).Compose(index, place, sink);
                break;
            case Guarded guarded:
                ComposeGuarded(guarded, place, sink);
                break;
            default:
                throw new NotSupportedException($"No way to lay out a {block.GetType().Name}.");
        }
    }

    public void ComposeAll(IEnumerable<Block> blocks, Place place, Sink sink)
    {
        foreach (var block in blocks) Compose(block, place, sink);
        session.Report.Tag = place.Tag;
    }

    private void ComposeParagraph(Paragraph paragraph, Place place, Sink sink)
    {
        var destination = paragraph.Destination;
        var element = place.Parent?.Child("P");
        Lines(paragraph.Content, paragraph.Style ?? place.Style, place, sink, element, destination is null ? null : (page, top) => page.Arrive(page, destination, top));
    }

    private void ComposeHeading(Heading heading, Place place, Sink sink)
    {
        var style = heading.Style ?? session.Styles.Headings[Math.Clamp(heading.Level, 1, session.Styles.Headings.Count) - 1];
        var title = heading.ShortText ?? InlineText.Of(heading.Content);
        var level = Math.Clamp(heading.Level, 1, 6);
        var element = place.Parent?.Child($"H{level}");
        var destination = heading.Destination ?? session.NewDestination();
        Lines(heading.Content, style, place, sink, element, (page, top) =>
        {
            page.Arrive(page, destination, top);
            session.Begin(page, level, title, heading, destination, top);
        });
    }

    /// <summary>Sets a paragraph and puts its lines, with widow and orphan control.</summary>
    public void Lines(
        IReadOnlyList<Inline> content, ParagraphStyle style, Place place, Sink sink, StructureElement? element,
        Action<Page, double>? arrived = null, Action<Page, double, double>? beside = null)
    {
        var lines = paragraphs.Compose(content, style, place.Width);
        if (lines.Count == 0) return;
        if (element is not null && paragraphs.BidirectionalText is { } text) element.ActualText = text;
        if (element is not null && style.Language is { } language && language != element.LanguageInForce) element.Language = language;
        element?.Hold();
        // The x-height sits in the middle of the leading, as the eye expects.
        var baseline = style.Leading / 2 + style.Size * 0.3;
        for (var i = 0; i < lines.Count; i++)
        {
            sink.Put(new LineSlice
            {
                Height = style.Leading,
                Before = i == 0 ? style.SpaceBefore : 0,
                Baseline = baseline,
                Line = place.Left == 0 ? lines[i] : lines[i].Moved(place.Left),
                Element = element,
                Tag = place.Tag,
                OnGrid = style.OnGrid,
                BreakPenalty = i == 0 ? (style.KeepWithPrevious ? Item.Forbidden : 0) : style.KeepLines ? 8_000 : i == 1 || i == lines.Count - 1 ? 5_000 : 0,
                Arrived = i == 0 ? arrived : null,
                Beside = i == 0 ? beside : null,
                Foot = lines[i].Notes.Count == 0 ? [] : Foot(lines[i].Notes),
            });
        }

        element?.Release();
        sink.SpaceAfter(style.SpaceAfter);
        if (style.KeepWithNext) sink.KeepWithNext();
    }

    private List<Slice> Foot(IReadOnlyList<NoteMark> notes)
    {
        var collected = new Collected();
        var place = session.NotePlace!;
        foreach (var note in notes)
        {
            var element = place.Parent?.Child("Note");
            if (element is not null) element.Id = note.Destination;
            Lines([Text.Raised(note.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)), "\u2002", .. note.Content], session.Styles.Note, place, collected, element,
                (page, top) => page.Arrive(page, note.Destination, top));
        }

        return collected.Slices;
    }

    private void ComposeTogether(KeepTogether keep, Place place, Sink sink)
    {
        var collected = new Collected(sink.ColumnHeight);
        ComposeAll(keep.Blocks, place, collected);
        foreach (var slice in collected.Slices.Skip(1)) slice.BreakPenalty = Math.Max(slice.BreakPenalty, 9_000);
        sink.PutAll(collected);
    }

    private void ComposeGuarded(Guarded guarded, Place place, Sink sink)
    {
        var collected = new Collected(sink.ColumnHeight);
        place = place with { Tag = guarded.Tag ?? guarded.Label };
        try
        {
            ComposeAll(guarded.Content, place, collected);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            session.Report.Failures.Add(new Failure(guarded.Label, error.Message));
            collected = new Collected(sink.ColumnHeight);
            ComposeAll(guarded.Fallback(error), place, collected);
        }

        sink.PutAll(collected);
    }

    private static void ComposeRule(Rule rule, Place place, Sink sink)
    {
        var width = place.Width * Math.Clamp(rule.Width, 0, 1);
        var free = place.Width - width;
        sink.Put(new RuleSlice
        {
            Height = rule.Thickness, Before = rule.SpaceBefore, Width = width, Colour = rule.Colour, Tag = place.Tag,
            X = place.Left + rule.Align switch { Alignment.Centre => free / 2, Alignment.End => free, _ => 0 },
        });
        sink.SpaceAfter(rule.SpaceAfter);
    }

    private void ComposeImage(Image image, Place place, Sink sink)
    {
        var picture = Picture.Read(image.Data);
        var height = Math.Min(image.MaxHeight ?? double.PositiveInfinity, sink.ColumnHeight * 0.92);
        if (double.IsInfinity(height)) height = session.PageHeight * 0.6;
        var wanted = Math.Min(image.Width ?? picture.NaturalWidth, place.Width);
        var scale = Math.Min(wanted / picture.Width, height / picture.Height);
        var (width, actual) = (picture.Width * scale, picture.Height * scale);
        var free = place.Width - width;
        var element = image.AlternativeText.Length == 0 ? null : place.Parent?.Child("Figure", image.AlternativeText);
        sink.Put(new PictureSlice
        {
            Height = actual, Before = image.SpaceBefore, Width = width, Picture = picture, Element = element, Tag = place.Tag,
            X = place.Left + image.Align switch { Alignment.Centre => free / 2, Alignment.End => free, _ => 0 },
        });
        sink.SpaceAfter(image.SpaceAfter);
        if (image.Caption.Count == 0) return;
        sink.KeepWithNext();
        Lines(image.Caption, session.Styles.Caption, place, sink, place.Parent?.Child("Caption"));
        sink.SpaceAfter(image.SpaceAfter);
    }
}
