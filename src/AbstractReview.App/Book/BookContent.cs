using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Submissions;

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

    public IEnumerable<BookEntry> Entries => Parts.SelectMany(p => p.Entries);
}

/// <summary>An area with its contributions, in the order of the call.</summary>
public sealed record BookPart(Area Area, IReadOnlyList<BookEntry> Entries);

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

    /// <summary>SHA-256 of the picture that goes with it; null for none.</summary>
    public required string? Figure { get; init; }

    /// <summary>Its authors did not consent to publication: the programme names it, its text is not printed.</summary>
    public bool Withheld { get; init; }

    /// <summary>Why its stored content cannot be read; null when it can.</summary>
    public string? Damage { get; init; }

    /// <summary>The name links lead to.</summary>
    public string Destination => FormattableString.Invariant($"abstract-{Number}");

    public string KindWords => Kind switch { DecisionKind.Oral => "Oral presentation", DecisionKind.Poster => "Poster", _ => "Panel contribution" };

    internal static char Letter(DecisionKind kind) => kind switch { DecisionKind.Oral => 'O', DecisionKind.Poster => 'P', _ => 'X' };
}
