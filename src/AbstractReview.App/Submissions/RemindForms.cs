using System.Globalization;
using AbstractReview.App.Accounts;
using AbstractReview.App.Call;
using AbstractReview.App.Jobs;
using AbstractReview.App.Mailing;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using MediatR;

namespace AbstractReview.App.Submissions;

/// <summary>On each day the call names, at eight in the conference's morning, reminds who lacks a required form: one mail a submission and day. Answers how many it queued.</summary>
[Timetable(Alarms.FormReminders, "*/10 * * * *")]
public sealed record RemindForms : IRequest<int>;

internal sealed class RemindFormsHandler(Db db, ConferenceReader conferences, Outbox outbox, SiteAddress site, TimeProvider clock) : IRequestHandler<RemindForms, int>
{
    private static readonly TimeSpan At = TimeSpan.FromHours(8);

    public async Task<int> Handle(RemindForms request, CancellationToken ct)
    {
        if (await conferences.TryCurrent(ct) is not { Forms.Due: { } due } conference || Day(conference, due) is not { } day) return 0;
        var rows = await db.All<Row>(Missing, new { kinds = conference.Forms.RequiredKinds() }, ct);
        var queued = 0;
        foreach (var submission in rows.GroupBy(r => r.Number))
            if (await db.Transaction(() => outbox.Queue(Reminder(conference, due, day, [.. submission]), ct), ct)) queued++;
        return queued;
    }

    // A day that was missed while the server was down is not made up for on the next.
    private DateTime? Day(Conference conference, DateTime due)
    {
        var now = clock.GetUtcNow();
        return conference.Forms.RemindDays.Select(d => (DateTime?)(due.Date.AddDays(d) + At))
            .Where(local => conference.At(local!.Value) is var at && at <= now && now < at.AddDays(1)).Max();
    }

    private Mail Reminder(Conference conference, DateTime due, DateTime day, IReadOnlyList<Row> missing)
    {
        var (first, forms) = (missing[0], string.Join(" and ", missing.Select(m => $"Form {m.Kind}{(m.State == FormState.Refused ? " (the one we had was refused)" : "")}")));
        return new Mail
        {
            Key = string.Create(CultureInfo.InvariantCulture, $"form-reminder/{first.Number}/{day:yyyy-MM-dd}"),
            Kind = "Reminder", ToEmail = first.Email, ToName = PersonName.Full(first.GivenName, first.FamilyName),
            Subject = $"{forms} of submission {first.Number}: still to come",
            Text = $"""
                Dear {PersonName.Full(first.GivenName, first.FamilyName)},

                for your submission {first.Number}, “{first.Title}”, we have not received {forms}. It is asked for until {Deadline.Words(conference, conference.At(due))}.

                Upload the signed form, or tell us that it was sent by another way:

                {site.Of(conference)}/submissions/{first.Number}/forms

                {conference.Title}
                {conference.Mail.Address}
                """,
        };
    }

    private sealed record Row
    {
        public required int Number { get; init; }
        public required string Title { get; init; }
        public required string Kind { get; init; }
        public required FormState State { get; init; }
        public required string Email { get; init; }
        public required string GivenName { get; init; }
        public required string FamilyName { get; init; }
    }

    private const string Missing = """
        select s.Number, s.Title, f.Kind, f.State, p.Email, p.GivenName, p.FamilyName
        from OfficialForm f
          join Submission s on s.Number = f.SubmissionNumber
          join Person p on p.Id = s.OwnerId
        where f.Kind in @kinds and f.State in ('Missing', 'Refused') and f.AnnouncedAt is null
          and s.State in ('Submitted', 'UnderReview', 'Decided', 'Notified', 'Confirmed')
          and not exists (select 1 from Decision d
                          where d.SubmissionNumber = s.Number and d.DecisionVersion = s.DecisionVersion and d.PublishedAt is not null and d.Kind = 'Reject')
        order by s.Number, f.Kind
        """;
}
