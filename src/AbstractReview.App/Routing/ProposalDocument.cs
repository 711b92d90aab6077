namespace AbstractReview.App.Routing;

public enum PairChange { Kept, Added, Removed }

/// <summary>What a routing proposal holds: the pairs, why, and what it comes to.</summary>
public sealed record ProposalDocument
{
    /// <summary>Routed afresh, without regard to what stood.</summary>
    public required bool Fresh { get; init; }
    /// <summary>Reviews wanted for each submission.</summary>
    public required int Wanted { get; init; }
    public required IReadOnlyList<ProposedSubmission> Submissions { get; init; }
    public required IReadOnlyList<ProposedReviewer> Reviewers { get; init; }
    /// <summary>By submission, then affinity; the removed ones too.</summary>
    public required IReadOnlyList<ProposedPair> Pairs { get; init; }
    /// <summary>Pairs forbidden while editing; kept for later routings once this is applied.</summary>
    public IReadOnlyList<ForbiddenPair> Forbidden { get; init; } = [];
    public required ProposalFigures Before { get; init; }
    public required ProposalFigures After { get; init; }
    /// <summary>What is missing and why, in words.</summary>
    public required IReadOnlyList<string> Shortages { get; init; }
    /// <summary>Wishes that could not be met, in words.</summary>
    public required IReadOnlyList<string> Unmet { get; init; }
    /// <summary>Seconds of wall clock the assignment took.</summary>
    public required double Seconds { get; init; }

    /// <summary>The pairs that will stand once it is applied.</summary>
    public IEnumerable<ProposedPair> Standing() => Pairs.Where(p => p.Change != PairChange.Removed);

    /// <summary>What applying it assigns and releases.</summary>
    public (IReadOnlyList<ProposedPair> Assigned, IReadOnlyList<ProposedPair> Released) Difference()
        => (Pairs.Where(p => p.Change == PairChange.Added).ToList(), Pairs.Where(p => p.Change == PairChange.Removed).ToList());
}

public sealed record ProposedSubmission(int Number, string Title, string AreaCode);

/// <param name="Id">The reviewer's person.</param>
/// <param name="Name">Their name.</param>
/// <param name="Email">Their address.</param>
/// <param name="QuotaMin">Fewest reviews.</param>
/// <param name="QuotaMax">Most reviews; both without those of submissions already decided.</param>
/// <param name="Before">Reviews now.</param>
/// <param name="After">Reviews once applied.</param>
public sealed record ProposedReviewer(int Id, string Name, string Email, int QuotaMin, int QuotaMax, int Before, int After);

/// <summary>One pair, its affinity in [0,1] and the shares that add up to it, and the three strongest shared terms.</summary>
public sealed record ProposedPair
{
    public required int Number { get; init; }
    public required int ReviewerId { get; init; }
    public required PairChange Change { get; init; }
    public bool Pinned { get; init; }
    /// <summary>The review is in: the pair never moves.</summary>
    public bool Reviewed { get; init; }
    public required double Affinity { get; init; }
    public required double FromText { get; init; }
    public required double FromTopics { get; init; }
    public required double FromBid { get; init; }
    public required IReadOnlyList<string> Terms { get; init; }
}

/// <summary>The figures of an assignment; a submission's sum is the sum of its reviewers' affinities.</summary>
public sealed record ProposalFigures
{
    public required int Reviews { get; init; }
    public required int Missing { get; init; }
    /// <summary>The least sum of a submission.</summary>
    public required double Floor { get; init; }
    /// <summary>No routing under the hard rules has a higher floor; null where it was not looked for.</summary>
    public double? FloorBound { get; init; }
    public required double Total { get; init; }
    public double? TotalBound { get; init; }
    public required double Mean { get; init; }
    /// <summary>Gini coefficient of the loads, 0 (all equal) to 1.</summary>
    public required double Gini { get; init; }
    /// <summary>Up to ten submissions with the least sums, worst first.</summary>
    public required IReadOnlyList<WorstOff> Worst { get; init; }
}

public sealed record WorstOff(int Number, double Sum);
