using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;

namespace AbstractReview.App.Letters;

/// <summary>How the look lies in the settings: set once, for every letter. Pictures are named by the SHA-256 of their file.</summary>
public sealed record LetterLookSetting
{
    /// <summary>The languages of letters, in order: each that has a template of its own makes a page.</summary>
    public IReadOnlyList<string> Languages { get; init; } = ["en"];

    /// <summary>The letterhead's picture.</summary>
    public string? Logo { get; init; }

    public string? Signature { get; init; }
    public string? Stamp { get; init; }

    /// <summary>Who signs; empty for the chair of the programme committee.</summary>
    public string Signatory { get; init; } = "";

    /// <summary>The reference of a letter that tells a decision, with {acronym}, {year}, {kind}, {number}, {version} and {id}.</summary>
    public string ReferenceOfDecision { get; init; } = "{acronym}/AR-{number}/{version}";

    /// <summary>The reference of every other letter.</summary>
    public string ReferenceOfOthers { get; init; } = "{acronym}/L-{id}";

    /// <summary>The day all letters bear; null for the day each was ordered.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>What the conference is called in each language; an empty word stands as the call has it.</summary>
    public IReadOnlyDictionary<string, LookWords> Words { get; init; } = new Dictionary<string, LookWords>();
}

/// <summary>The conference's own words in one language.</summary>
public sealed record LookWords
{
    public string Conference { get; init; } = "";
    public string Organiser { get; init; } = "";
    public string Venue { get; init; } = "";
    public string City { get; init; } = "";
    public string Country { get; init; } = "";

    /// <summary>The line under the conference's title; empty for organiser, place and days.</summary>
    public string Letterhead { get; init; } = "";

    /// <summary>Under the signatory's name; empty for “Chair of the Programme Committee”.</summary>
    public string SignatoryTitle { get; init; } = "";
}

/// <summary>The look with its pictures.</summary>
internal sealed record LetterLook(LetterLookSetting Setting, byte[]? Logo, byte[]? Signature, byte[]? Stamp)
{
    public IReadOnlyList<string> Languages => Setting.Languages;

    public string SignatoryName(Conference conference)
        => Setting.Signatory != "" ? Setting.Signatory : LetterFields.Signatory(conference) is { } chair ? PersonName.Full(chair.GivenName, chair.FamilyName) : conference.Organiser;

    /// <summary>Every word filled: what is not said in this language stands as the call has it.</summary>
    public LookWords Words(string language, Conference conference)
    {
        var set = Setting.Words.GetValueOrDefault(language) ?? new LookWords();
        var words = new LookWords
        {
            Conference = Or(set.Conference, conference.Title),
            Organiser = Or(set.Organiser, conference.Organiser),
            Venue = Or(set.Venue, conference.Venue),
            City = Or(set.City, conference.City),
            Country = Or(set.Country, LetterFields.CountryName(conference.Country, language)),
            SignatoryTitle = Or(set.SignatoryTitle, LetterWords.Chair(language)),
        };
        var days = DateWords.Range(conference.Dates.FirstDay, conference.Dates.LastDay, language);
        return words with { Letterhead = Or(set.Letterhead, $"{words.Organiser} · {words.Venue}{LetterWords.Comma(language)}{words.City} · {days}") };
    }

    private static string Or(string set, string otherwise) => set.Trim() == "" ? otherwise : set.Trim();
}

/// <summary>Reads the look as it is set, and its version, which counts from 0 for never set.</summary>
internal sealed class LookStore(Db db, IFiles files)
{
    private const string Name = "letter-look";

    public async Task<(LetterLookSetting Setting, int Version)> Current(CancellationToken ct)
        => await db.One<Row>(Read, new { name = Name }, ct) is { } row ? (Json.Read<LetterLookSetting>(row.Value), row.Version) : (new LetterLookSetting(), 0);

    public async Task<LetterLook> Look(CancellationToken ct) => await WithPictures((await Current(ct)).Setting, ct);

    public async Task<LetterLook> WithPictures(LetterLookSetting setting, CancellationToken ct)
    {
        return new LetterLook(setting, await Picture(setting.Logo), await Picture(setting.Signature), await Picture(setting.Stamp));

        async Task<byte[]?> Picture(string? sha256) => sha256 is null ? null : await files.Get(sha256, ct);
    }

    /// <summary>Stores the look and answers its new version.</summary>
    public async Task<int> Save(LetterLookSetting setting, int version, CancellationToken ct)
    {
        var values = new { name = Name, value = Json.Write(setting), version = version + 1 };
        if (await db.Run(Update, values, ct) == 0) await db.Run(Insert, values, ct);
        return version + 1;
    }

    private sealed record Row
    {
        public required string Value { get; init; }
        public required int Version { get; init; }
    }

    private const string Read = "select Value, Version from Setting where Name = @name";
    private const string Update = "update Setting set Value = @value, Version = @version where Name = @name";
    private const string Insert = "insert into Setting (Name, Value, Version) values (@name, @value, @version)";
}
