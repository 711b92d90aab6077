using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Submissions;

/// <summary>A submission as its rows hold it.</summary>
public sealed record StoredSubmission
{
    public required int Number { get; init; }
    public required SubmissionState State { get; init; }
    public required int OwnerId { get; init; }
    /// <summary>0 before the first submit.</summary>
    public required int Revision { get; init; }
    public required string ContentHash { get; init; }
    public required DateTimeOffset? SubmittedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required int Version { get; init; }
    public required SubmissionContent Content { get; init; }
}

/// <summary>Reads and writes a submission's rows, for the commands that do so in few statements.</summary>
public sealed class SubmissionStore(Db db)
{
    /// <param name="number">The submission.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <param name="authors">Without them for whoever may not know them: that it takes longer to read many is knowledge too.</param>
    /// <exception cref="NotFoundException">There is no such submission.</exception>
    public async Task<StoredSubmission> Load(int number, CancellationToken ct, bool authors = true)
    {
        var row = await db.One<Row>(Read, new { number }, ct) ?? throw new NotFoundException($"There is no submission {number} for you.");
        return new StoredSubmission
        {
            Number = number,
            State = row.State,
            OwnerId = row.OwnerId,
            Revision = row.Revision,
            ContentHash = row.ContentHash,
            SubmittedAt = row.SubmittedAt,
            UpdatedAt = row.UpdatedAt,
            Version = row.Version,
            Content = new SubmissionContent
            {
                Title = row.Title,
                Abstract = row.Abstract,
                AreaCode = row.AreaCode,
                Topics = Json.Read<List<string>>(row.Topics),
                Keywords = Json.Read<List<string>>(row.Keywords),
                Presentation = row.Presentation,
                Authors = authors ? await Authors(number, ct) : [],
            },
        };
    }

    public Task<IReadOnlyList<Author>> Authors(int number, CancellationToken ct) => db.All<Author>(ReadAuthors, new { number }, ct);

    /// <summary>Stores a new submission under its number.</summary>
    public async Task Insert(StoredSubmission s, CancellationToken ct)
    {
        await db.Run(InsertRow, Columns(s, s.Version), ct);
        await InsertAuthors(s, ct);
    }

    /// <summary>Stores what changed over <paramref name="loadedVersion"/>.</summary>
    /// <exception cref="StaleException">Somebody else changed it meanwhile.</exception>
    public async Task Update(StoredSubmission s, int loadedVersion, bool authorsChanged, CancellationToken ct)
    {
        if (await db.Run(UpdateRow, Columns(s, loadedVersion), ct) == 0)
            throw new StaleException($"Submission {s.Number} was changed by somebody else meanwhile.", loadedVersion + 1);
        if (!authorsChanged) return;
        await db.Run(DeleteAuthors, new { s.Number }, ct);
        await InsertAuthors(s, ct);
    }

    private async Task InsertAuthors(StoredSubmission s, CancellationToken ct)
    {
        if (s.Content.Authors.Count == 0) return;
        await db.Run(InsertAuthor, s.Content.Authors.Select((a, i) => new
        {
            s.Number,
            Position = i + 1,
            a.GivenName,
            a.FamilyName,
            a.Email,
            NormalisedEmail = MailAddress.Normalise(a.Email),
            a.Affiliation,
            a.Country,
            a.Orcid,
            a.Presenting,
            a.Corresponding,
        }).ToList(), ct);
    }

    private static object Columns(StoredSubmission s, int version) => new
    {
        s.Number,
        State = s.State.ToString(),
        s.Content.Title,
        s.Content.Abstract,
        s.Content.AreaCode,
        Topics = Json.Write(s.Content.Topics),
        Keywords = Json.Write(s.Content.Keywords),
        s.Content.Presentation,
        s.OwnerId,
        s.Revision,
        s.ContentHash,
        s.SubmittedAt,
        s.UpdatedAt,
        Version = version,
    };

    private sealed record Row
    {
        public required SubmissionState State { get; init; }
        public required string Title { get; init; }
        public required string Abstract { get; init; }
        public required string AreaCode { get; init; }
        public required string Topics { get; init; }
        public required string Keywords { get; init; }
        public required string Presentation { get; init; }
        public required int OwnerId { get; init; }
        public required int Revision { get; init; }
        public required string ContentHash { get; init; }
        public required DateTimeOffset UpdatedAt { get; init; }
        public required DateTimeOffset? SubmittedAt { get; init; }
        public required int Version { get; init; }
    }

    private const string Read = """
        select State, Title, Abstract, AreaCode, Topics, Keywords, Presentation, OwnerId, Revision, ContentHash, UpdatedAt, SubmittedAt, Version
        from Submission
        where Number = @number
        """;

    private const string ReadAuthors = """
        select GivenName, FamilyName, Email, Affiliation, Country, Orcid, Presenting, Corresponding
        from Author
        where SubmissionNumber = @number
        order by Position
        """;

    private const string InsertRow = """
        insert into Submission (Number, State, Title, Abstract, AreaCode, Topics, Keywords, Presentation, OwnerId, Revision, ContentHash, DecisionVersion, CreatedAt, UpdatedAt, SubmittedAt, Version)
        values (@Number, @State, @Title, @Abstract, @AreaCode, @Topics, @Keywords, @Presentation, @OwnerId, @Revision, @ContentHash, 0, @UpdatedAt, @UpdatedAt, @SubmittedAt, @Version)
        """;

    private const string UpdateRow = """
        update Submission
        set State = @State, Title = @Title, Abstract = @Abstract, AreaCode = @AreaCode, Topics = @Topics, Keywords = @Keywords, Presentation = @Presentation,
            Revision = @Revision, ContentHash = @ContentHash, UpdatedAt = @UpdatedAt, SubmittedAt = @SubmittedAt, Version = Version + 1
        where Number = @Number and Version = @Version
        """;

    private const string DeleteAuthors = "delete from Author where SubmissionNumber = @Number";

    private const string InsertAuthor = """
        insert into Author (SubmissionNumber, Position, GivenName, FamilyName, Email, NormalisedEmail, Affiliation, Country, Orcid, Presenting, Corresponding)
        values (@Number, @Position, @GivenName, @FamilyName, @Email, @NormalisedEmail, @Affiliation, @Country, @Orcid, @Presenting, @Corresponding)
        """;
}
