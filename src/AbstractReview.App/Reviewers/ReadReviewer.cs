using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Reviewers;
using MediatR;

namespace AbstractReview.App.Reviewers;

/// <summary>A reviewer reads their own profile, with what they bid and declared.</summary>
public sealed record ReadReviewer(Actor By) : IQuery<ReviewerView>;

/// <summary>A reviewer as the API shows them to themselves. <see cref="Version"/> is 0 before the profile was first saved.</summary>
public sealed record ReviewerView
{
    public required int Version { get; init; }
    public required string Email { get; init; }
    public required string GivenName { get; init; }
    public required string FamilyName { get; init; }
    public required string Affiliation { get; init; }
    public required string Country { get; init; }
    public required IReadOnlyList<string> Areas { get; init; }
    public required IReadOnlyList<string> Topics { get; init; }
    public required IReadOnlyList<string> Keywords { get; init; }
    public required int QuotaMin { get; init; }
    public required int QuotaMax { get; init; }
    public required bool Available { get; init; }
    public required IReadOnlyList<PastAbstract> Publications { get; init; }
    public required IReadOnlyList<PlacedBid> Bids { get; init; }
    public required IReadOnlyList<DeclaredConflict> Conflicts { get; init; }
}

internal sealed class ReadReviewerHandler(Db db, ReviewerStore reviewers, ConferenceReader conference) : IRequestHandler<ReadReviewer, ReviewerView>
{
    public async Task<ReviewerView> Handle(ReadReviewer query, CancellationToken ct)
    {
        Access.Require(Access.MayBid(query.By), "keep a reviewer’s profile");
        var id = query.By.PersonId;
        var person = await db.One<Row>(ReadPerson, new { id }, ct) ?? throw new NotFoundException("There is no such account.");
        var routing = (await conference.Current(ct)).Routing;
        var (profile, version) = await reviewers.Read(id, ct) ?? (new ReviewerProfile { QuotaMin = routing.QuotaMin, QuotaMax = routing.QuotaMax }, 0);
        return new ReviewerView
        {
            Version = version,
            Email = person.Email,
            GivenName = person.GivenName,
            FamilyName = person.FamilyName,
            Affiliation = person.Affiliation,
            Country = person.Country,
            Areas = profile.Areas,
            Topics = profile.Topics,
            Keywords = profile.Keywords,
            QuotaMin = profile.QuotaMin,
            QuotaMax = profile.QuotaMax,
            Available = profile.Available,
            Publications = profile.Publications,
            Bids = await db.All<PlacedBid>(ReadBids, new { id }, ct),
            Conflicts = await db.All<DeclaredConflict>(ReadConflicts, new { id }, ct),
        };
    }

    private sealed record Row
    {
        public required string Email { get; init; }
        public required string GivenName { get; init; }
        public required string FamilyName { get; init; }
        public required string Affiliation { get; init; }
        public required string Country { get; init; }
    }

    private const string ReadPerson = "select Email, GivenName, FamilyName, Affiliation, Country from Person where Id = @id";
    private const string ReadBids = "select SubmissionNumber as Number, Value from Bid where ReviewerId = @id order by SubmissionNumber";
    private const string ReadConflicts = "select SubmissionNumber as Number, Evidence as Reason from Conflict where ReviewerId = @id and Kind = 'Declared' order by SubmissionNumber";
}
