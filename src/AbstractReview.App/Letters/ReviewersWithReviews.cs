using AbstractReview.App.Storage;

namespace AbstractReview.App.Letters;

/// <summary>Reviewers who handed in reviews, with how many and in which areas: who may be thanked and certified.</summary>
public sealed class ReviewersWithReviews(Db db)
{
    /// <summary>For trying a text before anybody reviewed.</summary>
    internal static ReviewerLetterFacts Nobody { get; } = new()
    {
        PersonId = 0, Email = "reviewer@example.org", GivenName = "Given", FamilyName = "Family", Affiliation = "Institute of Examples", Country = "", Reviews = 5, Areas = "TA1, TA2",
    };

    internal async Task<IReadOnlyList<ReviewerLetterFacts>> All(CancellationToken ct)
    {
        var areas = (await db.All<(int PersonId, string AreaCode)>(ReadAreas, null, ct)).ToLookup(a => a.PersonId, a => a.AreaCode);
        return [.. (await db.All<ReviewerLetterFacts>(Read, null, ct)).Select(r => r with { Areas = string.Join(", ", areas[r.PersonId].OrderBy(a => a.Length).ThenBy(a => a, StringComparer.Ordinal)) })];
    }

    internal async Task<ReviewerLetterFacts?> Of(int personId, CancellationToken ct) => (await All(ct)).FirstOrDefault(r => r.PersonId == personId);

    private const string Read = """
        select p.Id as PersonId, p.Email, p.GivenName, p.FamilyName, p.Affiliation, p.Country, count(*) as Reviews, null as Areas
        from Review r
        join Person p on p.Id = r.ReviewerId
        where r.State = 'Submitted'
        group by p.Id, p.Email, p.GivenName, p.FamilyName, p.Affiliation, p.Country
        order by p.Id
        """;

    private const string ReadAreas = """
        select distinct r.ReviewerId, s.AreaCode
        from Review r
        join Submission s on s.Number = r.SubmissionNumber
        where r.State = 'Submitted'
        order by r.ReviewerId, s.AreaCode
        """;
}
