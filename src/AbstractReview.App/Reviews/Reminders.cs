using System.Globalization;
using AbstractReview.App.Storage;
using AbstractReview.Domain;

namespace AbstractReview.App.Reviews;

/// <summary>A review that is not handed in, and whose it is.</summary>
public sealed record OpenReview
{
    public required int ReviewerId { get; init; }
    public required string Email { get; init; }
    public required string GivenName { get; init; }
    public required string FamilyName { get; init; }
    public required int Number { get; init; }
    public required string Title { get; init; }
    public required string AreaCode { get; init; }
    /// <summary>Something is written.</summary>
    public required bool Begun { get; init; }

    public string FullName => PersonName.Full(GivenName, FamilyName);
}

/// <summary>What reviewers still owe, as reminders count it: assigned, free of conflict, with a submission that is being judged.</summary>
public sealed class Reminders(Db db)
{
    /// <param name="assignedBy">Only what was assigned by then: who was asked since has had a mail about it.</param>
    /// <param name="ct">Cancels.</param>
    internal Task<IReadOnlyList<OpenReview>> Open(DateTimeOffset assignedBy, CancellationToken ct) => db.All<OpenReview>(ReadOpen, new { assignedBy }, ct);

    /// <summary>Whoever has nothing left to do is not reminded by a mail that still waits to be sent.</summary>
    internal Task DropIfDone(int reviewerId, CancellationToken ct)
        => db.Run(Drop, new { reviewerId, keys = string.Create(CultureInfo.InvariantCulture, $"remind/{reviewerId}/%") }, ct);

    private const string ReadOpen = """
        select a.ReviewerId, p.Email, p.GivenName, p.FamilyName, s.Number, s.Title, s.AreaCode, case when r.ReviewerId is null then 0 else 1 end as Begun
        from Assignment a
          join Submission s on s.Number = a.SubmissionNumber
          join Person p on p.Id = a.ReviewerId
          left join Review r on r.SubmissionNumber = a.SubmissionNumber and r.ReviewerId = a.ReviewerId
        where a.State = 'Assigned' and a.AssignedAt <= @assignedBy and s.State in ('Submitted', 'UnderReview') and s.OwnerId <> a.ReviewerId
          and (r.State is null or r.State <> 'Submitted')
          and not exists (select 1 from Conflict c where c.ReviewerId = a.ReviewerId and c.SubmissionNumber = a.SubmissionNumber and c.DismissedAt is null)
          and not exists (select 1 from Author u where u.SubmissionNumber = s.Number and u.NormalisedEmail = p.NormalisedEmail and p.EmailConfirmed = 1)
        order by a.ReviewerId, s.Number
        """;

    private const string Drop = """
        update Outbox
        set State = 'Superseded'
        where State = 'Waiting' and Kind = 'Reminder' and MailKey like @keys
          and not exists (select 1
                          from Assignment a
                            join Submission s on s.Number = a.SubmissionNumber
                            left join Review r on r.SubmissionNumber = a.SubmissionNumber and r.ReviewerId = a.ReviewerId
                          where a.ReviewerId = @reviewerId and a.State = 'Assigned' and s.State in ('Submitted', 'UnderReview') and (r.State is null or r.State <> 'Submitted'))
        """;
}
