using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Programmes;

namespace AbstractReview.App.Programme;

/// <summary>Reads the submissions that belong into the programme: notified or confirmed, their newest published decision oral, poster or panel.</summary>
public sealed class AcceptedTalks(Db db, ConferenceReader conferences)
{
    public async Task<AcceptedSet> Read(CancellationToken ct)
    {
        var authors = (await db.All<AuthorRow>(ReadAuthors, null, ct)).ToLookup(a => a.SubmissionNumber);
        var final = (await conferences.Current(ct)).Final;
        var texts = (await db.All<TalkRow>(ReadTalks, null, ct)).Select(row => final.Publishes(row.Consent) ? row : row with { Abstract = "" })
            .Select(row => new TalkText(row.Number, row.AreaCode, row.Kind, row.Title, row.Abstract, Json.Read<List<string>>(row.Topics), row.Score, [.. authors[row.Number]]) { Wishes = row.Wishes is null ? [] : Json.Read<List<Wish>>(row.Wishes), WishNote = row.Note ?? "", Biography = row.Biography ?? "" }).ToList();
        return new AcceptedSet(texts);
    }

    private sealed record TalkRow
    {
        public required int Number { get; init; }
        public required string AreaCode { get; init; }
        public required DecisionKind Kind { get; init; }
        public required string Title { get; init; }
        public required string Abstract { get; init; }
        public required string Topics { get; init; }
        public required double? Score { get; init; }
        /// <summary>To publication; null where the authors did not answer.</summary>
        public required bool? Consent { get; init; }
        public required string? Biography { get; init; }
        public required string? Wishes { get; init; }
        public required string? Note { get; init; }
    }

    private const string ReadTalks = """
        select s.Number, s.AreaCode, d.Kind, s.Title, s.Abstract, s.Topics, coalesce(t.Calibrated, t.WeightedMean, t.Mean) as Score, p.Consent, p.Biography, v.Wishes, v.Note
        from Submission s
        join Decision d on d.SubmissionNumber = s.Number and d.PublishedAt is not null
        left join Standing t on t.SubmissionNumber = s.Number
        left join Preparation p on p.SubmissionNumber = s.Number
        left join Availability v on v.SubmissionNumber = s.Number
        where s.State in ('Notified', 'Confirmed')
          and d.Kind in ('Oral', 'Poster', 'Panel')
          and not exists (select 1 from Decision n where n.SubmissionNumber = s.Number and n.PublishedAt is not null and n.DecisionVersion > d.DecisionVersion)
        order by s.Number
        """;

    private const string ReadAuthors = """
        select a.SubmissionNumber, a.Position, a.GivenName, a.FamilyName, a.Email, a.NormalisedEmail, a.Affiliation, a.Country, a.Presenting, a.Corresponding
        from Author a
        join Submission s on s.Number = a.SubmissionNumber
        where s.State in ('Notified', 'Confirmed')
        order by a.SubmissionNumber, a.Position
        """;
}

/// <summary>The accepted submissions with their texts, and as the rules see them.</summary>
public sealed class AcceptedSet(IReadOnlyList<TalkText> texts)
{
    public IReadOnlyDictionary<int, TalkText> Texts { get; } = texts.ToDictionary(t => t.Number);
    public IReadOnlyDictionary<int, AcceptedTalk> Talks { get; } = texts.ToDictionary(t => t.Number, t => t.AsTalk());

    /// <summary>Every author by normalised address, as first named.</summary>
    public IReadOnlyDictionary<string, ProgrammePerson> People() => Texts.Values.SelectMany(t => t.Authors).GroupBy(a => a.NormalisedEmail)
        .ToDictionary(g => g.Key, g => g.First() is var a ? new ProgrammePerson { Email = a.Email, GivenName = a.GivenName, FamilyName = a.FamilyName, Affiliation = a.Affiliation, Country = a.Country } : null!);
}

/// <summary>An accepted submission as it is printed.</summary>
public sealed record TalkText(int Number, string AreaCode, DecisionKind Kind, string Title, string Abstract, IReadOnlyList<string> Topics, double? Score, IReadOnlyList<AuthorRow> Authors)
{
    public IReadOnlyList<Wish> Wishes { get; init; } = [];
    public string WishNote { get; init; } = "";
    /// <summary>Of whoever presents it, for the chair's introduction.</summary>
    public string Biography { get; init; } = "";

    public AcceptedTalk AsTalk() => new()
    {
        Number = Number,
        AreaCode = AreaCode,
        Kind = Kind,
        Title = Title,
        Topics = Topics,
        Score = Score,
        Wishes = Wishes,
        WishNote = WishNote,
        Authors = Authors.Select(a => new TalkAuthor(a.NormalisedEmail, PersonName.Full(a.GivenName, a.FamilyName), a.Country, a.Affiliation, a.Presenting)).ToList(),
    };
}

public sealed record AuthorRow
{
    public required int SubmissionNumber { get; init; }
    public required int Position { get; init; }
    public required string GivenName { get; init; }
    public required string FamilyName { get; init; }
    public required string Email { get; init; }
    public required string NormalisedEmail { get; init; }
    public required string Affiliation { get; init; }
    public required string Country { get; init; }
    public required bool Presenting { get; init; }
    public required bool Corresponding { get; init; }
}
