using AbstractReview.App.Audit;
using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Reviews;
using MediatR;

namespace AbstractReview.App.Reviews;

/// <summary>
/// What the committee's plots show, from the submissions whose standing the person sees and from nothing else: neither a load nor a
/// leniency can be subtracted to find out about one that is hidden; how much reviewers differ at all is taken from the whole conference, as the
/// job that collects scores found it. That reviewers are named is recorded. A person's plots are kept until something
/// they are made from changes.
/// </summary>
public sealed record ReadPlots(Actor By) : IQuery<PlotData>;

/// <param name="ScoreMin">Lowest score of the call.</param>
/// <param name="ScoreMax">Highest score of the call.</param>
/// <param name="Overall">The overall score of each review handed in.</param>
/// <param name="Calibrated">The calibrated score of each submission that has one.</param>
/// <param name="Reviewers">Who reviews, by name.</param>
/// <param name="LeniencyKnown">The reviews show that reviewers differ; otherwise all leniencies are 0.</param>
/// <param name="Days">From the first submission to the last thing that happened, in the conference's zone; each day's totals so far.</param>
/// <param name="Areas">In the call's order.</param>
/// <param name="Countries">Of the presenting authors, the most first.</param>
public sealed record PlotData(
    int ScoreMin, int ScoreMax, IReadOnlyList<double> Overall, IReadOnlyList<double> Calibrated, IReadOnlyList<ReviewerPlot> Reviewers, bool LeniencyKnown,
    IReadOnlyList<DayPlot> Days, IReadOnlyList<SharePlot> Areas, IReadOnlyList<SharePlot> Countries);

/// <param name="Name">The reviewer.</param>
/// <param name="Assigned">Submissions they have or had and reviewed.</param>
/// <param name="Reviews">Reviews handed in.</param>
/// <param name="Mean">Mean of their overall scores; null without reviews.</param>
/// <param name="Leniency">How much higher than the average reviewer they score, in points; null without reviews.</param>
public sealed record ReviewerPlot(string Name, int Assigned, int Reviews, double? Mean, double? Leniency);

public sealed record DayPlot(DateOnly Day, int Submitted, int Reviews, int Decided);

/// <param name="Code">The area's code or the country's.</param>
/// <param name="Submitted">Submissions.</param>
/// <param name="Reviewed">Those with a score.</param>
/// <param name="Accepted">Decided for oral, poster or panel, published or pending.</param>
public sealed record SharePlot(string Code, int Submitted, int Reviewed, int Accepted);

internal sealed class ReadPlotsHandler(Db db, Standings standings, ConferenceReader conference, KeptAnswers kept, IdentityReadings readings) : IRequestHandler<ReadPlots, PlotData>
{
    public async Task<PlotData> Handle(ReadPlots query, CancellationToken ct)
    {
        Access.Require(Access.MaySeeStandings(query.By), "see the plots");
        var plots = await kept.Get(db, DataParts.Reviewing, (Standings.KeyOf(query.By), "plots"), () => Draw(query.By, ct), ct);
        await readings.RecordAll(query.By, "plots", ct);
        return plots;
    }

    private async Task<PlotData> Draw(Actor by, CancellationToken ct)
    {
        var call = await conference.Current(ct);
        var seen = (await standings.Seen(by, ct)).ToDictionary(s => s.Number);
        var reviews = (await db.All<ReviewRow>(ReadReviews, null, ct)).Where(r => seen.ContainsKey(r.Number)).ToList();
        var origins = (await db.All<OriginRow>(ReadOrigins, null, ct)).Where(o => seen.ContainsKey(o.Number)).ToList();
        var ratios = await db.One<RatioRow>(ReadRatios, null, ct) is { } row ? new VarianceRatios(row.SubmissionRatio, row.ReviewerRatio) : default;
        var leniency = Calibration.LeniencyOf(reviews.Select(r => new Scored(r.Number, r.ReviewerId, r.Overall)).ToList(), ratios);
        var reviewers = await Reviewers(seen, reviews, leniency, ct);
        return new PlotData(
            call.Review.ScoreMin, call.Review.ScoreMax,
            reviews.Select(r => r.Overall).ToList(), seen.Values.Select(s => s.Calibrated).OfType<double>().ToList(),
            reviewers, ratios.Reviewers > 0,
            Days(call, origins, reviews, seen.Values),
            call.Areas.Where(a => by.IsSecretariat || by.ChairsArea(a.Code)).Select(a => Share(a.Code, seen.Values.Where(s => s.AreaCode == a.Code))).ToList(),
            origins.GroupBy(o => o.Country).Select(g => Share(g.Key, g.Select(o => seen[o.Number]))).OrderByDescending(c => c.Submitted).ThenBy(c => c.Code, StringComparer.Ordinal).ToList());
    }

    private async Task<IReadOnlyList<ReviewerPlot>> Reviewers(Dictionary<int, StandingView> seen, List<ReviewRow> reviews, IReadOnlyDictionary<int, double> leniencies, CancellationToken ct)
    {
        var names = (await db.All<NameRow>(ReadNames, null, ct)).ToDictionary(n => n.Id, n => PersonName.Full(n.GivenName, n.FamilyName));
        var scores = reviews.ToLookup(r => r.ReviewerId, r => r.Overall);
        var loads = (await db.All<PairRow>(ReadAssigned, null, ct)).Where(p => seen.ContainsKey(p.Number)).CountBy(p => p.ReviewerId).ToDictionary();
        return scores.Select(g => g.Key).Union(loads.Keys)
            .Select(id => new ReviewerPlot(names.GetValueOrDefault(id, ""), loads.GetValueOrDefault(id), scores[id].Count(), scores[id].Any() ? scores[id].Average() : null,
                leniencies.TryGetValue(id, out var leniency) ? leniency : null))
            .OrderBy(r => r.Name, StringComparer.InvariantCulture).ToList();
    }

    private static SharePlot Share(string code, IEnumerable<StandingView> some)
    {
        var all = some.ToList();
        return new SharePlot(code, all.Count, all.Count(s => s.Reviews > 0), all.Count(s => s.Decision?.Accepts() == true));
    }

    private static List<DayPlot> Days(Conference call, List<OriginRow> origins, List<ReviewRow> reviews, IEnumerable<StandingView> seen)
    {
        var zone = call.TimeZone;
        DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
        var submitted = origins.Select(o => o.SubmittedAt).OfType<DateTimeOffset>().CountBy(Day).ToDictionary();
        var reviewed = reviews.Select(r => r.SubmittedAt).OfType<DateTimeOffset>().CountBy(Day).ToDictionary();
        var decided = seen.Select(s => s.DecidedAt).OfType<DateTimeOffset>().CountBy(Day).ToDictionary();
        var days = submitted.Keys.Concat(reviewed.Keys).Concat(decided.Keys).ToList();
        if (days.Count == 0) return [];
        var (all, total) = (new List<DayPlot>(), (Submitted: 0, Reviews: 0, Decided: 0));
        for (var day = days.Min(); day <= days.Max(); day = day.AddDays(1))
        {
            total = (total.Submitted + submitted.GetValueOrDefault(day), total.Reviews + reviewed.GetValueOrDefault(day), total.Decided + decided.GetValueOrDefault(day));
            all.Add(new DayPlot(day, total.Submitted, total.Reviews, total.Decided));
        }

        return all;
    }

    private sealed record ReviewRow
    {
        public required int Number { get; init; }
        public required int ReviewerId { get; init; }
        public required double Overall { get; init; }
        public required DateTimeOffset? SubmittedAt { get; init; }
    }

    private sealed record RatioRow
    {
        public required double SubmissionRatio { get; init; }
        public required double ReviewerRatio { get; init; }
    }

    private sealed record OriginRow
    {
        public required int Number { get; init; }
        public required string Country { get; init; }
        public required DateTimeOffset? SubmittedAt { get; init; }
    }

    private sealed record PairRow
    {
        public required int Number { get; init; }
        public required int ReviewerId { get; init; }
    }

    private sealed record NameRow
    {
        public required int Id { get; init; }
        public required string GivenName { get; init; }
        public required string FamilyName { get; init; }
    }

    private const string ReadReviews = """
        select SubmissionNumber as Number, ReviewerId, Overall, SubmittedAt
        from Review
        where State = 'Submitted' and Overall is not null
        """;

    private const string ReadRatios = "select SubmissionRatio, ReviewerRatio from Calibration where Id = 1";

    private const string ReadOrigins = """
        select s.Number, a.Country, s.SubmittedAt
        from Submission s
          join Author a on a.SubmissionNumber = s.Number and a.Presenting = 1
        where s.State <> 'Draft'
        """;

    private const string ReadAssigned = "select SubmissionNumber as Number, ReviewerId from Assignment where State = 'Assigned'";

    private const string ReadNames = """
        select p.Id, p.GivenName, p.FamilyName
        from Person p
          join Reviewer r on r.PersonId = p.Id
        """;
}
