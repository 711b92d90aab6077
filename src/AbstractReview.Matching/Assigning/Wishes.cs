namespace AbstractReview.Matching;

/// <summary>The wishes about who sits together on a submission: two institutions, one reviewer of the area.</summary>
internal sealed class Wishes
{
    private readonly int[] _institution;
    private readonly Func<int, int, bool>? _isOfArea;
    private readonly int[][] _pinned;
    private readonly int[] _demand;
    private readonly bool _institutionsKnown;

    public Wishes(AssignmentProblem problem, int[][] pinned)
    {
        var numbers = new Dictionary<string, int>();
        _institution = new int[problem.Reviewers];
        for (var r = 0; r < problem.Reviewers; r++)
        {
            if (problem.Institution[r] is not { } name) { _institution[r] = -1 - r; continue; }
            if (!numbers.TryGetValue(name, out var number)) numbers[name] = number = numbers.Count;
            _institution[r] = number;
        }
        _institutionsKnown = numbers.Count > 0;
        (_isOfArea, _pinned, _demand) = (problem.IsOfArea, pinned, problem.Demand);
    }

    public bool Any => _institutionsKnown || _isOfArea is not null;

    /// <summary>How many of a submission's wishes are met by its pinned reviewers and <paramref name="held"/>, with one of them exchanged.</summary>
    /// <param name="drop">The position in <paramref name="held"/> that <paramref name="take"/> replaces; −1 for none.</param>
    public int Met(int submission, ReadOnlySpan<int> held, int drop, int take)
    {
        var met = 0;
        if (HasTwoInstitutions(submission, held, drop, take)) met++;
        if (HasOneOfTheArea(submission, held, drop, take)) met++;
        return met;
    }

    public bool HasTwoInstitutions(int submission, ReadOnlySpan<int> held, int drop = -1, int take = -1)
    {
        if (!_institutionsKnown || _demand[submission] < 2) return true;
        var first = int.MinValue;
        foreach (var reviewer in _pinned[submission])
            if (Differs(reviewer, ref first)) return true;
        for (var q = 0; q < held.Length; q++)
            if (Differs(q == drop ? take : held[q], ref first)) return true;
        return false;
    }

    public bool HasOneOfTheArea(int submission, ReadOnlySpan<int> held, int drop = -1, int take = -1)
    {
        if (_isOfArea is null || _demand[submission] < 1) return true;
        foreach (var reviewer in _pinned[submission])
            if (_isOfArea(submission, reviewer)) return true;
        for (var q = 0; q < held.Length; q++)
            if (_isOfArea(submission, q == drop ? take : held[q])) return true;
        return false;
    }

    private bool Differs(int reviewer, ref int first)
    {
        if (first == int.MinValue) first = _institution[reviewer];
        return first != _institution[reviewer];
    }
}
