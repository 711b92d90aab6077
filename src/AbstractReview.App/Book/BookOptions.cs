using AbstractReview.Domain;
using AbstractReview.Domain.Decisions;

namespace AbstractReview.App.Book;

/// <summary>What an edition holds and how it looks. The default is the whole book on A4.</summary>
public sealed record BookOptions
{
    /// <summary>Only these areas; empty for all.</summary>
    public IReadOnlyList<string> Areas { get; init; } = [];

    /// <summary>Only contributions accepted as these; empty for oral, poster and panel.</summary>
    public IReadOnlyList<DecisionKind> Kinds { get; init; } = [];

    /// <summary>Leaves out what its authors have not confirmed yet.</summary>
    public bool ConfirmedOnly { get; init; }

    /// <summary><c>A4</c> or <c>Letter</c>.</summary>
    public string PageSize { get; init; } = "A4";

    /// <summary>Columns of the abstracts, 1 or 2.</summary>
    public int Columns { get; init; } = 1;

    /// <summary>Prints DRAFT across every page.</summary>
    public bool Draft { get; init; }

    public bool Indexes { get; init; } = true;

    public bool Figures { get; init; } = true;

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
        if (errors.Count > 0) throw new RuleBrokenException(errors);
    }
}
