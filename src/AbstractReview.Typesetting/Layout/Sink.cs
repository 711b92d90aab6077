namespace AbstractReview.Typesetting.Layout;

/// <summary>Takes slices in reading order and settles the space between them.</summary>
internal abstract class Sink
{
    private double after;
    private bool keep;

    /// <summary>Height left before the next column, in points.</summary>
    public virtual double Remaining => double.PositiveInfinity;

    /// <summary>What of <see cref="Remaining"/> the space due before the next slice leaves.</summary>
    public double Room => Remaining - after;

    /// <summary>Height of an empty column.</summary>
    public virtual double ColumnHeight => double.PositiveInfinity;

    public void Put(Slice slice)
    {
        slice.Before = Math.Max(slice.Before, after);
        if (keep) slice.BreakPenalty = Item.Forbidden;
        (after, keep) = (0, false);
        slice.Element?.Hold();
        Accept(slice);
    }

    /// <summary>White space of which, with the next slice's, the larger counts.</summary>
    public void SpaceAfter(double points) => after = Math.Max(after, points);

    /// <summary>No column break before the next slice.</summary>
    public void KeepWithNext() => keep = true;

    /// <summary>Goes on in the next column, with the headings that belong to what follows.</summary>
    public void NextColumn()
    {
        var (space, held) = (after, keep);
        Put(new BreakSlice { Height = 0, ColumnOnly = true, TakesHeadings = true });
        (after, keep) = (space, held);
    }

    /// <summary>Hands over what another sink collected.</summary>
    public void PutAll(Collected other)
    {
        foreach (var slice in other.Slices)
        {
            Put(slice);
            slice.Element?.Release(); // was held by the other sink as well
        }

        after = Math.Max(after, ((Sink)other).after);
        keep |= ((Sink)other).keep;
    }

    protected abstract void Accept(Slice slice);
}

/// <summary>Keeps slices in a list, for blocks that must know all of them.</summary>
internal sealed class Collected(double columnHeight = double.PositiveInfinity) : Sink
{
    public List<Slice> Slices { get; } = [];

    public override double ColumnHeight => columnHeight;

    public override double Remaining => columnHeight;

    protected override void Accept(Slice slice) => Slices.Add(slice);
}
