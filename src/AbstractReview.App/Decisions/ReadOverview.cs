using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Decisions;

/// <summary>How far every area of the person's committee is, and what needs a person today.</summary>
public sealed record ReadOverview(Actor By) : IQuery<Overview>;

public sealed record Overview(IReadOnlyList<AreaProgress> Areas, IReadOnlyList<OverviewTask> Tasks);

/// <summary>Something to do, in words, and where.</summary>
public sealed record OverviewTask(string Words, string Path);

public sealed record AreaProgress
{
    public required string AreaCode { get; init; }
    public required int Submitted { get; init; }
    /// <summary>With as many reviewers as the call wants.</summary>
    public required int Assigned { get; init; }
    /// <summary>With as many reviews as the call wants.</summary>
    public required int Reviewed { get; init; }
    public required int Decided { get; init; }
    public required int Published { get; init; }
    public required int Confirmed { get; init; }
}

internal sealed class ReadOverviewHandler(Db db, ConferenceReader reader) : IRequestHandler<ReadOverview, Overview>
{
    public async Task<Overview> Handle(ReadOverview query, CancellationToken ct)
    {
        Access.Require(Access.MaySeeStandings(query.By), "see how far the conference is");
        var conference = await reader.Current(ct);
        var rows = (await db.All<AreaProgress>(Read, new { wanted = conference.Review.ReviewsPerSubmission, query.By.PersonId }, ct)).ToDictionary(a => a.AreaCode);
        var areas = conference.Areas.Where(a => query.By.RunsConference || query.By.ChairsArea(a.Code)).Select(a => rows.GetValueOrDefault(a.Code) ?? Nothing(a.Code)).ToList();
        return new Overview(areas, [.. Tasks(query.By, areas, await db.One<Waiting>(ReadWaiting, null, ct))]);
    }

    private static IEnumerable<OverviewTask> Tasks(Actor by, List<AreaProgress> areas, Waiting? waiting)
    {
        var (unassigned, undecided, unpublished) = (areas.Sum(a => a.Submitted - a.Assigned), areas.Sum(a => a.Reviewed - a.Decided), areas.Sum(a => a.Decided - a.Published));
        if (unassigned > 0 && Access.MayRoute(by)) yield return new OverviewTask($"{unassigned} submissions lack reviewers: propose a routing.", "/committee/routing");
        if (undecided > 0 && by.OnCommittee) yield return new OverviewTask($"{undecided} submissions are reviewed and wait for a decision.", "/committee/standings");
        if (unpublished > 0 && Access.MayPublishDecisions(by)) yield return new OverviewTask($"{unpublished} decisions are pending: publish them.", "/committee/decisions");
        if (waiting is { Letters: > 0 } && Access.MaySeeLetters(by)) yield return new OverviewTask($"{waiting.Letters} letters are in trouble.", "/committee/letters?show=trouble");
        if (waiting is { Releases: 0 } && Access.MayEditProgramme(by) && areas.Sum(a => a.Published) > 0) yield return new OverviewTask("The programme is not released yet.", "/committee/programme");
    }

    private static AreaProgress Nothing(string code) => new() { AreaCode = code, Submitted = 0, Assigned = 0, Reviewed = 0, Decided = 0, Published = 0, Confirmed = 0 };

    private sealed record Waiting
    {
        public required int Letters { get; init; }
        public required int Releases { get; init; }
    }

    // A person's own submissions are left out: their state would tell more than they may know.
    private const string Read = """
        select s.AreaCode,
               count(*) as Submitted,
               sum(case when s.Reviewers >= @wanted or s.State not in ('Submitted', 'UnderReview') then 1 else 0 end) as Assigned,
               sum(case when s.Reviews >= @wanted or s.State not in ('Submitted', 'UnderReview') then 1 else 0 end) as Reviewed,
               sum(case when s.State in ('Decided', 'Notified', 'Confirmed', 'Declined') then 1 else 0 end) as Decided,
               sum(case when s.State in ('Notified', 'Confirmed', 'Declined') then 1 else 0 end) as Published,
               sum(case when s.State = 'Confirmed' then 1 else 0 end) as Confirmed
        from (select x.Number, x.AreaCode, x.State,
                     (select count(*) from Assignment a where a.SubmissionNumber = x.Number and a.State = 'Assigned') as Reviewers,
                     (select count(*) from Review r where r.SubmissionNumber = x.Number and r.State = 'Submitted') as Reviews
              from Submission x
              where x.State in ('Submitted', 'UnderReview', 'Decided', 'Notified', 'Confirmed', 'Declined')
                and x.OwnerId <> @PersonId
                and not exists (select 1 from Author w
                                join Person p on p.NormalisedEmail = w.NormalisedEmail
                                where w.SubmissionNumber = x.Number and p.Id = @PersonId)) s
        group by s.AreaCode
        """;

    private const string ReadWaiting = """
        select (select count(*) from Outbox where LetterId is not null and State = 'Failed') + (select count(*) from Letter where State = 'Failed') as Letters,
               (select count(*) from Release) as Releases
        """;
}
