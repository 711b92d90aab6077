using System.Globalization;
using AbstractReview.App.Programme;
using AbstractReview.App.Programme.Exports;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Submissions;
using AbstractReview.Typesetting;

namespace AbstractReview.App.Book;

/// <summary>Everything an edition prints, in the order it prints it.</summary>
public sealed record BookContent
{
    public required Conference Conference { get; init; }
    public required BookOptions Options { get; init; }

    /// <summary>Number of the edition; 0 for a proof.</summary>
    public required int Edition { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset At { get; init; }

    public required IReadOnlyList<BookPart> Parts { get; init; }

    /// <summary>The newest release, without addresses; null before there is one.</summary>
    public ProgrammeView? Programme { get; init; }

    /// <summary>Address of this installation without a slash at its end, where the programme can be read.</summary>
    public string Site { get; init; } = "";

    public IEnumerable<BookEntry> Entries => Parts.SelectMany(p => p.Entries);

    public string Title => $"{Conference.Title}: Book of Abstracts";

    /// <summary>The day of the edition where the conference is.</summary>
    public DateOnly Day => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(At, Conference.TimeZone).DateTime);

    /// <summary>The colour of an area, the same as in the programme.</summary>
    internal Colour Colour(string areaCode) => Typesetting.Colour.Parse(Exporting.Colour(Conference.Areas.ToList().FindIndex(a => a.Code == areaCode) % 12 + 1));

    /// <summary>The DOI of a contribution; it stays the same over editions. Null without a prefix, and for what is not published.</summary>
    public string? Doi(BookEntry entry) => Options.DoiPrefix == "" || entry.Withheld ? null : FormattableString.Invariant($"{Options.DoiPrefix}/{Exporting.Slug(Conference.Acronym)}.{entry.Number}");

    /// <summary>Where the programme shows a slot or a session.</summary>
    public string ProgrammeAt(string code) => $"{Site}/programme#{Uri.EscapeDataString(code)}";
}

/// <summary>An area with its contributions and, once a programme is released, its sessions.</summary>
public sealed record BookPart(Area Area, IReadOnlyList<BookEntry> Entries)
{
    public IReadOnlyList<ViewSession> Sessions { get; init; } = [];
}

/// <summary>When and where a contribution is presented, in the conference's zone.</summary>
/// <param name="Code">Under which the programme shows it.</param>
/// <param name="Start">Local time.</param>
/// <param name="End">Local time.</param>
/// <param name="Room">The room's name.</param>
/// <param name="Board">The poster's board; null for talks.</param>
public sealed record BookSlot(string Code, DateTime Start, DateTime End, string Room, int? Board)
{
    /// <summary>Such as <c>Wed 2 October, 09:15–09:30, Atlas Hall</c>.</summary>
    public string Words => string.Create(CultureInfo.InvariantCulture, $"{Start:ddd d MMMM}, {Start:HH:mm}–{End:HH:mm}, {Room}") + (Board is { } board ? FormattableString.Invariant($", board {board}") : "");
}

/// <summary>An accepted contribution.</summary>
public sealed record BookEntry
{
    public required int Number { get; init; }

    /// <summary>Such as <c>TA3-O-07</c>: area, O, P or X for oral, poster or panel, running number.</summary>
    public required string Code { get; init; }

    public required string Title { get; init; }
    public required string Abstract { get; init; }
    public required DecisionKind Kind { get; init; }
    public required IReadOnlyList<string> Keywords { get; init; }
    public required IReadOnlyList<Author> Authors { get; init; }

    /// <summary>SHA-256 of the pictures that go with it.</summary>
    public required IReadOnlyList<string> Figures { get; init; }

    /// <summary>Its place in the released programme; null without one.</summary>
    public BookSlot? Slot { get; init; }

    /// <summary>Its authors did not consent to publication: the programme names it, its text is not printed.</summary>
    public bool Withheld { get; init; }

    internal const string WithheldWords = "The authors did not consent to the publication of the abstract.";

    /// <summary>Why its stored content cannot be read; null when it can.</summary>
    public string? Damage { get; init; }

    /// <summary>The name links lead to.</summary>
    public string Destination => FormattableString.Invariant($"abstract-{Number}");

    public string KindWords => Kind switch { DecisionKind.Oral => "Oral presentation", DecisionKind.Poster => "Poster", _ => "Panel contribution" };

    internal static char Letter(DecisionKind kind) => kind switch { DecisionKind.Oral => 'O', DecisionKind.Poster => 'P', _ => 'X' };
}
