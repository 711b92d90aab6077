using AbstractReview.App.Call;
using AbstractReview.App.Programme;
using AbstractReview.App.Reviews;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Submissions;
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
    /// <summary>In the programme as it is edited.</summary>
    public required int Scheduled { get; init; }

    internal static AreaProgress Of(string area, IEnumerable<StandingView> standings, int wanted, IReadOnlySet<int> scheduled)
    {
        var all = standings.Where(s => s.State is not (SubmissionState.Withdrawn or SubmissionState.Returned)).ToList();
        return new AreaProgress
        {
            AreaCode = area,
            Submitted = all.Count,
            Assigned = all.Count(s => s.Assigned >= wanted || s.Decision is not null),
            Reviewed = all.Count(s => s.Reviews >= wanted || s.Decision is not null),
            Decided = all.Count(s => s.Decision is not null),
            Published = all.Count(s => s.PublishedAt is not null),
            Confirmed = all.Count(s => s.State == SubmissionState.Confirmed),
            Scheduled = all.Count(s => scheduled.Contains(s.Number)),
        };
    }
}

internal sealed class ReadOverviewHandler(Db db, ConferenceReader reader, Standings standings, ProgrammeStore programme) : IRequestHandler<ReadOverview, Overview>
{
    public async Task<Overview> Handle(ReadOverview query, CancellationToken ct)
    {
        Access.Require(Access.MaySeeStandings(query.By), "see how far the conference is");
        var conference = await reader.Current(ct);
        // What one may not see the standing of is in no total either: its state would tell more than they may know.
        var seen = await standings.Seen(query.By, ct);
        var scheduled = (await programme.Draft(conference, ct)).Document.Sessions.SelectMany(s => s.Slots).Select(s => s.Number).OfType<int>().ToHashSet();
        var areas = conference.Areas.Where(a => query.By.RunsConference || query.By.ChairsArea(a.Code))
            .Select(a => AreaProgress.Of(a.Code, seen.Where(s => s.AreaCode == a.Code), conference.ReviewsWanted(a.Code), scheduled)).ToList();
        var pending = PendingDecisions.Of(seen, conference, query.By);
        return new Overview(areas, [.. Tasks(query.By, areas, seen, pending, await db.One<Waiting>(ReadWaiting, null, ct))]);
    }

    private static IEnumerable<OverviewTask> Tasks(Actor by, List<AreaProgress> areas, IReadOnlyList<StandingView> seen, PendingDecisions pending, Waiting? waiting)
    {
        var unassigned = areas.Sum(a => a.Submitted - a.Assigned);
        var open = seen.Where(s => s.Decision is null && s.State.May(Verb.Decide)).ToList();
        var falls = open.Where(s => s.FallsFrom.Count > 0 && s.MayDecide).ToList();
        var undecided = open.Count(s => s.MayDecide && s.Reviews >= Math.Max(1, s.Wanted));
        var orphans = open.Where(s => s.NobodyDecides).ToList();
        if (orphans.Count > 0 && by.RunsConference) yield return new OverviewTask($"{Count(orphans.Count, "submission has", "submissions have")} nobody who may decide, because all who chair the area are kept from it ({Numbers(orphans)}): name another area chair.", Access.MayManagePeople(by) ? "/secretariat/people" : "/committee/standings?Falls=true&Show=undecided");
        if (unassigned > 0 && Access.MayRoute(by)) yield return new OverviewTask($"{Count(unassigned, "submission lacks", "submissions lack")} reviewers: propose a routing.", "/committee/routing");
        if (falls.Count > 0) yield return new OverviewTask($"{Count(falls.Count, "submission falls", "submissions fall")} to you, because {string.Join(" and ", falls.SelectMany(s => s.FallsFrom).Distinct())} may not judge {(falls.Count == 1 ? "it" : "them")}.", "/committee/standings?Falls=true&Show=undecided");
        if (undecided > 0) yield return new OverviewTask($"{Count(undecided, "submission is reviewed and waits", "submissions are reviewed and wait")} for a decision.", "/committee/standings?Show=undecided");
        if (pending.ToSecond.Count > 0) yield return new OverviewTask($"{Count(pending.ToSecond.Count, "decision waits", "decisions wait")} for your second pair of eyes.", "/committee/decisions");
        if (pending.Ready.Count > 0 && Access.MayPublishDecisions(by)) yield return new OverviewTask($"{Count(pending.Ready.Count, "decision is", "decisions are")} pending: publish {(pending.Ready.Count == 1 ? "it" : "them")}.", "/committee/decisions");
        if (pending.Items.Count(s => s.MovedSince) is > 0 and var moved) yield return new OverviewTask($"{Count(moved, "pending decision was", "pending decisions were")} made before the latest reviews came in.", "/committee/decisions");
        if (waiting is { Letters: > 0 } && Access.MaySeeLetters(by)) yield return new OverviewTask($"{Count(waiting.Letters, "letter is", "letters are")} in trouble.", "/committee/letters?show=trouble");
        if (waiting is { Releases: 0 } && Access.MayEditProgramme(by) && areas.Sum(a => a.Published) > 0) yield return new OverviewTask("The programme is not released yet.", "/committee/programme");
    }

    private static string Count(int count, string one, string many) => $"{count} {(count == 1 ? one : many)}";

    private static string Numbers(List<StandingView> some)
        => string.Join(", ", some.Take(10).Select(s => $"AR-{s.Number}")) + (some.Count > 10 ? " and others" : "");

    private sealed record Waiting
    {
        public required int Letters { get; init; }
        public required int Releases { get; init; }
    }

    private const string ReadWaiting = """
        select (select count(*) from Outbox where LetterId is not null and State = 'Failed') + (select count(*) from Letter where State = 'Failed') as Letters,
               (select count(*) from Release) as Releases
        """;
}
