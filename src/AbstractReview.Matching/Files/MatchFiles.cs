using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace AbstractReview.Matching.Files;

/// <summary>What to match. Paths to OpenReview's comma-separated files, and the numbers that hold for all.</summary>
public sealed record MatchFilesOptions
{
    /// <summary>Lines <c>paperID,userID,score</c>; a pair without a line counts 0.</summary>
    public required string Scores { get; init; }

    /// <summary>Lines <c>paperID,userID,v</c>: −1 forbids, 0 says nothing, 1 forces.</summary>
    public string? Constraints { get; init; }

    /// <summary>Lines <c>userID,n</c>: the most submissions a user takes.</summary>
    public string? Quota { get; init; }

    /// <summary>Reviewers for each submission, 1 or more.</summary>
    public required int PerSubmission { get; init; }

    /// <summary>The quota of users without a line in the quota file; not given, the even share rounded up.</summary>
    public int? QuotaDefault { get; init; }

    /// <summary>The fewest submissions a user gets (never above the user's quota).</summary>
    public int MinLoad { get; init; }

    /// <summary>Where the lines <c>paperID,userID,score</c> of the assignment go.</summary>
    public required string Out { get; init; }
}

/// <summary>What a match came to; see <see cref="AssignmentStatistics"/> for the figures.</summary>
public sealed record MatchSummary
{
    public required int Submissions { get; init; }
    public required int Reviewers { get; init; }
    public required int Pairs { get; init; }
    public required double Floor { get; init; }
    public required double FloorMean { get; init; }
    public required double FloorBound { get; init; }
    public required double Total { get; init; }
    public required double TotalBound { get; init; }
    public required double Mean { get; init; }
    public required double Gini { get; init; }

    /// <summary>Reviews by user.</summary>
    public required IReadOnlyDictionary<string, int> Loads { get; init; }

    /// <summary>Reviews wanted but not assigned.</summary>
    public required int Missing { get; init; }

    /// <summary>Why reviews are missing, in words.</summary>
    public required IReadOnlyList<string> Shortages { get; init; }

    /// <summary>Users below the minimum load.</summary>
    public required IReadOnlyList<string> BelowMinimum { get; init; }

    /// <summary>Time of the assignment alone, in seconds.</summary>
    public required double SolveSeconds { get; init; }

    /// <summary>Time with reading and writing, in seconds of wall clock.</summary>
    public required double Time { get; init; }

    /// <summary>The summary as one line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, FileJson.Line);
}

/// <summary>Matching by file: the verb <c>match</c>.</summary>
public static class MatchFiles
{
    /// <summary>Reads, assigns and writes.</summary>
    /// <exception cref="RefusedFileException">A line is malformed or contradicts another; nothing is written.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number in the options is out of range.</exception>
    public static MatchSummary Run(MatchFilesOptions options, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.PerSubmission);
        ArgumentOutOfRangeException.ThrowIfNegative(options.QuotaDefault ?? 0);
        ArgumentOutOfRangeException.ThrowIfNegative(options.MinLoad);
        var started = Stopwatch.GetTimestamp();
        var (submissions, reviewers) = (new Ids(), new Ids());
        var problem = ReadProblem(options, submissions, reviewers);
        var assignment = Assigner.Solve(problem, cancellation: cancellation);
        CsvWriter.WriteFile(options.Out, csv =>
        {
            foreach (var (s, r) in assignment.Pairs)
                csv.Write(submissions[s], reviewers[r], problem.Affinity[s, r].ToString(CultureInfo.InvariantCulture));
        });
        return Summary(problem, assignment, reviewers, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    private static AssignmentProblem ReadProblem(MatchFilesOptions options, Ids submissions, Ids reviewers)
    {
        List<OpenReviewFiles.Entry> scores, constraints = [];
        var quotas = new Dictionary<int, int>();
        using (var csv = CsvReader.Open(options.Scores)) scores = OpenReviewFiles.ReadScores(csv, submissions, reviewers);
        if (options.Constraints is not null)
            using (var csv = CsvReader.Open(options.Constraints)) constraints = OpenReviewFiles.ReadConstraints(csv, submissions, reviewers);
        if (options.Quota is not null)
            using (var csv = CsvReader.Open(options.Quota)) quotas = OpenReviewFiles.ReadQuotas(csv, reviewers);

        var problem = new AssignmentProblem(
            Scores(scores, submissions, reviewers, options.Scores), options.PerSubmission,
            options.QuotaDefault ?? (reviewers.Count == 0 ? 0 : (submissions.Count * options.PerSubmission + reviewers.Count - 1) / reviewers.Count));
        for (var r = 0; r < reviewers.Count; r++)
        {
            if (quotas.TryGetValue(r, out var quota)) problem.MaxLoad[r] = quota;
            problem.MinLoad[r] = Math.Min(options.MinLoad, problem.MaxLoad[r]);
        }
        Constrain(problem, constraints, submissions, reviewers, options.Constraints);
        return problem;
    }

    private static AffinityMatrix Scores(List<OpenReviewFiles.Entry> scores, Ids submissions, Ids reviewers, string file)
    {
        var affinity = new AffinityMatrix(submissions.Count, reviewers.Count);
        var seen = new System.Collections.BitArray(submissions.Count * reviewers.Count);
        foreach (var (s, r, score, line) in scores)
        {
            if (seen[s * reviewers.Count + r])
                throw new RefusedFileException(Path.GetFileName(file), line, $"paper {submissions[s]} and user {reviewers[r]} already have a score.");
            seen[s * reviewers.Count + r] = true;
            affinity[s, r] = score;
        }
        return affinity;
    }

    private static void Constrain(AssignmentProblem problem, List<OpenReviewFiles.Entry> constraints, Ids submissions, Ids reviewers, string? file)
    {
        var seen = new HashSet<Pair>();
        var (forcedOn, forcedTo) = (new int[problem.Submissions], new int[problem.Reviewers]);
        foreach (var (s, r, value, line) in constraints)
        {
            RefusedFileException Refuse(string words) => new(Path.GetFileName(file!), line, words);
            if (!seen.Add(new Pair(s, r))) throw Refuse($"paper {submissions[s]} and user {reviewers[r]} already have a constraint.");
            if (value == -1) problem.Forbid(s, r, "constraint");
            if (value != 1) continue;
            if (++forcedOn[s] > problem.Demand[s]) throw Refuse($"more than {problem.Demand[s]} users are forced on paper {submissions[s]}.");
            if (++forcedTo[r] > problem.MaxLoad[r]) throw Refuse($"more papers are forced on user {reviewers[r]} than the quota of {problem.MaxLoad[r]}.");
            problem.Pin(s, r);
        }
    }

    private static MatchSummary Summary(AssignmentProblem problem, Assignment assignment, Ids reviewers, double seconds)
    {
        var figures = assignment.Statistics;
        return new MatchSummary
        {
            Submissions = problem.Submissions, Reviewers = problem.Reviewers, Pairs = assignment.Pairs.Count,
            Floor = figures.Floor, FloorMean = figures.FloorMean, FloorBound = figures.FloorBound,
            Total = figures.Total, TotalBound = figures.TotalBound, Mean = figures.Mean, Gini = figures.Gini,
            Loads = figures.Loads.Select((load, r) => (reviewers[r], load)).ToDictionary(),
            Missing = figures.Missing,
            Shortages = [.. assignment.Shortages.Select(shortage => shortage.InWords())],
            BelowMinimum = [.. assignment.UnmetWishes.Where(wish => wish.Wish == Wish.MinimumLoad).Select(wish => reviewers[wish.Reviewer!.Value])],
            SolveSeconds = figures.Seconds, Time = seconds,
        };
    }
}
