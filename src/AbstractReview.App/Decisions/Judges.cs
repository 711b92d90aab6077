using AbstractReview.App.Storage;
using AbstractReview.Domain;

namespace AbstractReview.App.Decisions;

/// <summary>Who chairs what, and what they may not judge all the same because it is theirs or they are in conflict with it.</summary>
public sealed class Judges(Db db)
{
    internal async Task<Bench> Read(CancellationToken ct)
        => new((await db.All<Judge>(ReadJudges, null, ct)).ToList(), (await db.All<Exclusion>(ReadExclusions, null, ct)).ToLookup(e => e.Number, e => e.PersonId));

    private const string ReadJudges = """
        select r.PersonId, r.Role, r.AreaCode, p.Email, p.GivenName, p.FamilyName
        from PersonRole r
          join Person p on p.Id = r.PersonId
        where r.Role in ('Chair', 'AreaChair')
        order by r.Role, p.FamilyName, p.GivenName
        """;

    // Cross joins keep SQLite at the order written: from the few who chair to the many conflicts and authors.
    private const string ReadExclusions = """
        select c.SubmissionNumber as Number, c.ReviewerId as PersonId
        from PersonRole r
          cross join Conflict c
        where r.Role in ('Chair', 'AreaChair') and c.ReviewerId = r.PersonId and c.DismissedAt is null
        union
        select s.Number, s.OwnerId
        from PersonRole r
          cross join Submission s
        where r.Role in ('Chair', 'AreaChair') and s.OwnerId = r.PersonId
        union
        select a.SubmissionNumber, p.Id
        from PersonRole r
          cross join Person p
          cross join Author a
        where r.Role in ('Chair', 'AreaChair') and p.Id = r.PersonId and p.EmailConfirmed = 1 and a.NormalisedEmail = p.NormalisedEmail
        """;
}

internal sealed record Judge
{
    public required int PersonId { get; init; }
    public required Role Role { get; init; }
    public required string AreaCode { get; init; }
    public required string Email { get; init; }
    public required string GivenName { get; init; }
    public required string FamilyName { get; init; }
    public string Name => PersonName.Full(GivenName, FamilyName);

    public bool Chairs(string area) => Role == Role.Chair || AreaCode == area;
}

internal sealed record Exclusion
{
    public required int Number { get; init; }
    public required int PersonId { get; init; }
}

/// <summary>The chairs of the conference and of its areas, and the submissions each is kept from.</summary>
internal sealed record Bench(IReadOnlyList<Judge> Judges, ILookup<int, int> KeptFrom)
{
    /// <summary>Who else chairs this submission but is kept from it: it falls to the others. Empty as a rule.</summary>
    public IReadOnlyList<string> Kept(int number, string area, int reader)
        => KeptFrom.Contains(number)
            ? Judges.Where(j => j.PersonId != reader && j.Chairs(area) && KeptFrom[number].Contains(j.PersonId)).Select(j => j.Name).Distinct().ToList()
            : [];

    /// <summary>Whose business it is: the chairs of its area who may judge it, else the conference's who may.</summary>
    public IReadOnlyList<Judge> Minding(int number, string area)
    {
        var free = Judges.Where(j => !KeptFrom[number].Contains(j.PersonId)).ToList();
        var chairs = free.Where(j => j.Role == Role.AreaChair && j.AreaCode == area).ToList();
        return chairs.Count > 0 ? chairs : free.Where(j => j.Role == Role.Chair).ToList();
    }

    /// <summary>Nobody is left to decide on it.</summary>
    public bool Orphaned(int number, string area) => Judges.Where(j => j.Chairs(area)).All(j => KeptFrom[number].Contains(j.PersonId));
}
