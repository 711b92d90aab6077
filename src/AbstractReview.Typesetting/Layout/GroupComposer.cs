using System.Globalization;

namespace AbstractReview.Typesetting.Layout;

/// <summary>Blocks that hold blocks: lists, columns, panels.</summary>
internal sealed partial class BlockComposer
{
    private const double MarkerWidth = 16;

    private void ComposeList(ItemList list, Place place, Sink sink)
    {
        var element = place.Parent?.Child("L").Hold();
        var style = session.Styles.ListItem;
        var rtl = list.RightToLeft ?? session.IsRightToLeft;
        var inner = rtl ? place.Inset(0, MarkerWidth) : place.Inset(MarkerWidth, 0);
        for (var i = 0; i < list.Items.Count; i++)
        {
            var item = list.Items[i];
            var itemElement = element?.Child("LI").Hold();
            var body = itemElement?.Child("LBody").Hold();
            var label = itemElement?.Child("Lbl");
            var marker = item.Label ?? Marker(list.Marker, list.Start + i);
            var collected = new Collected(sink.ColumnHeight);
            ComposeAll(item.Blocks, inner with { Parent = body, Style = style }, collected);
            if (collected.Slices.Count > 0) collected.Slices[0] = WithMarker(collected.Slices[0], marker, label, style, place, rtl);
            sink.PutAll(collected);
            body?.Release();
            itemElement?.Release();
        }

        element?.Release();
        sink.SpaceAfter(session.Styles.Body.SpaceAfter);
    }

    private MarkerSlice WithMarker(Slice first, string marker, Pdf.StructureElement? label, ParagraphStyle style, Place place, bool rtl)
    {
        var line = paragraphs.Compose([new Text(marker)], style with { Align = Alignment.End, IndentStart = 0, IndentEnd = 5, Direction = rtl ? TextDirection.RightToLeft : TextDirection.LeftToRight }, MarkerWidth);
        // A marker wider than its place hangs out to the side rather than over the text.
        return new MarkerSlice
        {
            Height = first.Height, OnGrid = first.OnGrid, Before = first.Before, BreakPenalty = first.BreakPenalty, Tag = first.Tag, Inner = first, Label = label?.Hold(), Element = first.Element,
            Line = line.Count == 0 ? null : line[0].Moved(rtl ? place.Left + place.Width - MarkerWidth : place.Left),
            Baseline = first is LineSlice text ? text.Baseline : style.Leading / 2 + style.Size * 0.3,
        };
    }

    private static string Marker(ListMarker marker, int number) => marker switch
    {
        ListMarker.Bullet => "\u2022",
        ListMarker.Dash => "\u2013",
        ListMarker.Letter => $"{(char)('a' + (number - 1) % 26)})",
        ListMarker.RomanNumber => Numerals.Roman(number) + ".",
        _ => number.ToString(CultureInfo.InvariantCulture) + ".",
    };

    private void ComposeColumns(Columns columns, Place place, Sink sink)
    {
        var count = Math.Max(1, columns.Count);
        var width = (place.Width - columns.Gap * (count - 1)) / count;
        var collected = new Collected(sink.ColumnHeight);
        ComposeAll(columns.Blocks, place with { Left = 0, Width = width }, collected);
        PutColumns(collected.Slices, count, width + columns.Gap, place, sink);
    }

    /// <summary>Divides slices into rows of balanced columns, as high as each page allows.</summary>
    public void PutColumns(List<Slice> slices, int count, double step, Place place, Sink sink)
    {
        var rest = slices;
        while (rest.Count > 0)
        {
            var room = sink.Room;
            if (room < 50 && sink.ColumnHeight > room)
            {
                sink.NextColumn();
                room = sink.Room;
            }

            var columns = Stack.Balance(rest, count, room);
            var taken = rest.Count;
            if (columns is null)
            {
                columns = [];
                var from = 0;
                for (var column = 0; column < count && from < rest.Count; column++)
                {
                    var to = Stack.Fitting(rest, from, room);
                    columns.Add(rest.GetRange(from, to - from));
                    from = to;
                }

                taken = from;
            }

            var rtl = session.IsRightToLeft;
            sink.Put(new ColumnsSlice
            {
                Height = columns.Max(Stack.Height), Columns = columns, Tag = place.Tag,
                Step = rtl ? -step : step, X = place.Left + (rtl ? step * (count - 1) : 0),
            });
            rest = rest.GetRange(taken, rest.Count - taken);
        }
    }

    private void ComposePanel(Panel panel, Place place, Sink sink)
    {
        var inside = new Collected(sink.ColumnHeight);
        ComposeAll(panel.Blocks, place.Inset(panel.Padding, panel.Padding), inside);
        var collected = new Collected();
        for (var i = 0; i < inside.Slices.Count; i++)
        {
            var (inner, first, last) = (inside.Slices[i], i == 0, i == inside.Slices.Count - 1);
            var top = first ? panel.Padding : inner.Before;
            collected.Put(new PanelSlice
            {
                Height = top + inner.Height + (last ? panel.Padding : 0), Inner = inner, InnerTop = top, X = place.Left, Width = place.Width,
                Panel = panel, First = first, Last = last, BreakPenalty = inner.BreakPenalty, Before = first ? panel.SpaceBefore : 0, Tag = inner.Tag,
                RightToLeft = session.IsRightToLeft,
            });
        }

        sink.PutAll(collected);
        sink.SpaceAfter(panel.SpaceAfter);
    }
}

/// <summary>The first slice of a list item with its marker beside it.</summary>
internal sealed class MarkerSlice : Slice
{
    public required Slice Inner { get; init; }

    public required TextLine? Line { get; init; }

    public required double Baseline { get; init; }

    public required Pdf.StructureElement? Label { get; init; }

    public override IReadOnlyList<Slice> Notes => Inner.Notes;

    public override void Draw(Page page, double x, double top)
    {
        if (Line is not null) page.DrawLine(Label, Line, x, top + Baseline);
        Label?.Release();
        Inner.Draw(page, x, top);
    }
}
