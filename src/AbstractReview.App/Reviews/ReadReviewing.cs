using AbstractReview.App.Audit;
using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Reviews;
using MediatR;

namespace AbstractReview.App.Reviews;

/// <summary>How reviewing goes on, for the committee: what is in, who owes what, which reminders went and will go. An area chair sees their areas.</summary>
public sealed record ReadReviewing(Actor By) : IQuery<ReviewingView>;

/// <param name="DueAt">The review deadline.</param>
/// <param name="Wanted">Reviews assigned, of the areas this person sees.</param>
/// <param name="Done">Of them, handed in.</param>
/// <param name="Owing">Who has reviews left, most first.</param>
/// <param name="Switches">What is switched on.</param>
/// <param name="Round">The round of answers; null where there is none.</param>
/// <param name="NextReminder">Null when none is to come.</param>
/// <param name="Runs">The days carried out, newest first.</param>
public sealed record ReviewingView(DateTimeOffset DueAt, int Wanted, int Done, IReadOnlyList<OwingReviewer> Owing, ReviewingSwitches Switches,
    AnswerRound? Round, ReminderSlot? NextReminder, IReadOnlyList<ReminderRunView> Runs);

public sealed record OwingReviewer(string Name, string Email, IReadOnlyList<int> Numbers, int Begun);

public sealed record ReminderRunView
{
    public required string Slot { get; init; }
    public required DateTimeOffset RanAt { get; init; }
    public required int Digests { get; init; }
    public required int Escalations { get; init; }
}

internal sealed class ReadReviewingHandler(Db db, ConferenceReader conference, Reminders reminders, Standings standings, IdentityReadings readings, TimeProvider clock) : IRequestHandler<ReadReviewing, ReviewingView>
{
    public async Task<ReviewingView> Handle(ReadReviewing query, CancellationToken ct)
    {
        Access.Require(Access.MaySeeStandings(query.By), "see how reviewing goes on");
        var call = await conference.Current(ct);
        var now = clock.GetUtcNow();
        // The standings a person sees are the submissions whose reviewers they may know.
        var seen = (await standings.Seen(query.By, ct)).ToDictionary(s => s.Number);
        var owing = (await reminders.Open(now, ct)).Where(r => seen.ContainsKey(r.Number))
            .GroupBy(r => r.ReviewerId)
            .Select(g => new OwingReviewer(g.First().FullName, g.First().Email, g.Select(r => r.Number).ToList(), g.Count(r => r.Begun)))
            .OrderByDescending(o => o.Numbers.Count).ThenBy(o => o.Name, StringComparer.InvariantCultureIgnoreCase).ToList();
        if (owing.Count > 0) await readings.RecordAll(query.By, "reviewing", ct);
        return new ReviewingView(ReviewTime.Due(call), seen.Values.Sum(s => s.Assigned), seen.Values.Sum(s => s.Reviews), owing, ReviewingSwitches.Of(call.Review),
            AnswerTime.Round(call), ReminderTimes.Next(call, now), await db.All<ReminderRunView>(ReadRuns, null, ct));
    }

    private const string ReadRuns = "select Slot, RanAt, Digests, Escalations from ReminderRun order by Slot desc";
}
