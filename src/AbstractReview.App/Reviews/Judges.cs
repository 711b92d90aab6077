using AbstractReview.App.Storage;
using AbstractReview.Domain;

namespace AbstractReview.App.Reviews;

/// <summary>A member of the committee, as mails address them.</summary>
public sealed record Judge(int PersonId, string Email, string Name);

/// <summary>
/// Whose business a submission is on the committee: the chairs of its area who may judge it (<see cref="Access.MayJudge"/>), else the chairs who may.
/// </summary>
public sealed class Judges(Db db)
{
    /// <summary>For each submission its judges; none where everybody is in conflict.</summary>
    internal async Task<IReadOnlyDictionary<int, IReadOnlyList<Judge>>> Of(IReadOnlyCollection<(int Number, string AreaCode)> submissions, CancellationToken ct)
    {
        var committee = await db.All<MemberRow>(ReadCommittee, null, ct);
        var barred = (await db.All<BarRow>(ReadBars, null, ct)).Select(b => (b.PersonId, b.Number)).ToHashSet();
        return submissions.Distinct().ToDictionary(s => s.Number, s =>
        {
            var free = committee.Where(m => !barred.Contains((m.PersonId, s.Number))).ToList();
            var chairs = free.Where(m => m.Role == Role.AreaChair && m.AreaCode == s.AreaCode).ToList();
            if (chairs.Count == 0) chairs = free.Where(m => m.Role == Role.Chair).ToList();
            return (IReadOnlyList<Judge>)chairs.Select(m => new Judge(m.PersonId, m.Email, $"{m.GivenName} {m.FamilyName}".Trim())).Distinct().ToList();
        });
    }

    private sealed record MemberRow
    {
        public required int PersonId { get; init; }
        public required Role Role { get; init; }
        public required string AreaCode { get; init; }
        public required string Email { get; init; }
        public required string GivenName { get; init; }
        public required string FamilyName { get; init; }
    }

    private sealed record BarRow
    {
        public required int PersonId { get; init; }
        public required int Number { get; init; }
    }

    private const string ReadCommittee = """
        select m.PersonId, m.Role, m.AreaCode, p.Email, p.GivenName, p.FamilyName
        from PersonRole m
          join Person p on p.Id = m.PersonId
        where m.Role in ('AreaChair', 'Chair')
        order by m.PersonId
        """;

    private const string ReadBars = """
        select c.ReviewerId as PersonId, c.SubmissionNumber as Number
        from Conflict c
          join PersonRole m on m.PersonId = c.ReviewerId and m.Role in ('AreaChair', 'Chair')
        where c.DismissedAt is null
        union
        select p.Id, a.SubmissionNumber
        from PersonRole m
          join Person p on p.Id = m.PersonId and p.EmailConfirmed = 1
          join Author a on a.NormalisedEmail = p.NormalisedEmail
        where m.Role in ('AreaChair', 'Chair')
        union
        select s.OwnerId, s.Number
        from Submission s
          join PersonRole m on m.PersonId = s.OwnerId and m.Role in ('AreaChair', 'Chair')
        """;
}
