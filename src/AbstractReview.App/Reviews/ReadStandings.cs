using AbstractReview.App.Call;
using AbstractReview.App.Decisions;
using AbstractReview.App.Sheets;
using AbstractReview.App.Storage;
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

/// <summary>All rows that a filter finds, in its order, for a file. <see cref="StandingFilter.Skip"/> and <see cref="StandingFilter.Take"/> are not asked.</summary>
public sealed record ExportStandings(StandingFilter Filter, Actor By) : IQuery<StandingExport>;

/// <param name="Items">The rows.</param>
/// <param name="Lines">The acceptance line of each area.</param>
/// <param name="Sheet">The same for a spreadsheet.</param>
public sealed record StandingExport(IReadOnlyList<StandingView> Items, IReadOnlyList<AreaLine> Lines, Sheet Sheet);

/// <param name="Items">The rows of this page.</param>
/// <param name="Total">Rows on all pages.</param>
/// <param name="Lines">The acceptance line of each area.</param>
/// <param name="Rooms">Places of each area and kind that has a limit, and those taken.</param>
public sealed record StandingPage(IReadOnlyList<StandingView> Items, int Total, IReadOnlyList<AreaLine> Lines, IReadOnlyList<AreaRoom> Rooms);

/// <summary>Where an area's oral slots end, were they given by calibrated score alone.</summary>
/// <param name="AreaCode">The area.</param>
/// <param name="Slots">Its oral slots.</param>
/// <param name="Candidates">Submissions with a calibrated score.</param>
/// <param name="Score">Half way between the last one in and the first one out; null where all fit.</param>
/// <param name="Near">Those whose 90 % interval holds the line: the scores alone cannot tell on which side they belong.</param>
public sealed record AreaLine(string AreaCode, int Slots, int Candidates, double? Score, int Near)
{
    /// <summary>The scores alone cannot tell on which side of the line this one belongs.</summary>
    public bool Holds(StandingView s) => s.AreaCode == AreaCode && Contends(s) && s.Low <= Score && Score <= s.High;

    public static AreaLine Of(Area area, IEnumerable<StandingView> standings)
    {
        var ranked = standings.Where(s => s.AreaCode == area.Code && Contends(s)).OrderByDescending(s => s.Calibrated).ToList();
        if (area.Places(DecisionKind.Oral) is not { } slots || ranked.Count <= slots) return new AreaLine(area.Code, area.OralCapacity, ranked.Count, null, 0);
        var line = new AreaLine(area.Code, slots, ranked.Count, (ranked[slots - 1].Calibrated + ranked[slots].Calibrated) / 2, 0);
        return line with { Near = ranked.Count(line.Holds) };
    }

    private static bool Contends(StandingView s) => s.Calibrated is not null && s.State is not (SubmissionState.Withdrawn or SubmissionState.Returned);
}

internal sealed class ReadStandingsHandler(Db db, Standings standings, ConferenceReader conference, KeptAnswers kept)
    : IRequestHandler<ReadStandings, StandingPage>, IRequestHandler<ReadStanding, StandingView>, IRequestHandler<ExportStandings, StandingExport>
{
    public async Task<StandingPage> Handle(ReadStandings query, CancellationToken ct)
    {
        var filter = query.Filter;
        if (filter.Skip < 0) throw new RuleBrokenException("cursor", "This cursor is not one of ours.");
        if (filter.Take is < 1 or > StandingFilter.MaxTake) throw new RuleBrokenException("take", $"Ask for 1 to {StandingFilter.MaxTake} rows.");
        var seen = await Seen(query.By, ct);
        var found = Found(filter, seen);
        return new StandingPage(found.Skip(filter.Skip).Take(filter.Take).ToList(), found.Count, seen.Lines, seen.Rooms);
    }

    public async Task<StandingExport> Handle(ExportStandings query, CancellationToken ct)
    {
        var seen = await Seen(query.By, ct);
        var found = Found(query.Filter, seen);
        return new StandingExport(found, seen.Lines, StandingSheet.Of(found, seen.Lines, (await conference.Current(ct)).Review));
    }

    public async Task<StandingView> Handle(ReadStanding query, CancellationToken ct)
        => Access.MaySeeStandings(query.By) && await standings.Seen(query.Number, query.By, ct) is { } standing
            ? standing
            : throw new NotFoundException($"There is no standing of submission {query.Number} for you.");

    private Task<Table> Seen(Actor by, CancellationToken ct)
    {
        Access.Require(Access.MaySeeStandings(by), "see the standings");
        return kept.Get(db, DataParts.Standings, (Standings.KeyOf(by), "lines"), async () =>
        {
            var all = await standings.Seen(by, ct);
            var areas = (await conference.Current(ct)).Areas.Where(a => by.IsSecretariat || by.ChairsArea(a.Code)).ToList();
            return new Table(all, areas.Select(a => AreaLine.Of(a, all)).ToList(), AreaRoom.Of(areas, all));
        }, ct);
    }

    private static List<StandingView> Found(StandingFilter filter, Table seen)
    {
        var byArea = seen.Lines.ToDictionary(l => l.AreaCode);
        return filter.Sorted(seen.All.Where(s => filter.Fits(s, byArea.GetValueOrDefault(s.AreaCode)))).ToList();
    }

    private sealed record Table(IReadOnlyList<StandingView> All, IReadOnlyList<AreaLine> Lines, IReadOnlyList<AreaRoom> Rooms);
}
