using System.Globalization;
using AbstractReview.App.Call;
using AbstractReview.App.Programme;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Letters;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Letters;

/// <summary>What a letter says of a submission or a reviewer, gathered for whoever orders or previews it.</summary>
public sealed class LetterOrders(Db db, ConferenceReader conferences, Releases releases)
{
    /// <summary>The letter of a decision to the corresponding author; the first author where none corresponds.</summary>
    internal async Task<LetterOrder?> Decision(int number, LetterKind kind, string reason, int decisionVersion, CancellationToken ct)
    {
        return await About(number, ct) is { } about ? Decision(about, kind, reason, decisionVersion, await conferences.Current(ct)) : null;
    }

    /// <summary>The same from what is known already; null where there is nobody to write to.</summary>
    internal static LetterOrder? Decision(SubmissionLetterFacts about, LetterKind kind, string reason, int decisionVersion, Conference call)
    {
        if (about.Corresponding is not { } to) return null;
        return Order(kind, about, to, decisionVersion) with
        {
            Fields = new Dictionary<string, string>(About(about, to, call))
            {
                ["decision"] = Enum.Parse<DecisionKind>(kind.ToString()).Words(),
                ["reason"] = reason,
                ["confirmBy"] = Deadline.Words(call, call.At(call.Dates.ConfirmBy)),
                ["decisionVersion"] = decisionVersion.ToString(CultureInfo.InvariantCulture),
            },
        };
    }

    /// <summary>A letter to one author of an accepted submission: for a visa, or that it was presented.</summary>
    internal async Task<LetterOrder> Participation(SubmissionLetterFacts about, LetterAuthor to, LetterKind kind, CancellationToken ct)
    {
        var call = await conferences.Current(ct);
        var fields = About(about, to, call);
        if (about.Decision is { } decision) fields["decision"] = decision.Words();
        if (await Slot(about.Number, ct) is { } place)
        {
            fields["session"] = place.Session.Title;
            fields["room"] = place.View.Room(place.Session.Room).Name;
            fields["sessionTime"] = place.Slot.Start.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);
        }

        return Order(kind, about, to, about.DecisionVersion) with { Fields = fields };
    }

    /// <summary>A letter to a reviewer for their reviews.</summary>
    internal static LetterOrder Reviewer(ReviewerLetterFacts reviewer, LetterKind kind) => new()
    {
        Kind = kind.ToString(),
        ToEmail = reviewer.Email,
        ToName = reviewer.FullName,
        Fields = new Dictionary<string, string>
        {
            ["givenName"] = reviewer.GivenName,
            ["familyName"] = reviewer.FamilyName,
            ["reviews"] = reviewer.Reviews.ToString(CultureInfo.InvariantCulture),
            ["areas"] = reviewer.Areas ?? "",
        },
    };

    /// <summary>The submission with its authors, in order; null when there is none.</summary>
    internal async Task<SubmissionLetterFacts?> About(int number, CancellationToken ct)
    {
        if (await db.One<SubmissionLetterFacts>(ReadSubmission, new { number }, ct) is not { } about) return null;
        return about with { Authors = await db.All<LetterAuthor>(ReadAuthors, new { number }, ct) };
    }

    /// <summary>The authors of every submission whose decision is not published, by its number and in order.</summary>
    internal async Task<ILookup<int, LetterAuthor>> AuthorsOfDecided(CancellationToken ct)
        => (await db.All<LetterAuthor>(ReadAuthorsOfDecided, null, ct)).ToLookup(a => a.SubmissionNumber);

    /// <summary>When the submission's place in the released programme ends; null while it has none.</summary>
    internal async Task<DateTimeOffset?> PresentedAt(int number, CancellationToken ct)
        => await Slot(number, ct) is { } place ? place.View.At(place.Slot.End) : null;

    private async Task<(ProgrammeView View, ViewSession Session, ViewSlot Slot)?> Slot(int number, CancellationToken ct)
    {
        if (await releases.Newest(ct) is not { } view) return null;
        foreach (var session in view.Sessions)
            if (session.Slots.FirstOrDefault(s => s.Number == number) is { } slot) return (view, session, slot);
        return null;
    }

    private static LetterOrder Order(LetterKind kind, SubmissionLetterFacts about, LetterAuthor to, int decisionVersion) => new()
    {
        Kind = kind.ToString(), SubmissionNumber = about.Number, DecisionVersion = decisionVersion, ToEmail = to.Email, ToName = to.FullName,
    };

    private static Dictionary<string, string> About(SubmissionLetterFacts about, LetterAuthor to, Conference call) => new()
    {
        ["number"] = about.Number.ToString(CultureInfo.InvariantCulture),
        ["title"] = about.Title,
        ["areaCode"] = about.AreaCode,
        ["areaTitle"] = call.Area(about.AreaCode)?.Title ?? about.AreaCode,
        ["authors"] = string.Join(", ", about.Authors.Select(a => a.FullName)),
        ["givenName"] = to.GivenName,
        ["familyName"] = to.FamilyName,
    };

    private const string ReadSubmission = """
        select s.Number, s.State, s.Title, s.AreaCode, s.DecisionVersion, d.Kind as Decision
        from Submission s
        left join Decision d on d.SubmissionNumber = s.Number and d.PublishedAt is not null
             and d.DecisionVersion = (select max(x.DecisionVersion) from Decision x where x.SubmissionNumber = s.Number and x.PublishedAt is not null)
        where s.Number = @number
        """;

    private const string ReadAuthorsOfDecided = """
        select a.SubmissionNumber, a.GivenName, a.FamilyName, a.Email, a.NormalisedEmail, a.Affiliation, a.Country, a.Corresponding, a.Presenting
        from Author a
        join Submission s on s.Number = a.SubmissionNumber
        where s.State = 'Decided'
        order by a.SubmissionNumber, a.Position
        """;

    private const string ReadAuthors = """
        select SubmissionNumber, GivenName, FamilyName, Email, NormalisedEmail, Affiliation, Country, Corresponding, Presenting
        from Author
        where SubmissionNumber = @number
        order by Position
        """;
}

/// <summary>What letters say of a submission.</summary>
internal sealed record SubmissionLetterFacts
{
    public required int Number { get; init; }
    public required SubmissionState State { get; init; }
    public required string Title { get; init; }
    public required string AreaCode { get; init; }
    public required int DecisionVersion { get; init; }

    /// <summary>The newest published decision.</summary>
    public required DecisionKind? Decision { get; init; }

    public IReadOnlyList<LetterAuthor> Authors { get; init; } = [];

    public LetterAuthor? Corresponding => Authors.FirstOrDefault(a => a.Corresponding) ?? (Authors.Count > 0 ? Authors[0] : null);

    public LetterAuthor? Presenting => Authors.FirstOrDefault(a => a.Presenting);
}

internal sealed record LetterAuthor
{
    public required int SubmissionNumber { get; init; }
    public required string GivenName { get; init; }
    public required string FamilyName { get; init; }
    public required string Email { get; init; }
    public required string NormalisedEmail { get; init; }
    public required string Affiliation { get; init; }
    public required string Country { get; init; }
    public required bool Corresponding { get; init; }
    public required bool Presenting { get; init; }
    public string FullName => PersonName.Full(GivenName, FamilyName);
}

/// <summary>What letters say of a reviewer.</summary>
internal sealed record ReviewerLetterFacts
{
    public required int PersonId { get; init; }
    public required string Email { get; init; }
    public required string GivenName { get; init; }
    public required string FamilyName { get; init; }
    public required string Affiliation { get; init; }
    public required string Country { get; init; }
    public required int Reviews { get; init; }
    public required string? Areas { get; init; }
    public string FullName => PersonName.Full(GivenName, FamilyName);
}
