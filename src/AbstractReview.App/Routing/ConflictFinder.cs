using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.Domain.Routing;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Routing;

/// <summary>
/// Keeps the Conflict rows in step with reviewers and authors: what is found anew is added, what no longer holds is removed, what was
/// dismissed stays dismissed, what was declared stays declared. Looks only when something it rests on has changed.
/// </summary>
public sealed class ConflictFinder(Db db, ConferenceReader conference, TimeProvider clock)
{
    /// <summary>Brings the rows up to date, in the caller's transaction or one of its own. Answers how many were added or removed.</summary>
    public Task<int> Refresh(CancellationToken ct) => db.LongTransaction(async () =>
    {
        var basis = await db.One<string>(Basis, null, ct);
        if (basis == await db.One<string>(ReadBasis, null, ct)) return 0;
        var changed = await Update(ct);
        if (await db.Run(KeepBasis, new { basis }, ct) == 0) await db.Run(StartBasis, new { basis }, ct);
        return changed;
    }, ct);

    /// <summary>What the rules find for one reviewer, dismissed or not.</summary>
    public async Task<IReadOnlyList<FoundConflict>> Find(int reviewerId, CancellationToken ct)
    {
        var reviewers = await db.All<ReviewerIdentity>(ReadReviewers, null, ct);
        return await Found(reviewers.Where(r => r.PersonId == reviewerId).ToList(), ct);
    }

    private async Task<int> Update(CancellationToken ct)
    {
        var reviewers = await db.All<ReviewerIdentity>(ReadReviewers, null, ct);
        var found = (await Found(reviewers, ct)).ToDictionary(f => (f.ReviewerId, f.Number, f.Kind));
        var rows = (await db.All<Row>(ReadFound, null, ct)).ToDictionary(r => (r.ReviewerId, r.SubmissionNumber, r.Kind));
        var now = clock.GetUtcNow();
        var gone = rows.Values.Where(r => !r.Dismissed && !found.ContainsKey((r.ReviewerId, r.SubmissionNumber, r.Kind)))
            .Select(r => new { r.ReviewerId, r.SubmissionNumber, Kind = r.Kind.ToString() }).ToList();
        var fresh = found.Values.Where(f => !rows.ContainsKey((f.ReviewerId, f.Number, f.Kind)))
            .Select(f => new { f.ReviewerId, f.Number, Kind = f.Kind.ToString(), f.Evidence, now }).ToList();
        await db.Run(Delete, gone, ct);
        await db.Run(Insert, fresh, ct);
        return gone.Count + fresh.Count;
    }

    // While abstracts come in there is often nobody yet to review them.
    private async Task<IReadOnlyList<FoundConflict>> Found(IReadOnlyList<ReviewerIdentity> reviewers, CancellationToken ct)
        => reviewers.Count == 0 ? [] : reviewers.SelectMany((await Rules(ct)).Of).ToList();

    private async Task<ConflictRules> Rules(CancellationToken ct)
    {
        var authors = (await db.All<AuthorRow>(ReadAuthors, null, ct)).ToLookup(a => a.SubmissionNumber);
        var submissions = await db.All<SubmissionRow>(ReadSubmissions, null, ct);
        return new ConflictRules(
            submissions.Select(s => new SubmissionIdentity(s.Number, s.OwnerId, s.OwnerEmail, authors[s.Number].Select(a => a.ToAuthor()).ToList())),
            (await conference.Current(ct)).Routing.SameCountryConflict);
    }

    private sealed record SubmissionRow
    {
        public required int Number { get; init; }
        public required int OwnerId { get; init; }
        public required string OwnerEmail { get; init; }
    }

    private sealed record AuthorRow
    {
        public required int SubmissionNumber { get; init; }
        public required string GivenName { get; init; }
        public required string FamilyName { get; init; }
        public required string Email { get; init; }
        public required string Affiliation { get; init; }
        public required string Country { get; init; }
        public required string? Orcid { get; init; }

        public Author ToAuthor() => new() { GivenName = GivenName, FamilyName = FamilyName, Email = Email, Affiliation = Affiliation, Country = Country, Orcid = Orcid };
    }

    private sealed record Row
    {
        public required int ReviewerId { get; init; }
        public required int SubmissionNumber { get; init; }
        public required ConflictKind Kind { get; init; }
        public required bool Dismissed { get; init; }
    }

    // Everything the rules read has a version that only grows.
    private const string Basis = """
        select concat(
          (select Version from Conference where Id = 1), '/',
          (select count(*) from Submission where State <> 'Draft'), '/',
          (select coalesce(sum(Version), 0) from Submission where State <> 'Draft'), '/',
          (select count(*) from Reviewer), '/',
          (select coalesce(sum(p.Version), 0) from Person p join Reviewer r on r.PersonId = p.Id), '/',
          (select coalesce(max(p.Id), 0) from Person p join Reviewer r on r.PersonId = p.Id))
        """;

    private const string ReadBasis = "select Value from Setting where Name = 'conflicts.basis'";
    private const string KeepBasis = "update Setting set Value = @basis, Version = Version + 1 where Name = 'conflicts.basis'";
    private const string StartBasis = "insert into Setting (Name, Value, Version) values ('conflicts.basis', @basis, 1)";

    private const string ReadReviewers = """
        select p.Id as PersonId, p.Email, p.GivenName, p.FamilyName, p.Affiliation, p.Country, p.Orcid
        from Reviewer r
          join Person p on p.Id = r.PersonId
        order by p.Id
        """;

    // A draft is nobody's business yet, and would let anybody name anybody as a co-author.
    private const string ReadSubmissions = """
        select s.Number, s.OwnerId, p.Email as OwnerEmail
        from Submission s
          join Person p on p.Id = s.OwnerId
        where s.State <> 'Draft'
        order by s.Number
        """;

    private const string ReadAuthors = """
        select a.SubmissionNumber, a.GivenName, a.FamilyName, a.Email, a.Affiliation, a.Country, a.Orcid
        from Author a
          join Submission s on s.Number = a.SubmissionNumber
        where s.State <> 'Draft'
        order by a.SubmissionNumber, a.Position
        """;

    private const string ReadFound = """
        select ReviewerId, SubmissionNumber, Kind, case when DismissedAt is null then 0 else 1 end as Dismissed
        from Conflict
        where Kind <> 'Declared'
        """;

    private const string Delete = "delete from Conflict where ReviewerId = @ReviewerId and SubmissionNumber = @SubmissionNumber and Kind = @Kind";

    private const string Insert = """
        insert into Conflict (ReviewerId, SubmissionNumber, Kind, Evidence, FoundAt)
        values (@ReviewerId, @Number, @Kind, @Evidence, @now)
        """;
}
