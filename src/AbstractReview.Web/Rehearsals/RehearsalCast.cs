using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;

namespace AbstractReview.Web.Rehearsals;

/// <summary>Who plays: everybody an anonymity rule knows, each under planted names but for the committee, whose names are public.</summary>
internal sealed class RehearsalCast
{
    public const string Visitor = "a visitor";
    public const string Author = "the author of submission 1";
    public const string CoAuthor = "a co-author of submission 1";
    public const string OtherAuthor = "the author of submission 2";
    public const string Chair = "the chair";
    public const string CoChair = "another chair";
    public const string AreaChair = "the chair of the area of submission 1";
    public const string OtherAreaChair = "the chair of another area";
    public const string Secretariat = "the secretariat";

    /// <param name="conference">The call that is rehearsed.</param>
    /// <param name="authorWords">Where the authors' planted words start.</param>
    /// <param name="reviewerWords">Where the reviewers' planted words start.</param>
    public RehearsalCast(Conference conference, int authorWords = 1_000, int reviewerWords = 2_000)
    {
        Areas = [conference.Areas[0].Code, conference.Areas[^1].Code];
        var (authors, reviewers) = (new CanaryWords(authorWords), new CanaryWords(reviewerWords));
        Players =
        [
            Planted(Author, authors, CanaryKind.Author, "FR"), Planted(CoAuthor, authors, CanaryKind.Author, "BE"), Planted(OtherAuthor, authors, CanaryKind.Author, "MA"),
            .. Enumerable.Range(1, conference.Review.ReviewsPerSubmission + 3).Select(i => Planted(ReviewerKey(i), reviewers, CanaryKind.Reviewer, "JP", Role.Reviewer)),
            Public(Chair, Role.Chair), Public(CoChair, Role.Chair), Public(AreaChair, Role.AreaChair, Areas[0]), Public(OtherAreaChair, Role.AreaChair, Areas[1]), Public(Secretariat, Role.Secretariat),
        ];
    }

    /// <summary>The areas of submission 1 and of submission 2.</summary>
    public IReadOnlyList<string> Areas { get; }

    public IReadOnlyList<Player> Players { get; }

    public IEnumerable<Player> Reviewers => Players.Where(p => p.Role == Role.Reviewer);

    public Player this[string key] => Players.First(p => p.Key == key);

    /// <summary>The keys of a submission's authors, the owner first.</summary>
    public static IReadOnlyList<string> AuthorsOf(int submission) => submission == 1 ? [Author, CoAuthor] : [OtherAuthor];

    private static string ReviewerKey(int i) => FormattableString.Invariant($"reviewer {i}");

    private static Player Planted(string key, CanaryWords words, CanaryKind kind, string country, Role role = Role.Author)
    {
        var (given, family, institute, address) = (words.Next(), words.Next(), words.Next(), words.Next());
        return new Player(key, $"{address}@{address}.example", Name(given), Name(family), $"{Name(institute)} Institute", country, role, "")
        {
            Canaries = [.. new[] { given, family, institute, address }.Select(w => new Canary(w, kind, 0, key))],
        };
    }

    private static Player Public(string key, Role role, string area = "")
        => new(key, $"{key.Replace(' ', '-')}@committee.example", "Rehearsal", key, "Committee", "AT", role, area);

    private static string Name(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}

/// <summary>Somebody in the rehearsal; the report names them by their key.</summary>

internal sealed record Player(string Key, string Email, string GivenName, string FamilyName, string Affiliation, string Country, Role Role, string Area)
{
    public IReadOnlyList<Canary> Canaries { get; init; } = [];
    public bool RunsConference => Role is Role.Chair or Role.Secretariat;
}
