namespace AbstractReview.Matching;

/// <summary>One review to be written: reviewer <paramref name="Reviewer"/> reads submission <paramref name="Submission"/> (both by position).</summary>
public readonly record struct Pair(int Submission, int Reviewer);

/// <summary>
/// What is to be assigned and under which rules. Submissions and reviewers are known by position (0, 1, 2 …), as in the affinity matrix.
/// Hard rules (demand, quotas, forbidden and pinned pairs) are never broken; wishes never cost the floor.
/// </summary>
public sealed class AssignmentProblem
{
    private readonly byte[] _forbidden;
    private readonly List<string> _reasons = [];
    private readonly Dictionary<string, byte> _codes = [];
    private readonly SortedSet<Pair> _pinned = new(Comparer<Pair>.Create((a, b) => (a.Submission, a.Reviewer).CompareTo((b.Submission, b.Reviewer))));

    /// <param name="affinity">Not copied; not written to.</param>
    /// <param name="perSubmission">Reviews wanted for each submission, 0 or more; <see cref="Demand"/> may differ by submission.</param>
    /// <param name="quota">Most reviews a reviewer takes, 0 or more; <see cref="MaxLoad"/> may differ by reviewer.</param>
    public AssignmentProblem(AffinityMatrix affinity, int perSubmission, int quota)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(perSubmission);
        ArgumentOutOfRangeException.ThrowIfNegative(quota);
        Affinity = affinity;
        _forbidden = new byte[(long)affinity.Submissions * affinity.Reviewers];
        (Demand, MinLoad, MaxLoad) = (new int[affinity.Submissions], new int[affinity.Reviewers], new int[affinity.Reviewers]);
        Array.Fill(Demand, perSubmission);
        Array.Fill(MaxLoad, quota);
        Group = new string?[affinity.Submissions];
        Institution = new string?[affinity.Reviewers];
    }

    public AffinityMatrix Affinity { get; }
    public int Submissions => Affinity.Submissions;
    public int Reviewers => Affinity.Reviewers;

    /// <summary>Reviews wanted, by submission.</summary>
    public int[] Demand { get; }

    /// <summary>Fewest reviews, by reviewer; met as far as the other hard rules let it be.</summary>
    public int[] MinLoad { get; }

    /// <summary>Most reviews, by reviewer; never exceeded.</summary>
    public int[] MaxLoad { get; }

    /// <summary>A label by submission, such as "Area 7", by which shortages are gathered and told; null is "The conference".</summary>
    public string?[] Group { get; }

    /// <summary>Normalised institution by reviewer. Wanted: two or more institutions for each submission. Null is an institution of its own.</summary>
    public string?[] Institution { get; }

    /// <summary>Whether a reviewer (second) is of a submission's (first) area. Wanted: at least one for each submission. Null: no such wish.</summary>
    public Func<int, int, bool>? IsOfArea { get; set; }

    /// <summary>Pairs that must be assigned: placed by hand by a chair, or forced by a file.</summary>
    public IReadOnlyCollection<Pair> Pinned => _pinned;

    /// <summary>Forbids a pair for a reason such as "same country"; the first reason given stands.</summary>
    /// <exception cref="InvalidOperationException">There are more than 254 different reasons.</exception>
    public void Forbid(int submission, int reviewer, string reason)
    {
        if (!_codes.TryGetValue(reason, out var code))
        {
            if (_reasons.Count == byte.MaxValue - 1) throw new InvalidOperationException("There are more than 254 different reasons to forbid a pair.");
            _reasons.Add(reason);
            _codes[reason] = code = (byte)_reasons.Count;
        }
        ref var cell = ref _forbidden[Cell(submission, reviewer)];
        if (cell == 0) cell = code;
    }

    /// <summary>Keeps a pair assigned, whatever its affinity.</summary>
    public void Pin(int submission, int reviewer)
    {
        _ = Cell(submission, reviewer);
        _pinned.Add(new Pair(submission, reviewer));
    }

    public bool IsForbidden(int submission, int reviewer) => _forbidden[Cell(submission, reviewer)] != 0;

    /// <summary>Why a pair is forbidden; null when it is not.</summary>
    public string? ReasonFor(int submission, int reviewer) =>
        _forbidden[Cell(submission, reviewer)] is var code and > 0 ? _reasons[code - 1] : null;

    internal ReadOnlySpan<byte> ForbiddenRow(int submission) => _forbidden.AsSpan(submission * Reviewers, Reviewers);

    /// <summary>Refuses a problem that contradicts itself, naming the first contradiction.</summary>
    /// <exception cref="ContradictoryProblemException">A pinned pair is forbidden, pins exceed a demand or a quota, or a range is empty.</exception>
    internal void Check()
    {
        for (var r = 0; r < Reviewers; r++)
            if (MinLoad[r] < 0 || MaxLoad[r] < MinLoad[r])
                throw new ContradictoryProblemException($"Reviewer {r} must take at least {MinLoad[r]} and at most {MaxLoad[r]} reviews.", null, r);
        for (var s = 0; s < Submissions; s++)
        {
            if (Demand[s] < 0) throw new ContradictoryProblemException($"Submission {s} wants {Demand[s]} reviews.", s, null);
            foreach (var cell in Affinity.Row(s))
                if (!float.IsFinite(cell)) throw new ContradictoryProblemException($"Submission {s} has an affinity that is not a finite number.", s, null);
        }
        foreach (var (s, r) in _pinned)
            if (ReasonFor(s, r) is { } reason)
                throw new ContradictoryProblemException($"Reviewer {r} is both assigned by hand to and excluded from submission {s} ({reason}).", s, r);
        foreach (var pins in _pinned.GroupBy(pin => pin.Submission).Where(pins => pins.Count() > Demand[pins.Key]))
            throw new ContradictoryProblemException($"Submission {pins.Key} wants {Demand[pins.Key]} reviews, but {pins.Count()} are assigned by hand.", pins.Key, null);
        foreach (var pins in _pinned.GroupBy(pin => pin.Reviewer).Where(pins => pins.Count() > MaxLoad[pins.Key]))
            throw new ContradictoryProblemException($"Reviewer {pins.Key} takes at most {MaxLoad[pins.Key]} reviews, but {pins.Count()} are assigned by hand.", null, pins.Key);
    }

    private int Cell(int submission, int reviewer)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)submission, (uint)Submissions, nameof(submission));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)reviewer, (uint)Reviewers, nameof(reviewer));
        return submission * Reviewers + reviewer;
    }
}

/// <summary>The hard rules contradict one another before anything is assigned; the message says how.</summary>
public sealed class ContradictoryProblemException(string message, int? submission, int? reviewer) : Exception(message)
{
    /// <summary>The submission concerned, by position.</summary>
    public int? Submission { get; } = submission;

    /// <summary>The reviewer concerned, by position.</summary>
    public int? Reviewer { get; } = reviewer;
}
