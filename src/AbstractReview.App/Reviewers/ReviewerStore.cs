using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Reviewers;

namespace AbstractReview.App.Reviewers;

/// <summary>Keeps reviewers' profiles; shared by the reviewer's own page and the import.</summary>
public sealed class ReviewerStore(Db db)
{
    /// <summary>The profile and its version; null before one was saved.</summary>
    public async Task<(ReviewerProfile Profile, int Version)?> Read(int personId, CancellationToken ct)
    {
        if (await db.One<Row>(ReadRow, new { personId }, ct) is not { } row) return null;
        var past = await db.All<Past>(ReadPublications, new { personId }, ct);
        return (new ReviewerProfile
        {
            Areas = Json.Read<List<string>>(row.Areas),
            Topics = Json.Read<List<string>>(row.Topics),
            Keywords = Json.Read<List<string>>(row.Keywords),
            QuotaMin = row.QuotaMin,
            QuotaMax = row.QuotaMax,
            Available = row.Available,
            Publications = past.Select(p => new PastAbstract(p.Title, p.Abstract)).ToList(),
        }, row.Version);
    }

    /// <summary>Stores a checked profile whole and answers its new version.</summary>
    /// <exception cref="StaleException">Another version stands than <paramref name="version"/> (null: do not check; 0: none yet).</exception>
    public async Task<int> Save(int personId, ReviewerProfile profile, int? version, CancellationToken ct)
    {
        var standing = await db.One<int?>(ReadVersion, new { personId }, ct) ?? 0;
        if (version is { } expected && expected != standing) throw new StaleException("This profile was changed meanwhile; look at it again.", standing);
        var args = new
        {
            personId, Areas = Json.Write(profile.Areas), Topics = Json.Write(profile.Topics), Keywords = Json.Write(profile.Keywords),
            profile.QuotaMin, profile.QuotaMax, profile.Available,
        };
        if (await db.Run(Update, args, ct) == 0) await db.Run(Insert, args, ct);
        await db.Run(DeletePublications, new { personId }, ct);
        await db.Run(InsertPublication, profile.Publications.Select((p, i) => new { personId, Position = i + 1, p.Title, p.Abstract }), ct);
        return standing + 1;
    }

    /// <summary>Gives the role, if it is not there yet.</summary>
    public async Task AddRole(int personId, CancellationToken ct)
    {
        if (await db.One<int>(CountRole, new { personId }, ct) == 0) await db.Run(InsertRole, new { personId }, ct);
    }

    private sealed record Row
    {
        public required string Areas { get; init; }
        public required string Topics { get; init; }
        public required string Keywords { get; init; }
        public required int QuotaMin { get; init; }
        public required int QuotaMax { get; init; }
        public required bool Available { get; init; }
        public required int Version { get; init; }
    }

    private sealed record Past
    {
        public required string Title { get; init; }
        public required string Abstract { get; init; }
    }

    private const string ReadRow = "select Areas, Topics, Keywords, QuotaMin, QuotaMax, Available, Version from Reviewer where PersonId = @personId";
    private const string ReadVersion = "select Version from Reviewer where PersonId = @personId";
    private const string ReadPublications = "select Title, Abstract from Publication where ReviewerId = @personId order by Position";

    private const string Update = """
        update Reviewer
        set Areas = @Areas, Topics = @Topics, Keywords = @Keywords, QuotaMin = @QuotaMin, QuotaMax = @QuotaMax, Available = @Available, Version = Version + 1
        where PersonId = @personId
        """;

    private const string Insert = """
        insert into Reviewer (PersonId, Areas, Topics, Keywords, QuotaMin, QuotaMax, Available, Version)
        values (@personId, @Areas, @Topics, @Keywords, @QuotaMin, @QuotaMax, @Available, 1)
        """;

    private const string DeletePublications = "delete from Publication where ReviewerId = @personId";
    private const string InsertPublication = "insert into Publication (ReviewerId, Position, Title, Abstract) values (@personId, @Position, @Title, @Abstract)";
    private const string CountRole = "select count(*) from PersonRole where PersonId = @personId and Role = 'Reviewer' and AreaCode = ''";
    private const string InsertRole = "insert into PersonRole (PersonId, Role, AreaCode) values (@personId, 'Reviewer', '')";
}
