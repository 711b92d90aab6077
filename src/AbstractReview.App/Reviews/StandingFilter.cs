using System.Globalization;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Reviews;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Reviews;

public enum StandingOrder { Calibrated, Mean, Number, Spread, Reviews, Title, Area, Decision }

/// <summary>What is asked of the standings; empty values ask nothing.</summary>
public sealed record StandingFilter
{
    public const int MaxTake = 500;

    public string? Area { get; init; }
    public SubmissionState? State { get; init; }
    /// <summary>Decided as this.</summary>
    public DecisionKind? Decision { get; init; }
    /// <summary>Only those without a decision.</summary>
    public bool Undecided { get; init; }
    /// <summary>Only those whose reviews disagree.</summary>
    public bool Disagreement { get; init; }
    /// <summary>Only those with fewer reviews than wanted.</summary>
    public bool Incomplete { get; init; }
    /// <summary>Only those whose interval holds their area's acceptance line.</summary>
    public bool Near { get; init; }
    /// <summary>Only those that fall to the reader because another who chairs them may not judge them.</summary>
    public bool Falls { get; init; }
    /// <summary>What the authors would like: oral, poster or either.</summary>
    public string? Presentation { get; init; }
    /// <summary>Recommended so by at least half of the reviews.</summary>
    public Recommendation? Recommended { get; init; }
    /// <summary>Words of the title, or a number.</summary>
    public string? Search { get; init; }
    public StandingOrder Order { get; init; }
    /// <summary>Turns the order around; scores begin with the highest otherwise, numbers and titles with the lowest.</summary>
    public bool Reverse { get; init; }
    public int Skip { get; init; }
    /// <summary>Rows of a page, 1 to <see cref="MaxTake"/>.</summary>
    public int Take { get; init; } = 50;

    /// <param name="s">A standing.</param>
    /// <param name="line">The acceptance line of its area; null where it has none.</param>
    internal bool Fits(StandingView s, AreaLine? line)
        => (string.IsNullOrEmpty(Area) || s.AreaCode == Area)
           && (State is null || s.State == State)
           && (Decision is null || s.Decision == Decision)
           && (!Undecided || (s.Decision is null && s.State.May(Verb.Decide)))
           && (!Falls || s.FallsFrom.Count > 0)
           && (!Incomplete || s.Reviews < Math.Max(1, s.Wanted))
           && (!Near || line?.Holds(s) == true)
           && (string.IsNullOrEmpty(Presentation) || string.Equals(s.Presentation, Presentation, StringComparison.OrdinalIgnoreCase))
           && (!Disagreement || s.Details.Disagreement)
           && (Recommended is not { } kind || 2 * s.Details.Recommendations.GetValueOrDefault(kind) >= Math.Max(1, s.Reviews))
           && (string.IsNullOrWhiteSpace(Search) || Says(s, Search.Trim()));

    /// <summary>Without a score comes last, whichever way round; equals stand by number.</summary>
    internal IEnumerable<StandingView> Sorted(IEnumerable<StandingView> rows) => Order switch
    {
        StandingOrder.Number => Reverse ? rows.OrderByDescending(s => s.Number) : rows.OrderBy(s => s.Number),
        StandingOrder.Title => Words(rows, s => s.Title),
        StandingOrder.Area => rows.OrderBy(s => s.Number).Order(Comparer<StandingView>.Create((a, b) => (Reverse ? -1 : 1) * CompareAreas(a.AreaCode, b.AreaCode))),
        StandingOrder.Decision => By(rows, s => s.Decision is { } kind ? -(int)kind : null),
        StandingOrder.Reviews => By(rows, s => s.Reviews),
        StandingOrder.Mean => By(rows, s => s.Mean),
        StandingOrder.Spread => By(rows, s => s.Spread),
        _ => By(rows, s => s.Calibrated),
    };

    private static bool Says(StandingView s, string words)
        => s.Number.ToString(CultureInfo.InvariantCulture) == words.TrimStart('#')
           || words.Split(' ', StringSplitOptions.RemoveEmptyEntries)
               .All(w => CultureInfo.InvariantCulture.CompareInfo.IndexOf(s.Title, w, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0);

    private IOrderedEnumerable<StandingView> Words(IEnumerable<StandingView> rows, Func<StandingView, string> key)
        => (Reverse ? rows.OrderByDescending(key, StringComparer.InvariantCultureIgnoreCase) : rows.OrderBy(key, StringComparer.InvariantCultureIgnoreCase)).ThenBy(s => s.Number);

    private IOrderedEnumerable<StandingView> By(IEnumerable<StandingView> rows, Func<StandingView, double?> key)
    {
        var known = rows.OrderBy(s => key(s) is null);
        return (Reverse ? known.ThenBy(key) : known.ThenByDescending(key)).ThenBy(s => s.Number);
    }

    // TA2 before TA10.
    private static int CompareAreas(string a, string b)
        => string.CompareOrdinal(a.TrimEnd(Digits), b.TrimEnd(Digits)) is var letters and not 0 ? letters : a.Length != b.Length ? a.Length.CompareTo(b.Length) : string.CompareOrdinal(a, b);

    private static readonly char[] Digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
}
