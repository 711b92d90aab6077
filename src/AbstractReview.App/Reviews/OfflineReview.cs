using AbstractReview.Domain;
using AbstractReview.Domain.Reviews;

namespace AbstractReview.App.Reviews;

/// <summary>One row of an offline form. What is null had no column and stays as it is.</summary>
public sealed record OfflineReview
{
    /// <summary>The row of the sheet or the record of the file, the header being 1.</summary>
    public required int Row { get; init; }
    public required int Number { get; init; }
    /// <summary>The version of the review when the form was made.</summary>
    public required int Version { get; init; }
    /// <summary>By criterion code; null where the cell is empty.</summary>
    public IReadOnlyDictionary<string, int?> Scores { get; init; } = new Dictionary<string, int?>();
    public bool HasConfidence { get; init; }
    public int? Confidence { get; init; }
    public bool HasRecommendation { get; init; }
    public Recommendation? Recommendation { get; init; }
    public string? CommentsToAuthors { get; init; }
    public string? CommentsToCommittee { get; init; }
    public bool HandIn { get; init; }

    /// <summary>The review as it would be.</summary>
    public ReviewForm Over(ReviewForm before)
    {
        var scores = before.Scores.ToDictionary();
        foreach (var (code, score) in Scores)
            if (score is { } given) scores[code] = given;
            else scores.Remove(code);
        return new ReviewForm
        {
            Scores = scores,
            Confidence = HasConfidence ? Confidence : before.Confidence,
            Recommendation = HasRecommendation ? Recommendation : before.Recommendation,
            CommentsToAuthors = Text(before.CommentsToAuthors, CommentsToAuthors),
            CommentsToCommittee = Text(before.CommentsToCommittee, CommentsToCommittee),
        };
    }

    // Spreadsheets end lines in their own way; that alone is no change.
    private static string Text(string before, string? after)
        => after is null || after.ReplaceLineEndings("\n") == before.ReplaceLineEndings("\n") ? before : after;
}

/// <summary>An offline form as read: its rows, and what is wrong in it, row by row.</summary>
public sealed record OfflineFile(IReadOnlyList<OfflineReview> Rows, IReadOnlyList<FieldError> Errors);
