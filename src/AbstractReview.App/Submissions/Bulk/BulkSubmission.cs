using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Submissions.Bulk;

public enum BulkFormat { Csv, Indico, HotCrp, Xlsx }

/// <summary>A submission as a file of any format holds it.</summary>
public sealed record BulkSubmission
{
    /// <summary>Where it stands in the file, such as <c>line 12</c> or <c>abstract 3</c>.</summary>
    public string Place { get; init; } = "";
    /// <summary>Its number where it comes from.</summary>
    public string SourceId { get; init; } = "";
    /// <summary>Draft, Submitted or Withdrawn when read; any when written. Decisions do not travel.</summary>
    public SubmissionState State { get; init; } = SubmissionState.Submitted;
    public DateTimeOffset? SubmittedAt { get; init; }
    /// <summary>Who handed it in; empty for the corresponding author.</summary>
    public string OwnerEmail { get; init; } = "";
    public required SubmissionContent Content { get; init; }
    /// <summary>What was understood with a doubt.</summary>
    public IReadOnlyList<string> Doubts { get; init; } = [];
}
