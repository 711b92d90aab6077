using AbstractReview.App.Audit;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Letters;
using MediatR;

namespace AbstractReview.App.Letters;

/// <summary>A template as it stands, with its history.</summary>
public sealed record ReadTemplate(LetterKind Kind, string Language, Actor By) : IQuery<TemplateReading>;

/// <summary>The text of an older version; 0 is the one that comes with the program.</summary>
public sealed record ReadTemplateVersion(LetterKind Kind, string Language, int Version, Actor By) : IQuery<string>;

/// <summary>Every kind of letter and language, and who changed its text last.</summary>
public sealed record ListTemplates(Actor By) : IQuery<IReadOnlyList<TemplateEntry>>;

/// <summary>Saves a text as the next version, once it passed its check. Answers the new version.</summary>
/// <param name="Kind">The letter.</param>
/// <param name="Language">The language of the text.</param>
/// <param name="Text">The subject, a line of three hyphens, the letter.</param>
/// <param name="Version">The version that was read; null does not ask.</param>
/// <param name="By">Who saves it.</param>
public sealed record SaveTemplate(LetterKind Kind, string Language, string Text, int? Version, Actor By) : ICommand<int>;

/// <summary>An older version's text stands again, as a new version; 0 for the one that comes with the program. Answers the new version.</summary>
public sealed record ReturnToTemplate(LetterKind Kind, string Language, int Version, Actor By) : ICommand<int>;

/// <param name="Text">What stands; empty when there is no text in this language yet.</param>
/// <param name="Version">The newest saved version; 0 before any.</param>
/// <param name="History">Every saved version, the newest first.</param>
public sealed record TemplateReading(string Text, int Version, IReadOnlyList<TemplateVersion> History);

/// <summary>A saved version.</summary>
public sealed record TemplateVersion
{
    public required int Version { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The mail address of who saved it; null for the command line.</summary>
    public required string? ChangedBy { get; init; }

    /// <summary>The text that comes with the program was put back.</summary>
    public required bool IsShipped { get; init; }
}

/// <param name="Kind">The letter.</param>
/// <param name="Language">The language.</param>
/// <param name="Version">The newest saved version; 0 for the text that comes with the program.</param>
/// <param name="ChangedAt">When it was saved.</param>
/// <param name="InUse">Letters are written in this language.</param>
public sealed record TemplateEntry(LetterKind Kind, string Language, int Version, DateTimeOffset? ChangedAt, bool InUse);

internal sealed class EditTemplateHandler(Db db, LetterWriter writer, LookStore looks, AuditLog audit, TimeProvider clock)
    : IRequestHandler<ReadTemplate, TemplateReading>, IRequestHandler<ReadTemplateVersion, string>, IRequestHandler<ListTemplates, IReadOnlyList<TemplateEntry>>,
      IRequestHandler<SaveTemplate, int>, IRequestHandler<ReturnToTemplate, int>
{
    public async Task<TemplateReading> Handle(ReadTemplate query, CancellationToken ct)
    {
        Check(query.By, query.Language);
        var values = new { kind = query.Kind.ToString(), query.Language };
        var history = await db.All<TemplateVersion>(ReadHistory, values, ct);
        return new TemplateReading((await writer.Text(query.Kind.ToString(), query.Language, ct))?.Text ?? "", history.Count == 0 ? 0 : history[0].Version, history);
    }

    public Task<string> Handle(ReadTemplateVersion query, CancellationToken ct)
    {
        Check(query.By, query.Language);
        return TextOf(query.Kind, query.Language, query.Version, ct);
    }

    public async Task<IReadOnlyList<TemplateEntry>> Handle(ListTemplates query, CancellationToken ct)
    {
        Access.Require(Access.MaySeeLetters(query.By), "see the templates of letters");
        var saved = (await db.All<NewestVersion>(ReadNewest, null, ct)).ToDictionary(v => (v.Kind, v.Language));
        var (look, _) = await looks.Current(ct);
        return [.. from kind in Enum.GetValues<LetterKind>()
                   from language in Languages.All
                   let newest = saved.GetValueOrDefault((kind.ToString(), language.Code))
                   select new TemplateEntry(kind, language.Code, newest is { IsShipped: false } ? newest.Version : 0, newest?.ChangedAt, look.Languages.Contains(language.Code))];
    }

    public async Task<int> Handle(SaveTemplate command, CancellationToken ct)
    {
        Check(command.By, command.Language);
        var text = command.Text.ReplaceLineEndings("\n").Trim() + "\n";
        LetterTemplate.Read(text, command.Kind);
        return await Save(command.Kind, command.Language, text, command.Version, command.By, ct);
    }

    public async Task<int> Handle(ReturnToTemplate command, CancellationToken ct)
    {
        Check(command.By, command.Language);
        var text = command.Version == 0 ? "" : await TextOf(command.Kind, command.Language, command.Version, ct);
        // A text from before the fields changed may no longer pass.
        if (text != "") LetterTemplate.Read(text, command.Kind);
        return await Save(command.Kind, command.Language, text, null, command.By, ct);
    }

    private async Task<int> Save(LetterKind kind, string language, string text, int? expected, Actor by, CancellationToken ct)
    {
        var standing = await db.One<int>(ReadVersion, new { kind = kind.ToString(), language }, ct);
        if (expected is { } version && version != standing) throw new StaleException("Somebody else saved this template meanwhile; look at their text first.", standing);
        await db.Run(Insert, new { kind = kind.ToString(), language, version = standing + 1, text, now = clock.GetUtcNow(), by.PersonId }, ct);
        await audit.Write(by, "letterTemplate.saved", "letterTemplate", $"{kind}.{language}", new { Version = standing }, new { Version = standing + 1 }, ct);
        return standing + 1;
    }

    private async Task<string> TextOf(LetterKind kind, string language, int version, CancellationToken ct)
    {
        var text = version == 0 ? null : await db.One<string>(ReadText, new { kind = kind.ToString(), language, version }, ct)
            ?? throw new NotFoundException($"There is no version {version} of this template.");
        return string.IsNullOrEmpty(text) ? LetterWriter.Shipped(kind.ToString(), language) ?? "" : text;
    }

    private static void Check(Actor by, string language)
    {
        Access.Require(Access.MayEditLetters(by), "change the templates of letters");
        if (!Languages.Exists(language)) throw new NotFoundException($"There are no letters in the language {language}.");
    }

    private sealed record NewestVersion
    {
        public required string Kind { get; init; }
        public required string Language { get; init; }
        public required int Version { get; init; }
        public required DateTimeOffset ChangedAt { get; init; }
        public required bool IsShipped { get; init; }
    }

    private const string ReadHistory = """
        select t.Version, t.ChangedAt, p.Email as ChangedBy, case when t.Text = '' then 1 else 0 end as IsShipped
        from LetterTemplate t
        left join Person p on p.Id = t.ChangedById
        where t.Kind = @kind and t.Language = @Language
        order by t.Version desc
        """;

    private const string ReadNewest = """
        select t.Kind, t.Language, t.Version, t.ChangedAt, case when t.Text = '' then 1 else 0 end as IsShipped
        from LetterTemplate t
        where t.Version = (select max(n.Version) from LetterTemplate n where n.Kind = t.Kind and n.Language = t.Language)
        """;

    private const string ReadText = "select Text from LetterTemplate where Kind = @kind and Language = @language and Version = @version";
    private const string ReadVersion = "select coalesce(max(Version), 0) from LetterTemplate where Kind = @kind and Language = @language";

    private const string Insert = """
        insert into LetterTemplate (Kind, Language, Version, Text, ChangedAt, ChangedById)
        values (@kind, @language, @version, @text, @now, @PersonId)
        """;
}
