using System.Text.RegularExpressions;
using AbstractReview.Domain;
using AbstractReview.Domain.Decisions;

namespace AbstractReview.App.Book;

/// <summary>How the abstracts of an area follow one another, and are counted in their codes.</summary>
public enum BookOrder
{
    /// <summary>By time and board of the released programme; what has no place in it, and everything before a release, by number.</summary>
    Programme,

    Number,
}

/// <summary>What may be left out of a book.</summary>
public enum BookPiece { Foreword, Committee, Glance, Sessions, Affiliations, Keywords, Figures, Indexes }

/// <summary>What an edition holds and how it looks. The default is the whole book on A4.</summary>
public sealed partial record BookOptions
{
    /// <summary>Only these areas; empty for all.</summary>
    public IReadOnlyList<string> Areas { get; init; } = [];

    /// <summary>Only contributions accepted as these; empty for oral, poster and panel.</summary>
    public IReadOnlyList<DecisionKind> Kinds { get; init; } = [];

    /// <summary>Leaves out what its authors have not confirmed yet.</summary>
    public bool ConfirmedOnly { get; init; }

    public BookOrder Order { get; init; }

    /// <summary>Pieces that are not printed; empty prints all there are.</summary>
    public IReadOnlyList<BookPiece> Without { get; init; } = [];

    /// <summary><c>A4</c> or <c>Letter</c>.</summary>
    public string PageSize { get; init; } = "A4";

    /// <summary>Columns of the abstracts, 1 or 2.</summary>
    public int Columns { get; init; } = 1;

    /// <summary>Prints DRAFT across every page.</summary>
    public bool Draft { get; init; }

    /// <summary>Paper 3 mm larger on every side, with the boxes that tell a printer where to trim.</summary>
    public bool Bleed { get; init; }

    /// <summary>Such as <c>10.12345</c>: every abstract gets a DOI under it, and the edition a deposit for Crossref. Empty for none.</summary>
    public string DoiPrefix { get; init; } = "";

    /// <summary>ISBN-13 of the book, with or without hyphens; empty for none.</summary>
    public string Isbn { get; init; } = "";

    public bool Prints(BookPiece piece) => !Without.Contains(piece);

    /// <exception cref="RuleBrokenException">An option is none of those there are.</exception>
    public void Check(Domain.Conferences.Conference conference)
    {
        var errors = new List<FieldError>();
        foreach (var (i, area) in Areas.Index())
            if (conference.Area(area) is null) errors.Add(new FieldError($"areas[{i}]", $"There is no area “{area}”."));
        foreach (var (i, kind) in Kinds.Index())
            if (!kind.Accepts()) errors.Add(new FieldError($"kinds[{i}]", "A book holds oral, poster and panel contributions."));
        if (PageSize is not ("A4" or "Letter")) errors.Add(new FieldError("pageSize", "The page is A4 or Letter."));
        if (Columns is not (1 or 2)) errors.Add(new FieldError("columns", "The abstracts stand in one column or in two."));
        if (DoiPrefix != "" && !Prefix().IsMatch(DoiPrefix)) errors.Add(new FieldError("doiPrefix", "A DOI prefix is “10.” and four to nine digits, such as 10.12345."));
        if (Isbn != "" && !IsIsbn(Isbn)) errors.Add(new FieldError("isbn", "This is no ISBN: it has 13 digits, and the last one checks the others."));
        if (errors.Count > 0) throw new RuleBrokenException(errors);
    }

    // ISO 2108: digits weighted 1 and 3 in turn add up to a multiple of ten.
    private static bool IsIsbn(string isbn)
    {
        var digits = isbn.Where(c => c is not ('-' or ' ')).ToList();
        return digits.Count == 13 && digits.TrueForAll(char.IsAsciiDigit) && digits.Select((c, i) => (c - '0') * (i % 2 == 0 ? 1 : 3)).Sum() % 10 == 0;
    }

    [GeneratedRegex(@"^10\.[0-9]{4,9}$")]
    private static partial Regex Prefix();
}
