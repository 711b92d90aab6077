using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Reviewers;

namespace AbstractReview.App.Routing;

/// <summary>Reads what a routing rests on.</summary>
public sealed class RoutingReader(Db db, ConferenceReader conference, RoutingTexts texts)
{
    public async Task<RoutingInputs> Read(CancellationToken ct)
    {
        var call = await conference.Current(ct);
        var known = await texts.Of((await db.One<string>(Stamp, null, ct))!, () => ReadTexts(ct));
        var elsewhere = (await db.All<ElsewhereRow>(Elsewhere, null, ct)).ToDictionary(r => r.ReviewerId, r => r.Reviews);
        return new RoutingInputs
        {
            Rules = call.Routing,
            Wanted = call.Review.ReviewsPerSubmission,
            Submissions = known.Submissions.Select(s => s with { Wanted = call.ReviewsWanted(s.AreaCode) }).ToList(),
            Reviewers = known.Reviewers.Select(r => elsewhere.TryGetValue(r.Id, out var reviews) ? r with { Elsewhere = reviews } : r).ToList(),
            TextsHash = known.Hash,
            Bids = await db.All<RoutedBid>(Bids, null, ct),
            Conflicts = await db.All<StandingConflict>(Conflicts, null, ct),
            Assignments = await db.All<StandingAssignment>(Assignments, null, ct),
            Forbidden = await db.All<ForbiddenPair>(Forbidden, null, ct),
        };
    }

    private async Task<RoutingTexts.Known> ReadTexts(CancellationToken ct)
    {
        var submissions = (await db.All<SubmissionRow>(Submissions, null, ct)).Select(s => s.ToRouted()).ToList();
        var reviewers = await ReadReviewers(ct);
        return new RoutingTexts.Known(submissions, reviewers, RoutingInputs.Hashing(new { submissions, reviewers }));
    }

    private async Task<IReadOnlyList<RoutedReviewer>> ReadReviewers(CancellationToken ct)
    {
        var past = (await db.All<PastRow>(Publications, null, ct)).ToLookup(p => p.ReviewerId, p => new PastAbstract(p.Title, p.Abstract));
        return (await db.All<ReviewerRow>(Reviewers, null, ct)).Select(r => r.ToRouted(past[r.PersonId].ToList())).ToList();
    }

    private sealed record SubmissionRow
    {
        public required int Number { get; init; }
        public required string State { get; init; }
        public required string Title { get; init; }
        public required string Abstract { get; init; }
        public required string AreaCode { get; init; }
        public required string Topics { get; init; }
        public required string Keywords { get; init; }

        public RoutedSubmission ToRouted() => new()
        {
            Number = Number, State = State, Title = Title, Abstract = Abstract, AreaCode = AreaCode,
            Topics = Json.Read<List<string>>(Topics), Keywords = Json.Read<List<string>>(Keywords), Wanted = 0,
        };
    }

    private sealed record ReviewerRow
    {
        public required int PersonId { get; init; }
        public required string Email { get; init; }
        public required string GivenName { get; init; }
        public required string FamilyName { get; init; }
        public required string Affiliation { get; init; }
        public required string Areas { get; init; }
        public required string Topics { get; init; }
        public required string Keywords { get; init; }
        public required int QuotaMin { get; init; }
        public required int QuotaMax { get; init; }
        public required bool Available { get; init; }

        public RoutedReviewer ToRouted(IReadOnlyList<PastAbstract> publications) => new()
        {
            Id = PersonId, Email = Email, Name = PersonName.Full(GivenName, FamilyName), Affiliation = Affiliation, Elsewhere = 0,
            Profile = new ReviewerProfile
            {
                Areas = Json.Read<List<string>>(Areas), Topics = Json.Read<List<string>>(Topics), Keywords = Json.Read<List<string>>(Keywords),
                QuotaMin = QuotaMin, QuotaMax = QuotaMax, Available = Available, Publications = publications,
            },
        };
    }

    private sealed record ElsewhereRow
    {
        public required int ReviewerId { get; init; }
        public required int Reviews { get; init; }
    }

    private sealed record PastRow
    {
        public required int ReviewerId { get; init; }
        public required string Title { get; init; }
        public required string Abstract { get; init; }
    }

    private const string Submissions = """
        select Number, State, Title, Abstract, AreaCode, Topics, Keywords
        from Submission
        where State in ('Submitted', 'UnderReview')
        order by Number
        """;

    private const string Reviewers = """
        select r.PersonId, p.Email, p.GivenName, p.FamilyName, p.Affiliation, r.Areas, r.Topics, r.Keywords, r.QuotaMin, r.QuotaMax, r.Available
        from Reviewer r
          join Person p on p.Id = r.PersonId
        order by r.PersonId
        """;

    private const string Elsewhere = """
        select a.ReviewerId, count(*) as Reviews
        from Assignment a
          join Submission s on s.Number = a.SubmissionNumber
        where a.State = 'Assigned' and s.State not in ('Submitted', 'UnderReview', 'Withdrawn')
        group by a.ReviewerId
        order by a.ReviewerId
        """;

    // Everything the texts are read from has a version that only grows.
    private const string Stamp = """
        select concat(
          (select count(*) from Submission where State <> 'Draft'), '/',
          (select coalesce(sum(Version), 0) from Submission where State <> 'Draft'), '/',
          (select count(*) from Submission where State = 'Submitted'), '/',
          (select count(*) from Submission where State = 'UnderReview'), '/',
          (select count(*) from Reviewer), '/',
          (select coalesce(sum(Version), 0) from Reviewer), '/',
          (select coalesce(sum(p.Version), 0) from Person p join Reviewer r on r.PersonId = p.Id), '/',
          (select coalesce(max(p.Id), 0) from Person p join Reviewer r on r.PersonId = p.Id))
        """;

    private const string Publications = "select ReviewerId, Title, Abstract from Publication order by ReviewerId, Position";

    private const string Bids = """
        select b.ReviewerId, b.SubmissionNumber, b.Value
        from Bid b
          join Submission s on s.Number = b.SubmissionNumber
        where s.State in ('Submitted', 'UnderReview')
        order by b.ReviewerId, b.SubmissionNumber
        """;

    private const string Conflicts = """
        select c.ReviewerId, c.SubmissionNumber, c.Kind, c.Evidence
        from Conflict c
          join Submission s on s.Number = c.SubmissionNumber
        where s.State in ('Submitted', 'UnderReview') and c.DismissedAt is null
        order by c.ReviewerId, c.SubmissionNumber, c.Kind
        """;

    private const string Assignments = """
        select a.SubmissionNumber, a.ReviewerId, a.State, a.Pinned, case when r.State = 'Submitted' then 1 else 0 end as Reviewed
        from Assignment a
          join Submission s on s.Number = a.SubmissionNumber
          left join Review r on r.SubmissionNumber = a.SubmissionNumber and r.ReviewerId = a.ReviewerId
        where s.State in ('Submitted', 'UnderReview')
        order by a.SubmissionNumber, a.ReviewerId
        """;

    private const string Forbidden = "select SubmissionNumber, ReviewerId from ForbiddenPair order by SubmissionNumber, ReviewerId";
}
