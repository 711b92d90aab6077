namespace AbstractReview.Matching;

/// <summary>A submission that has fewer reviews than it wants.</summary>
public readonly record struct ShortSubmission(int Submission, int Missing);

/// <summary>How many reviewers a reason keeps from at least one of the short submissions, and how many pairs that is.</summary>
public readonly record struct Exclusion(string Reason, int Reviewers, int Pairs);

/// <summary>
/// Why a group of submissions cannot have all its reviews, read from the minimum cut: everybody who may still review them, or could be
/// freed by any chain of exchanges, is full.
/// </summary>
public sealed record Shortage
{
    /// <summary>The submissions' label, such as "Area 7".</summary>
    public required string Group { get; init; }

    /// <summary>The short submissions, by position.</summary>
    public required IReadOnlyList<ShortSubmission> Submissions { get; init; }

    /// <summary>Reviews missing in all.</summary>
    public int Missing => Submissions.Sum(submission => submission.Missing);

    /// <summary>
    /// Reviewers counted as the group's own: those of the area where the problem knows areas, otherwise everybody.
    /// </summary>
    public required int GroupReviewers { get; init; }

    /// <summary>Of <see cref="GroupReviewers"/>, those excluded, by reason; most reviewers first.</summary>
    public required IReadOnlyList<Exclusion> Exclusions { get; init; }

    /// <summary>The reviewers on the cut, by position: all are at their quota; raising one's quota by 1 gives one more review.</summary>
    public required IReadOnlyList<int> Saturated { get; init; }

    /// <summary>Fewest new reviewers, each with the usual quota, who could close the gap if nothing excludes them.</summary>
    public required int Invite { get; init; }

    /// <summary>"Area 7 needs 4 more reviews: 6 of its 9 reviewers are excluded (same country); raise their quota or invite two."</summary>
    public string InWords()
    {
        var parts = Exclusions.Take(2).Select(exclusion => $"{exclusion.Reviewers} of its {GroupReviewers} reviewers are excluded{(exclusion.Pairs < exclusion.Reviewers * Submissions.Count ? " from one or more of them" : "")} ({exclusion.Reason})").ToList();
        if (Saturated.Count > 0) parts.Add(Saturated.Count == 1 ? "the one reviewer left is at the quota" : $"the {Saturated.Count} reviewers left are all at their quotas");
        if (parts.Count == 0) parts.Add("nobody may review it");
        var remedy = Saturated.Count > 0 ? $"raise their quota or invite {Number(Invite)}" : $"invite {Number(Invite)}";
        return $"{Group} needs {Missing} more review{(Missing == 1 ? "" : "s")}: {string.Join(", and ", parts)}; {remedy}.";
    }

    private static string Number(int value) => value switch
    {
        1 => "one", 2 => "two", 3 => "three", 4 => "four", 5 => "five", 6 => "six", 7 => "seven", 8 => "eight", 9 => "nine",
        10 => "ten", 11 => "eleven", 12 => "twelve",
        _ => value.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
