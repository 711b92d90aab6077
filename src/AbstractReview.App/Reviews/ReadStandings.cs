using System.Globalization;
using AbstractReview.App.Call;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Submissions;
using MediatR;

namespace AbstractReview.App.Reviews;

/// <summary>The committee's table of standings: the areas a person judges, filtered, sorted, a page at a time.</summary>
public sealed record ReadStandings(StandingFilter Filter, Actor By) : IQuery<StandingPage>;

/// <summary>One submission's standing.</summary>
public sealed record ReadStanding(int Number, Actor By) : IQuery<StandingView>;

public enum StandingOrder { Calibrated, Mean, Number, Spread, Reviews, Title }

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
    /// <summary>Words of the title, or a number.</summary>
    public string? Search { get; init; }
    public StandingOrder Order { get; init; }
    /// <summary>Turns the order around; scores begin with the highest otherwise, numbers and titles with the lowest.</summary>
    public bool Reverse { get; init; }
    public int Skip { get; init; }
    /// <summary>Rows of a page, 1 to <see cref="MaxTake"/>.</summary>
    public int Take { get; init; } = 50;
}

/// <param name="Items">The rows of this page.</param>
/// <param name="Total">Rows on all pages.</param>
/// <param name="Lines">The acceptance line of each area with limited slots.</param>
public sealed record StandingPage(IReadOnlyList<StandingView> Items, int Total, IReadOnlyList<AreaLine> Lines);

/// <summary>Where an area's oral slots end, were they given by calibrated score alone.</summary>
/// <param name="AreaCode">The area.</param>
/// <param name="Slots">Its oral slots.</param>
/// <param name="Candidates">Submissions with a calibrated score.</param>
/// <param name="Score">Half way between the last one in and the first one out; null where all fit.</param>
/// <param name="Near">Those whose 90 % interval holds the line: the scores alone cannot tell on which side they belong.</param>
public sealed record AreaLine(string AreaCode, int Slots, int Candidates, double? Score, int Near)
{
    public static AreaLine Of(Area area, IEnumerable<StandingView> standings)
    {
        var ranked = standings.Where(s => s.AreaCode == area.Code && s.Calibrated is not null && s.State != SubmissionState.Withdrawn).OrderByDescending(s => s.Calibrated).ToList();
        if (area.OralCapacity == 0 || ranked.Count <= area.OralCapacity) return new AreaLine(area.Code, area.OralCapacity, ranked.Count, null, 0);
        var line = (ranked[area.OralCapacity - 1].Calibrated + ranked[area.OralCapacity].Calibrated) / 2;
        return new AreaLine(area.Code, area.OralCapacity, ranked.Count, line, ranked.Count(s => s.Low <= line && line <= s.High));
    }
}

internal sealed class ReadStandingsHandler(Standings standings, ConferenceReader conference)
    : IRequestHandler<ReadStandings, StandingPage>, IRequestHandler<ReadStanding, StandingView>
{
    public async Task<StandingPage> Handle(ReadStandings query, CancellationToken ct)
    {
        Access.Require(Access.MaySeeStandings(query.By), "see the standings");
        var filter = query.Filter;
        if (filter.Skip < 0) throw new RuleBrokenException("cursor", "This cursor is not one of ours.");
        if (filter.Take is < 1 or > StandingFilter.MaxTake) throw new RuleBrokenException("take", $"Ask for 1 to {StandingFilter.MaxTake} rows.");
        var all = await standings.Seen(query.By, ct);
        var call = await conference.Current(ct);
        var found = Sorted(all.Where(s => Fits(s, filter)), filter).ToList();
        var seen = call.Areas.Where(a => query.By.IsSecretariat || query.By.ChairsArea(a.Code));
        return new StandingPage(found.Skip(filter.Skip).Take(filter.Take).ToList(), found.Count, seen.Select(a => AreaLine.Of(a, all)).ToList());
    }

    public async Task<StandingView> Handle(ReadStanding query, CancellationToken ct)
        => await standings.Seen(query.Number, query.By, ct) is { } standing && Access.MaySeeStandings(query.By)
            ? standing
            : throw new NotFoundException($"There is no standing of submission {query.Number} for you.");

    private static bool Fits(StandingView s, StandingFilter f)
        => (string.IsNullOrEmpty(f.Area) || s.AreaCode == f.Area)
           && (f.State is null || s.State == f.State)
           && (f.Decision is null || s.Decision == f.Decision)
           && (!f.Undecided || (s.Decision is null && s.State.May(Verb.Decide)))
           && (!f.Disagreement || s.Details.Disagreement)
           && (!f.Incomplete || s.Reviews < Math.Max(1, s.Wanted))
           && (string.IsNullOrWhiteSpace(f.Search) || Says(s, f.Search.Trim()));

    private static bool Says(StandingView s, string words)
        => s.Number.ToString(CultureInfo.InvariantCulture) == words.TrimStart('#')
           || words.Split(' ', StringSplitOptions.RemoveEmptyEntries)
               .All(w => CultureInfo.InvariantCulture.CompareInfo.IndexOf(s.Title, w, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0);

    // Without a score comes last, whichever way round; equals stand by number.
    private static IEnumerable<StandingView> Sorted(IEnumerable<StandingView> rows, StandingFilter f) => f.Order switch
    {
        StandingOrder.Number => f.Reverse ? rows.OrderByDescending(s => s.Number) : rows.OrderBy(s => s.Number),
        StandingOrder.Title => f.Reverse ? rows.OrderByDescending(s => s.Title, StringComparer.InvariantCultureIgnoreCase).ThenBy(s => s.Number) : rows.OrderBy(s => s.Title, StringComparer.InvariantCultureIgnoreCase).ThenBy(s => s.Number),
        StandingOrder.Reviews => By(rows, s => s.Reviews, f.Reverse),
        StandingOrder.Mean => By(rows, s => s.Mean, f.Reverse),
        StandingOrder.Spread => By(rows, s => s.Spread, f.Reverse),
        _ => By(rows, s => s.Calibrated, f.Reverse),
    };

    private static IOrderedEnumerable<StandingView> By(IEnumerable<StandingView> rows, Func<StandingView, double?> key, bool reverse)
    {
        var known = rows.OrderBy(s => key(s) is null);
        return (reverse ? known.ThenBy(key) : known.ThenByDescending(key)).ThenBy(s => s.Number);
    }
}
