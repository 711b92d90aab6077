using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Submissions;

/// <summary>What a person is to a submission, read in one statement for <see cref="Access"/> to judge.</summary>
public sealed class Relations(Db db)
{
    /// <summary>The relation; null when there is no such submission.</summary>
    public async Task<Relation?> Of(int number, Actor by, CancellationToken ct)
        => await db.One<Row>(Read, new { number, by.PersonId }, ct) is { } row
            ? new Relation
            {
                SubmissionNumber = number,
                AreaCode = row.AreaCode,
                State = row.State,
                IsAuthor = by.SignedIn && (row.OwnerId == by.PersonId || row.Authored > 0),
                IsAssigned = row.Assigned > 0,
                InConflict = row.Conflicts > 0,
                DecisionPublished = row.Published > 0,
            }
            : null;

    /// <summary>The relation of someone who may see the submission.</summary>
    /// <exception cref="NotFoundException">There is no such submission, or not for them.</exception>
    public async Task<Relation> RequireSeen(int number, Actor by, CancellationToken ct)
        => Access.RequireSeen(by, await Of(number, by, ct), number);

    private sealed record Row
    {
        public required string AreaCode { get; init; }
        public required SubmissionState State { get; init; }
        public required int OwnerId { get; init; }
        public required int Authored { get; init; }
        public required int Assigned { get; init; }
        public required int Conflicts { get; init; }
        public required int Published { get; init; }
    }

    private const string Read = """
        select s.AreaCode, s.State, s.OwnerId,
               (select count(*) from Author a
                  join Person p on p.NormalisedEmail = a.NormalisedEmail
                where a.SubmissionNumber = s.Number and p.Id = @PersonId and p.EmailConfirmed = 1) as Authored,
               (select count(*) from Assignment x
                where x.SubmissionNumber = s.Number and x.ReviewerId = @PersonId and x.State = 'Assigned') as Assigned,
               (select count(*) from Conflict c
                where c.SubmissionNumber = s.Number and c.ReviewerId = @PersonId and c.DismissedAt is null) as Conflicts,
               (select count(*) from Decision d
                where d.SubmissionNumber = s.Number and d.PublishedAt is not null) as Published
        from Submission s
        where s.Number = @number
        """;
}
