using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Submissions;

/// <summary>A submission as one person may see it; the API answers it as it stands.</summary>
public sealed record SubmissionView
{
    public required int Number { get; init; }
    public required int Version { get; init; }
    /// <summary>A decision that is pending looks like a review still going on to whoever may not see it.</summary>
    public required SubmissionState State { get; init; }
    public required string Title { get; init; }
    public required string Abstract { get; init; }
    public required string AreaCode { get; init; }
    public required IReadOnlyList<string> Topics { get; init; }
    public required IReadOnlyList<string> Keywords { get; init; }
    /// <summary>Empty for whoever may not know them.</summary>
    public required IReadOnlyList<Author> Authors { get; init; }
    public required string Presentation { get; init; }
    public required DateTimeOffset? SubmittedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    /// <summary>0 until it is submitted; counts each submit and each change after it.</summary>
    public required int Revision { get; init; }
    /// <summary>SHA-256 of the newest revision in lower-case hex; empty before the first.</summary>
    public required string ContentHash { get; init; }
    public IReadOnlyList<AttachmentView> Attachments { get; init; } = [];
    /// <summary>Form A and Form B where the call asks for them; empty for whoever may not know the authors.</summary>
    public IReadOnlyList<FormView> Forms { get; init; } = [];
    public DecisionView? Decision { get; init; }
    public string? WithdrawReason { get; init; }
    /// <summary>Submissions whose text looks alike, for the secretariat and nobody else.</summary>
    public IReadOnlyList<SimilarSubmission> Similar { get; init; } = [];
    /// <summary>Authors who object to being named and wait for an answer, for the secretariat and nobody else.</summary>
    public IReadOnlyList<string> Objections { get; init; } = [];
    /// <summary>Until when it is taken, extensions included.</summary>
    public DateTimeOffset? Deadline { get; init; }
    public required SubmissionPowers May { get; init; }
}

/// <summary>What the reader may do now.</summary>
public sealed record SubmissionPowers
{
    public bool Edit { get; init; }
    public bool Submit { get; init; }
    public bool Withdraw { get; init; }
    public bool Confirm { get; init; }
    public bool Decline { get; init; }
    /// <summary>It is accepted: who presents, biography, consent and, where the chair lets it, the final text.</summary>
    public bool Prepare { get; init; }
    /// <summary>Upload or announce official forms.</summary>
    public bool SendForms { get; init; }
    public bool SeeHistory { get; init; }
    public bool ReadReceipt { get; init; }
    /// <summary>Read what reviewers wrote to the authors, and answer it.</summary>
    public bool Answer { get; init; }
}

public sealed record SimilarSubmission
{
    public required int Number { get; init; }
    /// <summary>Estimated share of word triples in common, 0 to 1.</summary>
    public required double Similarity { get; init; }
}

public sealed record AttachmentView
{
    public required int Position { get; init; }
    public required string FileName { get; init; }
    public required string MediaType { get; init; }
    /// <summary>In bytes; null for who may not know the authors: they get other bytes, and whoever has the file could tell it by these.</summary>
    public required int? Size { get; init; }
}

public sealed record FormView
{
    public required string Kind { get; init; }
    public required string State { get; init; }
    public required string Note { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
    /// <summary>When its authors said that it was sent by another way; null unless they did.</summary>
    public DateTimeOffset? AnnouncedAt { get; init; }
    public bool HasFile { get; init; }
}

public sealed record DecisionView
{
    public required DecisionKind Kind { get; init; }
    public required string Reason { get; init; }
    /// <summary>Null while it is pending.</summary>
    public required DateTimeOffset? PublishedAt { get; init; }
}

/// <summary>A page of a list; <see cref="Next"/> is the cursor of the page after it, null on the last.</summary>
public sealed record SubmissionPage(IReadOnlyList<SubmissionSummary> Items, string? Next);

public sealed record SubmissionSummary
{
    public required int Number { get; init; }
    public required int Version { get; init; }
    public required SubmissionState State { get; init; }
    public required string Title { get; init; }
    public required string AreaCode { get; init; }
    public required IReadOnlyList<string> Topics { get; init; }
    public required IReadOnlyList<string> Keywords { get; init; }
    public required string Presentation { get; init; }
    public required DateTimeOffset? SubmittedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required bool Mine { get; init; }
}
