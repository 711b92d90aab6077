using System.Globalization;

namespace AbstractReview.Web.Pages.Committee;

/// <summary>A drawing of our own making and the same figures as a table beside it.</summary>
/// <param name="Id">Unique on the page.</param>
/// <param name="Title">What is shown.</param>
/// <param name="Words">What it says, in a sentence.</param>
public abstract record Plot(string Id, string Title, string Words)
{
    public const int Width = 400;

    /// <summary>A coordinate as SVG writes it.</summary>
    public static string N(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>The end of an axis: a round number at or above the highest value, whose half is whole.</summary>
    public static double Top(double most)
    {
        if (most <= 6) return Math.Max(2, 2 * Math.Ceiling(most / 2));
        var power = Math.Pow(10, Math.Floor(Math.Log10(most)));
        return new[] { 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10 }.Select(step => step * power).First(top => top >= most && top % 2 == 0);
    }
}

/// <summary>How many of what: columns over an axis of values, two series beside each other.</summary>
public sealed record ColumnPlot(string Id, string Title, string Words, string Across, string First, string? Second, IReadOnlyList<(string Label, double First, double Second)> Columns) : Plot(Id, Title, Words);

/// <summary>Bars of which a part is filled: submissions, and those accepted. Only the first <paramref name="Drawn"/> are drawn, all are in the table.</summary>
public sealed record BarPlot(string Id, string Title, string Words, string What, string Whole, string Part, int Drawn, IReadOnlyList<(string Label, string Name, int Whole, int Part)> Bars) : Plot(Id, Title, Words);

/// <summary>Totals over days.</summary>
public sealed record CurvePlot(string Id, string Title, string Words, IReadOnlyList<string> Series, IReadOnlyList<(DateOnly Day, IReadOnlyList<int> Totals)> Days) : Plot(Id, Title, Words);

/// <summary>Points to the left and the right of a middle.</summary>
public sealed record DotPlot(string Id, string Title, string Words, IReadOnlyList<(string Name, double? At, int Reviews, int Assigned, double? Mean)> Dots) : Plot(Id, Title, Words);
