using AbstractReview.App.Accounts;
using AbstractReview.App.Audit;
using AbstractReview.App.Call;
using AbstractReview.App.Decisions;
using AbstractReview.App.Jobs;
using AbstractReview.App.Mailing;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Reviews;
using MediatR;

namespace AbstractReview.App.Reviews;

/// <summary>
/// On the call's days: one digest to each reviewer with reviews left, and after the due date one to each area chair about theirs.
/// A day is carried out once; a day that was missed is carried out late while it still helps. Answers how many mails were queued.
/// </summary>
[Timetable(Alarms.Remind, "*/5 * * * *")]
public sealed record RemindReviewers : IRequest<int>;

internal sealed class RemindReviewersHandler(Db db, ConferenceReader conference, Reminders reminders, Judges judges, Outbox outbox, AuditLog audit, SiteAddress site, TimeProvider clock)
    : IRequestHandler<RemindReviewers, int>
{
    public async Task<int> Handle(RemindReviewers request, CancellationToken ct)
    {
        if (await conference.TryCurrent(ct) is not { } call || ReminderTimes.Due(call, clock.GetUtcNow()) is not { } slot) return 0;
        return await db.LongTransaction(() => CarryOut(call, slot, ct), ct);
    }

    private async Task<int> CarryOut(Conference call, ReminderSlot slot, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await db.One<int>(Ran, new { slot.Key }, ct) > 0) return 0;
        var open = await reminders.Open(slot.At, ct);
        // Once reviews are closed a reviewer can do nothing about it; the chair can.
        var digests = now <= ReviewTime.Due(call) || call.Review.LateReviews ? open.GroupBy(r => r.ReviewerId).Select(g => ReminderMails.Digest(call, site, slot, [.. g], now)).ToList() : [];
        var escalations = now > ReviewTime.Due(call) ? await Escalations(call, slot, open, ct) : [];
        foreach (var mail in digests.Concat(escalations)) await outbox.Queue(mail, ct);
        await db.Run(Keep, new { slot.Key, now, Digests = digests.Count, Escalations = escalations.Count }, ct);
        await audit.Write(Actor.Timetable, "reminders.sent", "conference", 1, null, new { slot.Day, Digests = digests.Count, Escalations = escalations.Count }, ct);
        return digests.Count + escalations.Count;
    }

    private async Task<IReadOnlyList<Mail>> Escalations(Conference call, ReminderSlot slot, IReadOnlyList<OpenReview> open, CancellationToken ct)
    {
        var bench = await judges.Read(ct);
        return open.SelectMany(r => bench.Minding(r.Number, r.AreaCode).Select(judge => (Judge: judge, Review: r)))
            .GroupBy(x => x.Judge.PersonId)
            .OrderBy(g => g.Key)
            .Select(g => ReminderMails.Escalation(call, site, slot, g.First().Judge, [.. g.Select(x => x.Review)]))
            .ToList();
    }

    private const string Ran = "select count(*) from ReminderRun where Slot = @Key";
    private const string Keep = "insert into ReminderRun (Slot, RanAt, Digests, Escalations) values (@Key, @now, @Digests, @Escalations)";
}

/// <summary>What reminders say.</summary>
internal static class ReminderMails
{
    public static Mail Digest(Conference call, SiteAddress site, ReminderSlot slot, IReadOnlyList<OpenReview> open, DateTimeOffset now) => new()
    {
        Key = FormattableString.Invariant($"remind/{open[0].ReviewerId}/{slot.Key}"),
        Kind = "Reminder",
        ToEmail = open[0].Email,
        ToName = open[0].FullName,
        Subject = $"{Count(open.Count)} {(now > ReviewTime.Due(call) ? "late" : "left")} for {call.Title}",
        Text = $"""
            Dear {open[0].FullName},

            {(now > ReviewTime.Due(call) ? $"Reviews were due by {Deadline.Words(call, ReviewTime.Due(call))} and are still taken." : $"Reviews are due by {Deadline.Words(call, ReviewTime.Due(call))}.")} {Count(open.Count)} of yours {(open.Count == 1 ? "is" : "are")} not handed in:

            {string.Join('\n', open.Select(r => FormattableString.Invariant($"  {r.Number}  {r.Title}{(r.Begun ? " (begun)" : "")}")))}

            {site.Value}/reviews

            If one is not for you, give it back there: somebody else is asked at once. You get no more than one such mail a day, and none once all are handed in.

            {call.Mail.Name}
            {call.Mail.Address}
            """,
    };

    public static Mail Escalation(Conference call, SiteAddress site, ReminderSlot slot, Judge judge, IReadOnlyList<OpenReview> open) => new()
    {
        Key = FormattableString.Invariant($"escalate/{judge.PersonId}/{slot.Key}"),
        Kind = "Escalation",
        ToEmail = judge.Email,
        ToName = judge.Name,
        Subject = $"{Count(open.Count)} overdue for {call.Title}",
        Text = $"""
            Dear {judge.Name},

            Reviews were due by {Deadline.Words(call, ReviewTime.Due(call))}. {Count(open.Count)} of submissions you judge {(open.Count == 1 ? "is" : "are")} missing:

            {string.Join('\n', open.OrderBy(r => r.Number).ThenBy(r => r.ReviewerId).Select(r => FormattableString.Invariant($"  {r.Number}  {r.Title}: {r.FullName}, {r.Email}{(r.Begun ? " (begun)" : "")}")))}

            {(call.Review.LateReviews ? "The reviewers were reminded; late reviews are taken." : "Late reviews are not taken. The chair can switch them on.")}
            {site.Value}/committee/reviewing

            {call.Mail.Name}
            {call.Mail.Address}
            """,
    };

    private static string Count(int n) => n == 1 ? "1 review" : FormattableString.Invariant($"{n} reviews");
}
