namespace AbstractReview.Matching;

/// <summary>
/// How well each reviewer suits each submission: a dense matrix, one row per submission. Affinities made by this library lie in
/// [0,1]; those read from a file may be any finite number.
/// </summary>
public sealed class AffinityMatrix
{
    private readonly float[] _cells;

    /// <summary>All cells start at 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    public AffinityMatrix(int submissions, int reviewers)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(submissions);
        ArgumentOutOfRangeException.ThrowIfNegative(reviewers);
        (Submissions, Reviewers) = (submissions, reviewers);
        _cells = new float[(long)submissions * reviewers];
    }

    public int Submissions { get; }
    public int Reviewers { get; }

    public float this[int submission, int reviewer]
    {
        get => Row(submission)[reviewer];
        set => Row(submission)[reviewer] = value;
    }

    /// <summary>One submission's affinities, by reviewer; writes go to the matrix.</summary>
    public Span<float> Row(int submission) => _cells.AsSpan(submission * Reviewers, Reviewers);
}
