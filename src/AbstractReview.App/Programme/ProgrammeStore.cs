using AbstractReview.App.Audit;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Programmes;

namespace AbstractReview.App.Programme;

/// <summary>The draft of the programme with its versions. Version 0 is the frame of the call, never saved.</summary>
public sealed class ProgrammeStore(Db db, AuditLog audit, TimeProvider clock)
{
    public async Task<Draft> Draft(Conference conference, CancellationToken ct)
        => await db.One<Row>(ReadDraft, null, ct) is { } row
            ? new Draft(Json.Read<ProgrammeDocument>(row.Document), row.Version)
            : new Draft(ProgrammeDocument.FromFrame(conference), 0);

    /// <summary>The document as it was at a version; null when there was none.</summary>
    public async Task<ProgrammeDocument?> At(int version, Conference conference, CancellationToken ct)
        => version == 0 ? ProgrammeDocument.FromFrame(conference)
            : await db.One<string>(ReadStep, new { version }, ct) is { } text ? Json.Read<ProgrammeDocument>(text) : null;

    /// <summary>Stores the next version of the draft. Inside a command's transaction.</summary>
    /// <returns>The new version.</returns>
    /// <exception cref="StaleException">The draft is no longer at <paramref name="standing"/>.</exception>
    public async Task<int> Save(ProgrammeDocument document, int standing, string words, Actor by, CancellationToken ct)
        => await Write(document, standing, words, undoTo: standing, redoTo: null, by, ct);

    /// <summary>Steps back to what the last edit found, or forward again.</summary>
    /// <exception cref="RuleBrokenException">There is nothing to undo or redo.</exception>
    /// <exception cref="StaleException">The draft is no longer at <paramref name="seen"/>: the last step is another than was meant.</exception>
    public async Task<int> Step(bool redo, int? seen, Conference conference, Actor by, CancellationToken ct)
    {
        var standing = (await Draft(conference, ct)).Version;
        if (seen is { } version && version != standing) throw new StaleException("Somebody else changed the programme in the meantime; the last step is now theirs.", standing);
        var now = await db.One<StepRow>(ReadSteps, new { version = standing }, ct);
        if ((redo ? now?.RedoTo : now?.UndoTo) is not { } to)
            throw new RuleBrokenException(redo ? "There is nothing to redo." : "There is nothing to undo.");
        var then = await db.One<StepRow>(ReadSteps, new { version = to }, ct);
        var document = await At(to, conference, ct) ?? throw new RuleBrokenException("That version is no longer kept.");
        return await Write(document, standing, redo ? "Redone" : "Undone", then?.UndoTo, redo ? then?.RedoTo : standing, by, ct);
    }

    /// <summary>The newest versions, newest first.</summary>
    public async Task<IReadOnlyList<DraftStep>> Steps(int take, CancellationToken ct)
        => await db.All<DraftStep>(ReadHistory, new { skip = 0, take }, ct);

    private async Task<int> Write(ProgrammeDocument document, int standing, string words, int? undoTo, int? redoTo, Actor by, CancellationToken ct)
    {
        var args = new { Document = Json.Write(document), standing, version = standing + 1, words, undoTo, redoTo, by.PersonId, now = clock.GetUtcNow() };
        if (await db.Run(Update, args, ct) == 0)
        {
            var found = await db.One<int?>(ReadVersion, null, ct) ?? 0;
            if (standing != 0 || found != 0) throw new StaleException("Somebody changed the programme in the meantime.", found);
            await db.Run(Insert, args, ct);
        }

        await db.Run(InsertStep, args, ct);
        await db.Run(Forget, new { oldest = standing + 1 - Kept }, ct);
        await audit.Write(by, "programme.changed", "programme", 1, new { version = standing }, new { version = standing + 1, words }, ct);
        return standing + 1;
    }

    // A large programme's document is half a megabyte; beyond these nobody undoes, and the audit keeps the words.
    private const int Kept = 500;

    private sealed record Row
    {
        public required string Document { get; init; }
        public required int Version { get; init; }
    }

    private sealed record StepRow
    {
        public required int? UndoTo { get; init; }
        public required int? RedoTo { get; init; }
    }

    private const string ReadDraft = "select Document, Version from Programme where Id = 1";
    private const string ReadVersion = "select Version from Programme where Id = 1";
    private const string Forget = "delete from ProgrammeStep where Version <= @oldest";
    private const string ReadStep = "select Document from ProgrammeStep where Version = @version";
    private const string ReadSteps = "select UndoTo, RedoTo from ProgrammeStep where Version = @version";
    private const string Update = "update Programme set Document = @Document, ChangedAt = @now, Version = @version where Id = 1 and Version = @standing";
    private const string Insert = "insert into Programme (Id, Document, ChangedAt, Version) values (1, @Document, @now, @version)";

    private const string ReadHistory = """
        select s.Version, s.Words, s.At, s.UndoTo, s.RedoTo, p.GivenName, p.FamilyName
        from ProgrammeStep s
        left join Person p on p.Id = s.ById
        order by s.Version desc
        offset @skip rows fetch next @take rows only
        """;

    private const string InsertStep = """
        insert into ProgrammeStep (Version, Document, Words, UndoTo, RedoTo, At, ById)
        values (@version, @Document, @words, @undoTo, @redoTo, @now, @PersonId)
        """;
}

/// <param name="Document">What stands.</param>
/// <param name="Version">Its version; 0 before the first save.</param>
public sealed record Draft(ProgrammeDocument Document, int Version);

/// <summary>A version of the draft, in the list of versions.</summary>
public sealed record DraftStep
{
    public required int Version { get; init; }
    public required string Words { get; init; }
    public required DateTimeOffset At { get; init; }
    public required int? UndoTo { get; init; }
    public required int? RedoTo { get; init; }
    /// <summary>Who did it; null for the program itself.</summary>
    public string? GivenName { get; init; }
    public string? FamilyName { get; init; }

    public string By => PersonName.Full(GivenName, FamilyName);
}
