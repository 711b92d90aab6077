using AbstractReview.App.Accounts;
using AbstractReview.App.Call;
using AbstractReview.App.Jobs;
using AbstractReview.App.Mailing;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Reviews;
using MediatR;

namespace AbstractReview.App.Reviews;

/// <summary>While authors may answer: tells the corresponding author of each submission with a review in, once. Answers how many mails were queued.</summary>
[Timetable(Alarms.Answers, "*/5 * * * *")]
public sealed record InviteAnswers : IRequest<int>;

internal sealed class InviteAnswersHandler(Db db, ConferenceReader conference, Outbox outbox, SiteAddress site, TimeProvider clock) : IRequestHandler<InviteAnswers, int>
{
    public async Task<int> Handle(InviteAnswers request, CancellationToken ct)
    {
        if (await conference.TryCurrent(ct) is not { } call || !AnswerTime.IsOpen(call, clock.GetUtcNow())) return 0;
        return await db.LongTransaction(async () =>
        {
            var told = (await db.All<string>(ReadTold, null, ct)).ToHashSet();
            var mails = (await db.All<Row>(ReadAuthors, null, ct)).Select(r => Write(call, r)).Where(m => told.Add(m.Key)).ToList();
            await outbox.QueueNew(mails, ct);
            return mails.Count;
        }, ct);
    }

    private Mail Write(Conference call, Row row) => new()
    {
        Key = FormattableString.Invariant($"answer/{row.Number}/{row.Position}"),
        Kind = "AnswerInvitation",
        ToEmail = row.Email,
        ToName = PersonName.Full(row.GivenName, row.FamilyName),
        Subject = FormattableString.Invariant($"You may answer the reviews of submission {row.Number}"),
        Text = $"""
            Dear {PersonName.Full(row.GivenName, row.FamilyName)},

            Reviewers have written to you about your submission {row.Number}, {row.Title}. Nothing is decided yet. You may answer them, in at most {call.Review.RebuttalWords} words, until {Deadline.Words(call, AnswerTime.Round(call)!.Closes)}:

            {FormattableString.Invariant($"{site.Value}/submissions/{row.Number}/answer")}

            You need not answer. Reviewers and committee read your answer before they decide.

            {call.Mail.Name}
            {call.Mail.Address}
            """,
    };

    private sealed record Row
    {
        public required int Number { get; init; }
        public required string Title { get; init; }
        public required int Position { get; init; }
        public required string Email { get; init; }
        public required string GivenName { get; init; }
        public required string FamilyName { get; init; }
    }

    private const string ReadTold = "select MailKey from Outbox where Kind = 'AnswerInvitation'";

    private const string ReadAuthors = """
        select s.Number, s.Title, a.Position, a.Email, a.GivenName, a.FamilyName
        from Submission s
          join Author a on a.SubmissionNumber = s.Number and a.Corresponding = 1
        where s.State in ('Submitted', 'UnderReview', 'Decided')
          and exists (select 1 from Review r where r.SubmissionNumber = s.Number and r.State = 'Submitted')
          and not exists (select 1 from Decision d where d.SubmissionNumber = s.Number and d.PublishedAt is not null)
        order by s.Number, a.Position
        """;
}
