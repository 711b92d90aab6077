namespace AbstractReview.Typesetting.Layout;

/// <summary>Fills the columns of a section's pages and hands over each page when it is full.</summary>
internal sealed class Flow(double height, int columns, Action<IReadOnlyList<IReadOnlyList<Slice>>> emit, Action<Slice, double> overflow) : Sink
{
    private readonly List<List<Slice>> finished = [];
    private List<Slice> current = [];
    private double used, footed;
    private bool anything;

    public override double Remaining => height - used - footed;

    public override double ColumnHeight => height;

    /// <summary>Ends the section: the last page's columns are balanced.</summary>
    public void Finish()
    {
        if (current.Count > 0) finished.Add(current);
        current = [];
        if (finished.Count == 0) return;
        // Columns with notes at their feet stay as they were filled.
        var noted = finished.Exists(column => column.Exists(slice => slice.Notes.Count > 0));
        emit(columns > 1 && !noted && Stack.Balance([.. finished.SelectMany(column => column)], columns, height) is { } balanced ? balanced : [.. finished]);
        finished.Clear();
        (used, footed) = (0, 0);
    }

    protected override void Accept(Slice slice)
    {
        if (slice is BreakSlice stop)
        {
            if (stop.TakesHeadings && stop.BreakPenalty >= Item.Forbidden && current.Count > 1) Break(stop);
            else if (current.Count > 0 || finished.Count > 0) CloseColumn(!stop.ColumnOnly);
            return;
        }

        if (current.Count == 0 && slice is SpaceSlice && anything) return;
        if (current.Count == 0 && slice.RepeatedHead is { } head) Append(head);
        var needed = Stack.Gap(slice, used) + slice.Height + Foot(slice);
        if (used + footed + needed <= height + 0.01) Append(slice);
        else if (slice.Height > height * 0.4 && slice.Split(height - used - footed - Stack.Gap(slice, used)) is var (first, rest))
        {
            Append(first);
            CloseColumn(false);
            Accept(rest);
        }
        else Break(slice);
    }

    /// <summary>What the slice's notes would add to the column's foot.</summary>
    private double Foot(Slice slice) => slice.Notes is { Count: > 0 } notes ? Stack.Height(notes) + (footed > 0 ? 0 : Footing.Space) : 0;

    private void Append(Slice slice)
    {
        footed += Foot(slice);
        used += Stack.Gap(slice, used) + slice.Height;
        current.Add(slice);
        anything = true;
    }

    private void Break(Slice slice)
    {
        if (current.Count == 0 || (current.Count == 1 && slice.RepeatedHead == current[0]))
        {
            overflow(slice, slice.Height - height);
            Append(slice);
            return;
        }

        current.Add(slice);
        var at = Stack.BestBreak(current, slice.RepeatedHead is not null && current[0] == slice.RepeatedHead ? 1 : 0, current.Count - 1);
        if (at < 1) at = current.Count - 1;
        var rest = current.GetRange(at, current.Count - at);
        current.RemoveRange(at, current.Count - at);
        CloseColumn(false);
        foreach (var moved in rest)
            if (moved is not BreakSlice) Accept(moved);
    }

    private void CloseColumn(bool endPage)
    {
        finished.Add(current);
        current = [];
        (used, footed) = (0, 0);
        if (!endPage && finished.Count < columns) return;
        emit([.. finished]);
        finished.Clear();
    }
}
