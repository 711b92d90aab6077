using System.Text.Json;
using AbstractReview.App.Accounts;
using AbstractReview.App.Call;
using AbstractReview.App.Programme;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Book;

/// <summary>Reads what was accepted and published, in the call's order of areas and in programme or number order within each.</summary>
internal sealed class BookReader(Db db, ConferenceReader conferences, Releases releases, SiteAddress site)
{
    public async Task<BookContent> Read(BookOptions options, int edition, DateTimeOffset at, CancellationToken ct)
    {
        var conference = await conferences.Current(ct);
        var programme = (await releases.Newest(ct))?.ForEverybody();
        var slots = programme is null ? [] : Slots(programme);
        var authors = (await db.All<AuthorRow>(Authors, null, ct)).ToLookup(a => a.SubmissionNumber, a => a.Author);
        var figures = (await db.All<FigureRow>(Figures, null, ct)).ToLookup(f => f.SubmissionNumber, f => f.Sha256);
        var rows = (await db.All<Row>(Accepted, null, ct)).ToLookup(r => r.AreaCode);
        var parts = conference.Areas
            .Where(a => options.Areas.Count == 0 || options.Areas.Contains(a.Code))
            .Select(area => new BookPart(area, Entries(area)) { Sessions = Sessions(area) })
            .Where(p => p.Entries.Count > 0)
            .ToList();
        return new BookContent { Conference = conference, Options = options, Edition = edition, At = at, Parts = parts, Programme = programme, Site = Address(conference) };

        // Codes count all that was accepted, so that an edition of a part of it says the same codes as the whole book.
        List<BookEntry> Entries(Area area)
        {
            var last = new Dictionary<DecisionKind, int>();
            return [.. Ordered(rows[area.Code], options.Order, slots)
                .Select(row => (Row: conference.Final.Publishes(row.Consent) ? row : row with { Withheld = true }, Count: last[row.Kind] = last.GetValueOrDefault(row.Kind) + 1))
                .Where(x => Wanted(x.Row, options))
                .Select(x => Entry(x.Row, FormattableString.Invariant($"{area.Code}-{BookEntry.Letter(x.Row.Kind)}-{x.Count:D2}"), [.. authors[x.Row.Number]],
                    options.Prints(BookPiece.Figures) ? [.. figures[x.Row.Number]] : []) with { Slot = options.Prints(BookPiece.Sessions) ? slots.GetValueOrDefault(x.Row.Number) : null })];
        }

        List<ViewSession> Sessions(Area area) => programme is null || !options.Prints(BookPiece.Sessions) ? [] : [.. programme.InOrder().Where(s => s.AreaCode == area.Code)];
    }

    /// <summary>One submission, accepted or not, as the book would print it; its code stands open until the book is ordered.</summary>
    public async Task<BookContent> ReadOne(int number, CancellationToken ct)
    {
        var conference = await conferences.Current(ct);
        var row = await db.One<Row>(One, new { number }, ct) ?? throw new NotFoundException($"There is no submission {number}.");
        var authors = await db.All<AuthorRow>(AuthorsOfOne, new { number }, ct);
        var figures = await db.All<FigureRow>(FiguresOfOne, new { number }, ct);
        var area = conference.Area(row.AreaCode) ?? new Area { Code = "", Kind = AreaKind.Thematic, Title = "No area chosen yet", Topics = [] };
        var entry = Entry(row, FormattableString.Invariant($"AR-{number}"), [.. authors.Select(a => a.Author)], [.. figures.Select(f => f.Sha256)]);
        return new BookContent { Conference = conference, Options = new BookOptions(), Edition = 0, At = conference.At(conference.Dates.CallOpens), Parts = [new BookPart(area, [entry])], Site = Address(conference) };
    }

    private string Address(Conference conference) => (site.Value == "" ? conference.Website : site.Value).TrimEnd('/');

    private static Dictionary<int, BookSlot> Slots(ProgrammeView programme) => programme.Sessions
        .SelectMany(s => s.Slots.Where(x => x.Number is not null).Select(x => (Number: x.Number!.Value, Slot: new BookSlot(x.Code, x.Start, x.End, programme.Room(s.Room).Name, x.Board))))
        .DistinctBy(x => x.Number)
        .ToDictionary(x => x.Number, x => x.Slot);

    private static IEnumerable<Row> Ordered(IEnumerable<Row> rows, BookOrder order, Dictionary<int, BookSlot> slots) => order == BookOrder.Number
        ? rows
        : rows.OrderBy(r => slots.GetValueOrDefault(r.Number)?.Start ?? DateTime.MaxValue).ThenBy(r => slots.GetValueOrDefault(r.Number)?.Board ?? 0).ThenBy(r => r.Number);

    private static bool Wanted(Row row, BookOptions options)
        => (options.Kinds.Count == 0 || options.Kinds.Contains(row.Kind)) && (!options.ConfirmedOnly || row.State == SubmissionState.Confirmed);

    private static BookEntry Entry(Row row, string code, IReadOnlyList<Author> authors, IReadOnlyList<string> figures)
    {
        IReadOnlyList<string> keywords = [];
        string? damage = null;
        try
        {
            keywords = Json.Read<List<string>>(row.Keywords);
        }
        catch (JsonException)
        {
            damage = "Its stored keywords cannot be read.";
        }

        return new BookEntry
        {
            Number = row.Number, Code = code, Title = row.Title, Abstract = row.Abstract, Kind = row.Kind, Keywords = keywords, Authors = authors, Figures = figures, Damage = damage,
            Withheld = row.Withheld,
        };
    }

    private sealed record Row
    {
        public required int Number { get; init; }
        public required SubmissionState State { get; init; }
        public required string Title { get; init; }
        public required string Abstract { get; init; }
        public required string AreaCode { get; init; }
        public required string Keywords { get; init; }
        public required DecisionKind Kind { get; init; }
        /// <summary>To publication; null where the authors did not answer.</summary>
        public bool? Consent { get; init; }
        public bool Withheld { get; init; }
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
        public required bool Presenting { get; init; }
        public required bool Corresponding { get; init; }

        public Author Author => new()
        {
            GivenName = GivenName, FamilyName = FamilyName, Email = Email, Affiliation = Affiliation, Country = Country, Orcid = Orcid, Presenting = Presenting, Corresponding = Corresponding,
        };
    }

    private sealed record FigureRow
    {
        public required int SubmissionNumber { get; init; }
        public required string Sha256 { get; init; }
    }

    private const string Accepted = """
        select s.Number, s.State, s.Title, s.Abstract, s.AreaCode, s.Keywords, d.Kind, p.Consent
        from Submission s
        join Decision d on d.SubmissionNumber = s.Number and d.DecisionVersion = s.DecisionVersion
        left join Preparation p on p.SubmissionNumber = s.Number
        where s.State in ('Notified', 'Confirmed') and d.PublishedAt is not null and d.Kind in ('Oral', 'Poster', 'Panel')
        order by s.Number
        """;

    // An oral presentation until a decision is published: only the small line above the title tells it.
    private const string One = """
        select s.Number, s.State, s.Title, s.Abstract, s.AreaCode, s.Keywords,
               coalesce((select d.Kind from Decision d
                         where d.SubmissionNumber = s.Number and d.DecisionVersion = s.DecisionVersion and d.PublishedAt is not null and d.Kind in ('Oral', 'Poster', 'Panel')), 'Oral') as Kind
        from Submission s
        where s.Number = @number
        """;

    private const string AuthorsOfOne = """
        select SubmissionNumber, GivenName, FamilyName, Email, Affiliation, Country, Orcid, Presenting, Corresponding
        from Author
        where SubmissionNumber = @number
        order by Position
        """;

    private const string Authors = """
        select a.SubmissionNumber, a.GivenName, a.FamilyName, a.Email, a.Affiliation, a.Country, a.Orcid, a.Presenting, a.Corresponding
        from Author a
        join Submission s on s.Number = a.SubmissionNumber
        where s.State in ('Notified', 'Confirmed')
        order by a.SubmissionNumber, a.Position
        """;

    private const string Figures = """
        select SubmissionNumber, Sha256
        from Attachment
        where MediaType in ('image/png', 'image/jpeg')
        order by SubmissionNumber, Position
        """;

    private const string FiguresOfOne = """
        select SubmissionNumber, Sha256
        from Attachment
        where SubmissionNumber = @number and MediaType in ('image/png', 'image/jpeg')
        order by Position
        """;
}
