namespace AbstractReview.App.Audit;

/// <summary>Statements over live data that must find nothing; each answers the ids of what breaks its rule.</summary>
internal static class Invariants
{
    public static IReadOnlyList<(string Words, string Sql)> All { get; } =
    [
        ("A submitted submission has no revision", SubmittedWithoutRevision),
        ("A submission's newest revision is not its content", StaleRevision),
        ("A receipt has no mail", ReceiptWithoutMail),
        ("A submission has not exactly one presenting and one corresponding author", WrongAuthors),
        ("A standing assignment is in conflict", AssignmentInConflict),
        ("A review has no assignment", ReviewWithoutAssignment),
        ("A submitted review is incomplete", IncompleteReview),
        ("A standing does not count its reviews", WrongStanding),
        ("Two reviewers of a submission go by one number", SharedNumber),
        ("A decided submission has no decision", DecidedWithoutDecision),
        ("A published decision has not exactly one letter", PublishedWithoutLetter),
        ("A typeset letter has no file", TypesetWithoutFile),
        ("A letter has no mail", LetterWithoutMail),
        ("A sent mail has no time of sending", SentWithoutTime),
        ("A withdrawn submission still has reviewers", WithdrawnWithReviewers),
        ("A counter is not where its table ends", WrongCounter),
        ("A job or a mail is in hand without a claim", WorkWithoutClaim),
    ];

    private const string SharedNumber = """
        select concat('AR-', r.SubmissionNumber) from Review r
        where r.Alias is not null
        group by r.SubmissionNumber, r.Alias
        having count(*) > 1
        """;

    private const string SubmittedWithoutRevision = """
        select concat('AR-', s.Number) from Submission s
        where s.SubmittedAt is not null and not exists (select 1 from Revision r where r.SubmissionNumber = s.Number)
        """;

    private const string StaleRevision = """
        select concat('AR-', s.Number) from Submission s
        join Revision r on r.SubmissionNumber = s.Number and r.Revision = s.Revision
        where s.State not in ('Draft', 'Returned', 'Withdrawn') and r.ContentHash <> s.ContentHash
        """;

    private const string ReceiptWithoutMail = """
        select concat('AR-', c.SubmissionNumber, ' revision ', c.Revision) from Receipt c
        join Revision r on r.SubmissionNumber = c.SubmissionNumber and r.Revision = c.Revision
        where r.TellsAuthors = 1 and r.RedactedAt is null
          and not exists (select 1 from Outbox o where o.MailKey in (concat('receipt/', c.SubmissionNumber, '/', c.Revision, '/1'), concat('receipt/', c.SubmissionNumber, '/', c.Revision, '/2')))
        """;

    private const string WrongAuthors = """
        select concat('AR-', s.Number) from Submission s
        where s.SubmittedAt is not null
          and (1 <> (select count(*) from Author a where a.SubmissionNumber = s.Number and a.Presenting = 1)
            or 1 <> (select count(*) from Author a where a.SubmissionNumber = s.Number and a.Corresponding = 1))
        """;

    private const string AssignmentInConflict = """
        select concat('AR-', a.SubmissionNumber, ' reviewer ', a.ReviewerId) from Assignment a
        where a.State = 'Assigned'
          and exists (select 1 from Conflict c where c.SubmissionNumber = a.SubmissionNumber and c.ReviewerId = a.ReviewerId and c.DismissedAt is null)
          and not exists (select 1 from Review r where r.SubmissionNumber = a.SubmissionNumber and r.ReviewerId = a.ReviewerId and r.State = 'Submitted')
        """;

    private const string ReviewWithoutAssignment = """
        select concat('AR-', r.SubmissionNumber, ' reviewer ', r.ReviewerId) from Review r
        where not exists (select 1 from Assignment a where a.SubmissionNumber = r.SubmissionNumber and a.ReviewerId = r.ReviewerId)
        """;

    private const string IncompleteReview = """
        select concat('AR-', r.SubmissionNumber, ' reviewer ', r.ReviewerId) from Review r
        where r.State = 'Submitted' and (r.Overall is null or r.Confidence is null or r.Recommendation is null or r.SubmittedAt is null)
        """;

    private const string WrongStanding = """
        select concat('AR-', t.SubmissionNumber) from Standing t
        where t.Due = 0
          and t.Reviews <> (select count(*) from Review r
                            join Assignment a on a.SubmissionNumber = r.SubmissionNumber and a.ReviewerId = r.ReviewerId
                            where r.SubmissionNumber = t.SubmissionNumber and r.State = 'Submitted' and a.State = 'Assigned')
        """;

    private const string DecidedWithoutDecision = """
        select concat('AR-', s.Number) from Submission s
        where s.State in ('Decided', 'Notified', 'Confirmed', 'Declined')
          and not exists (select 1 from Decision d where d.SubmissionNumber = s.Number and d.DecisionVersion = s.DecisionVersion)
        """;

    private const string PublishedWithoutLetter = """
        select concat('AR-', d.SubmissionNumber) from Decision d
        where d.PublishedAt is not null
          and 1 <> (select count(*) from Letter l where l.SubmissionNumber = d.SubmissionNumber and l.DecisionVersion = d.DecisionVersion and l.Kind = d.Kind)
        """;

    private const string TypesetWithoutFile = "select concat('letter ', Id) from Letter where State = 'Typeset' and PdfSha256 is null";

    private const string LetterWithoutMail = """
        select concat('letter ', l.Id) from Letter l
        where not exists (select 1 from Outbox o where o.LetterId = l.Id)
        """;

    private const string SentWithoutTime = "select concat('mail ', Id) from Outbox where State = 'Sent' and SentAt is null";

    private const string WithdrawnWithReviewers = """
        select concat('AR-', s.Number) from Submission s
        where s.State = 'Withdrawn' and exists (select 1 from Assignment a where a.SubmissionNumber = s.Number and a.State = 'Assigned')
        """;

    private const string WrongCounter = """
        select c.Name from Counter c
        where (c.Name = 'Submission' and c.Value <> (select count(*) from Submission))
           or (c.Name = 'AuditEntry' and c.Value <> (select count(*) from AuditEntry))
           or (c.Name = 'Outbox' and c.Value <> (select coalesce(max(Id), 0) from Outbox))
           or (c.Name = 'Person' and c.Value <> (select coalesce(max(Id), 0) from Person))
        """;

    private const string WorkWithoutClaim = """
        select concat('job ', Id) from Job where State = 'Running' and ClaimedUntil is null
        union all
        select concat('mail ', Id) from Outbox where State = 'Sending' and ClaimedUntil is null
        """;
}
