namespace AbstractReview.Matching;

/// <summary>Who reviews what, how good that is, and what could not be done.</summary>
public sealed class Assignment
{
    internal Assignment(IReadOnlyList<Pair> pairs, AssignmentStatistics statistics, IReadOnlyList<Shortage> shortages, IReadOnlyList<UnmetWish> unmetWishes) =>
        (Pairs, Statistics, Shortages, UnmetWishes) = (pairs, statistics, shortages, unmetWishes);

    /// <summary>Every review to be written, by submission and then reviewer.</summary>
    public IReadOnlyList<Pair> Pairs { get; }

    public AssignmentStatistics Statistics { get; }

    /// <summary>What is missing and why; empty when every submission has all its reviews.</summary>
    public IReadOnlyList<Shortage> Shortages { get; }

    /// <summary>Wishes that could not be had without harm to the floor or at too high a price.</summary>
    public IReadOnlyList<UnmetWish> UnmetWishes { get; }
}

public enum Wish
{
    /// <summary>Two or more institutions among a submission's reviewers.</summary>
    TwoInstitutions,

    /// <summary>At least one reviewer of the submission's area.</summary>
    OneOfTheArea,

    /// <summary>The reviewer's fewest reviews.</summary>
    MinimumLoad,
}

/// <summary>A wish left open, for a submission or, for <see cref="Wish.MinimumLoad"/>, a reviewer.</summary>
public readonly record struct UnmetWish(Wish Wish, int? Submission, int? Reviewer);

/// <summary>
/// The figures of an assignment. A submission's sum is the sum of the affinities of its reviewers, a missing review counting 0.
/// </summary>
public sealed record AssignmentStatistics
{
    /// <summary>The least sum over the submissions that want any review; 0 when none does.</summary>
    public required double Floor { get; init; }

    /// <summary>No assignment under the hard rules has a floor above this.</summary>
    public required double FloorBound { get; init; }

    /// <summary>The floor submission's mean affinity per review it wants.</summary>
    public required double FloorMean { get; init; }

    /// <summary>The sum over all pairs.</summary>
    public required double Total { get; init; }

    /// <summary>No assignment with this floor has a total above this.</summary>
    public required double TotalBound { get; init; }

    /// <summary>Mean affinity of a pair; 0 without pairs.</summary>
    public required double Mean { get; init; }

    /// <summary>Gini coefficient of the loads, 0 (all equal) to 1.</summary>
    public required double Gini { get; init; }

    /// <summary>Reviews to be written, by reviewer.</summary>
    public required IReadOnlyList<int> Loads { get; init; }

    /// <summary>Up to ten submissions with the least sums, worst first.</summary>
    public required IReadOnlyList<SubmissionSum> Worst { get; init; }

    /// <summary>Reviews wanted but not assigned.</summary>
    public required int Missing { get; init; }

    /// <summary>Time the assignment took, in seconds of wall clock.</summary>
    public required double Seconds { get; init; }
}

public readonly record struct SubmissionSum(int Submission, double Sum);
