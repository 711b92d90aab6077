using System.Globalization;
using AbstractReview.Typesetting.Pdf;

namespace AbstractReview.Typesetting.Layout;

/// <summary>Turns tables into rows.</summary>
internal sealed class TableComposer(Session session, BlockComposer blocks)
{
    private const double Heavy = 0.8, Light = 0.5, Hairline = 0.25;

    public void Compose(Table table, Place place, Sink sink)
    {
        if (table.Columns.Count == 0 || table.Rows.Count == 0) return;
        var widths = Widths(table, place.Width);
        var element = place.Parent?.Child("Table", attributes: Summary(table)).Hold();
        var headRows = Math.Min(table.HeaderRows, table.Rows.Count);
        var repeated = headRows == 0 ? null : Repeated(table, widths, place, sink, headRows);
        for (var i = 0; i < table.Rows.Count; i++)
        {
            var head = i < headRows;
            var row = Row(table, i, widths, place, sink, element, headRows, head ? null : repeated);
            if (i == 0) row.Before = table.SpaceBefore;
            sink.Put(row);
            if (head || table.Rows[i].KeepWithNext) sink.KeepWithNext();
        }

        element?.Release();
        sink.SpaceAfter(table.SpaceAfter);
    }

    private static double[] Widths(Table table, double width)
    {
        var fixedWidth = table.Columns.Where(column => column.Fixed).Sum(column => column.Width);
        var shares = table.Columns.Where(column => !column.Fixed).Sum(column => column.Width);
        var scale = fixedWidth > width ? width / fixedWidth : 1;
        return [.. table.Columns.Select(column => column.Fixed ? column.Width * scale : Math.Max(0, width - fixedWidth) * column.Width / shares)];
    }

    /// <summary>The head once more, for the columns a table goes on in; readers have heard it already.</summary>
    private GroupSlice Repeated(Table table, double[] widths, Place place, Sink sink, int rows)
    {
        List<Slice> slices = [];
        for (var i = 0; i < rows; i++) slices.Add(Row(table, i, widths, place with { Parent = null }, sink, null, rows, null));
        return new GroupSlice { Height = Stack.Height(slices), Slices = slices };
    }

    private RowSlice Row(Table table, int index, double[] widths, Place place, Sink sink, StructureElement? parent, int headRows, Slice? repeated)
    {
        var row = table.Rows[index];
        var head = index < headRows;
        var element = parent?.Child("TR").Hold();
        List<Cell> cells = [];
        var column = 0;
        var left = 0.0;
        foreach (var cell in row.Cells)
        {
            if (column >= widths.Length) break;
            var span = Math.Clamp(cell.Span, 1, widths.Length - column);
            var width = widths.AsSpan(column, span).ToArray().Sum();
            var collected = new Collected(sink.ColumnHeight);
            var cellElement = element?.Child(head || cell.RowHeader ? "TH" : "TD", attributes: Attributes(head, cell, span)).Hold();
            var x = table.RightToLeft ? place.Width - left - width : left;
            var style = head ? session.Styles.TableHead : session.Styles.TableCell;
            blocks.ComposeAll(cell.Blocks, new Place(place.Left + x + table.PaddingX, Math.Max(1, width - 2 * table.PaddingX), cellElement, style, place.Tag), collected);
            cells.Add(new Cell(place.Left + x, width, collected.Slices, cell.Shading ?? row.Shading, cell.Vertical, cellElement));
            column += span;
            left += width;
        }

        return new RowSlice
        {
            Height = cells.Count == 0 ? 0 : cells.Max(cell => Stack.Height(cell.Slices)) + 2 * table.PaddingY,
            Cells = cells, PaddingY = table.PaddingY, X = place.Left, Width = place.Width, Row = element, Tag = place.Tag, RepeatedHead = repeated,
            Above = table.Rules is TableRules.None || index > 0 ? 0 : Heavy,
            Below = Below(table, index, headRows), Grid = table.Rules == TableRules.Grid,
        };
    }

    private static double Below(Table table, int index, int headRows) => table.Rules switch
    {
        TableRules.None => 0,
        _ when index == table.Rows.Count - 1 => Heavy,
        _ when index == headRows - 1 => Light,
        TableRules.Rows or TableRules.Grid => Hairline,
        _ => 0,
    };

    private static string? Summary(Table table)
        => table.Summary is null ? null : $"<</O/Table/Summary{System.Text.Encoding.ASCII.GetString(new ByteWriter().TextString(table.Summary).Written)}>>";

    private static string? Attributes(bool head, TableCell cell, int span)
    {
        var scope = head ? "/Scope/Column" : cell.RowHeader ? "/Scope/Row" : "";
        var columns = span > 1 ? "/ColSpan " + span.ToString(CultureInfo.InvariantCulture) : "";
        return scope.Length + columns.Length == 0 ? null : $"<</O/Table{scope}{columns}>>";
    }
}

/// <summary>A cell that is set: its place in the column and its slices, whose own places count from the column as well.</summary>
internal sealed record Cell(double X, double Width, IReadOnlyList<Slice> Slices, Colour? Shading, VerticalAlign Vertical, StructureElement? Element);

/// <summary>Slices drawn as one.</summary>
internal sealed class GroupSlice : Slice
{
    public required IReadOnlyList<Slice> Slices { get; init; }

    public override void Draw(Page page, double x, double top) => Stack.Draw(Slices, page, x, top);
}

/// <summary>A row of a table.</summary>
internal sealed class RowSlice : Slice
{
    public required IReadOnlyList<Cell> Cells { get; init; }

    public required double PaddingY { get; init; }

    public required double X { get; init; }

    public required double Width { get; init; }

    public required StructureElement? Row { get; init; }

    /// <summary>Thickness of the lines above and below, in points; 0 for none.</summary>
    public double Above { get; init; }

    public double Below { get; init; }

    public bool Grid { get; init; }

    /// <summary>The rest of the row follows in the next column.</summary>
    public bool Continues { get; init; }

    public override IReadOnlyList<Slice> Notes => Footing.Of(Cells.SelectMany(cell => cell.Slices));

    public override void Draw(Page page, double x, double top)
    {
        foreach (var cell in Cells)
        {
            if (cell.Shading is { } shade) page.Shade(x + cell.X, top, cell.Width, Height, shade);
            var free = Height - 2 * PaddingY - Stack.Height(cell.Slices);
            cell.Element?.Materialize(); // an empty cell is a cell, too
            var down = cell.Vertical switch { VerticalAlign.Middle => free / 2, VerticalAlign.Bottom => free, _ => 0 };
            Stack.Draw(cell.Slices, page, x, top + PaddingY + down);
            if (!Grid) continue;
            page.Line(x + cell.X, top, 0.25, Height);
            page.Line(x + cell.X + cell.Width - 0.25, top, 0.25, Height);
        }

        if (Above > 0) page.Line(x + X, top - Above / 2, Width, Above);
        if (Below > 0) page.Line(x + X, top + Height - Below / 2, Width, Below);
        if (Continues) return;
        foreach (var cell in Cells) cell.Element?.Release();
        Row?.Release();
    }

    public override (Slice First, Slice Remainder)? Split(double height)
    {
        List<Cell> first = [], rest = [];
        var room = height - 2 * PaddingY;
        foreach (var cell in Cells)
        {
            var to = cell.Slices.Count == 0 || cell.Slices[0].Height > room ? 0 : Stack.Fitting(cell.Slices, 0, room);
            if (to == 0 && cell.Slices.Count > 0) return null;
            first.Add(cell with { Slices = [.. cell.Slices.Take(to)] });
            rest.Add(cell with { Slices = [.. cell.Slices.Skip(to)] });
        }

        if (rest.TrueForAll(cell => cell.Slices.Count == 0)) return null;
        return (Part(first, Above, 0, true), Part(rest, 0, Below, Continues));
    }

    private RowSlice Part(List<Cell> cells, double above, double below, bool continues) => new()
    {
        Height = cells.Max(cell => Stack.Height(cell.Slices)) + 2 * PaddingY,
        Cells = cells, PaddingY = PaddingY, X = X, Width = Width, Row = Row, Tag = Tag, RepeatedHead = RepeatedHead, Above = above, Below = below, Grid = Grid, Continues = continues,
    };
}
