using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AbstractReview.Matching.Text;

namespace AbstractReview.Matching.Files;

/// <summary>What to compare: OpenReview's expertise and submission files.</summary>
public sealed record AffinityFilesOptions
{
    /// <summary>Lines <c>authorID,publicationID,title,abstract</c>.</summary>
    public required string Expertise { get; init; }

    /// <summary>Lines <c>submissionID,title,abstract</c>.</summary>
    public required string Submissions { get; init; }

    /// <summary>Where the lines <c>paperID,userID,score</c> go, one for every pair.</summary>
    public required string Out { get; init; }
}

/// <summary>What a comparison came to; the time is wall clock, in seconds, with reading and writing.</summary>
public sealed record AffinitySummary(int Submissions, int Reviewers, int Publications, double Mean, double Time)
{
    /// <summary>The summary as one line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, FileJson.Line);
}

/// <summary>Text affinity by file: the verb <c>affinity</c>.</summary>
public static class AffinityFiles
{
    /// <summary>Reads, compares and writes scores with six decimals.</summary>
    /// <exception cref="RefusedFileException">A line is malformed; nothing is written.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static AffinitySummary Run(AffinityFilesOptions options, CancellationToken cancellation = default)
    {
        var started = Stopwatch.GetTimestamp();
        List<ReviewerText> reviewers;
        List<SubmissionText> submissions;
        using (var csv = CsvReader.Open(options.Expertise)) reviewers = OpenReviewFiles.ReadExpertise(csv);
        using (var csv = CsvReader.Open(options.Submissions)) submissions = OpenReviewFiles.ReadSubmissions(csv);
        var matrix = TextAffinity.Of(submissions, reviewers, cancellation).Matrix;
        var sum = 0.0;
        CsvWriter.WriteFile(options.Out, csv =>
        {
            for (var s = 0; s < submissions.Count; s++)
                for (var r = 0; r < reviewers.Count; r++)
                {
                    sum += matrix[s, r];
                    csv.Write(submissions[s].Id, reviewers[r].Id, matrix[s, r].ToString("0.######", CultureInfo.InvariantCulture));
                }
        });
        return new AffinitySummary(
            submissions.Count, reviewers.Count, reviewers.Sum(reviewer => reviewer.Publications.Count),
            submissions.Count * reviewers.Count == 0 ? 0 : sum / ((double)submissions.Count * reviewers.Count),
            Stopwatch.GetElapsedTime(started).TotalSeconds);
    }
}
