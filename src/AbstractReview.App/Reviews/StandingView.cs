using AbstractReview.App.Decisions;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Reviews;

/// <summary>A submission's collected scores as the committee sees them, in the call's scale; empty where there are no reviews yet.</summary>
public sealed record StandingView
{
    public required int Number { get; init; }
    public required string Title { get; init; }
    public required string AreaCode { get; init; }
    public required SubmissionState State { get; init; }
    /// <summary>What its authors would like: oral, poster or either.</summary>
    public required string Presentation { get; init; }
    public required int Version { get; init; }
    /// <summary>Reviewers who have it now.</summary>
    public required int Assigned { get; init; }
    public required int Wanted { get; init; }
    public required int Reviews { get; init; }
    public required double? Mean { get; init; }
    public required double? WeightedMean { get; init; }
    public required double? Spread { get; init; }
    public required double? Calibrated { get; init; }
    public required double? Low { get; init; }
    public required double? High { get; init; }
    /// <summary>A review changed and is not collected yet.</summary>
    public required bool Due { get; init; }
    public required DateTimeOffset? ComputedAt { get; init; }
    public required DecisionKind? Decision { get; init; }
    public required string? DecisionReason { get; init; }
    public required int DecisionVersion { get; init; }
    public required DateTimeOffset? DecidedAt { get; init; }
    /// <summary>Null while the decision is pending.</summary>
    public required DateTimeOffset? PublishedAt { get; init; }
    /// <summary>Who decided and, where the call wants two, who agreed; null while nobody.</summary>
    public required int? DecidedById { get; init; }
    public required int? SecondedById { get; init; }
    public string DecidedBy => PersonName.Full(DeciderGiven, DeciderFamily);
    public string SecondedBy => PersonName.Full(SeconderGiven, SeconderFamily);
    /// <summary>Others who chair it but may not judge it, so that it falls to the reader.</summary>
    public IReadOnlyList<string> FallsFrom { get; internal set; } = [];
    /// <summary>All who chair it are kept from it: somebody has to be named who may decide.</summary>
    public bool NobodyDecides { get; internal set; }
    /// <summary>The reader judges it, rather than only seeing its standing.</summary>
    public bool MayDecide { get; internal set; }

    internal string? DeciderGiven { get; init; }
    internal string? DeciderFamily { get; init; }
    internal string? SeconderGiven { get; init; }
    internal string? SeconderFamily { get; init; }

    // Read when asked for: a page shows a few of thousands.
    internal string? Document { get; init; }
    internal string? Standing { get; init; }

    public StandingDocument Details => field ??= Document is null ? new StandingDocument() : Json.Read<StandingDocument>(Document);

    /// <summary>The standing that the decision was made from; null where there is none or it was not kept.</summary>
    public DecidedFrom? DecidedFrom => field ??= Standing is null ? null : Json.Read<DecidedFrom>(Standing);

    public bool Pending => Decision is not null && PublishedAt is null;

    /// <summary>Its reviews are no longer those that the decision was made from.</summary>
    public bool MovedSince => DecidedFrom is { } from && (from.Reviews != Reviews || (from.Mean is { } a && Mean is { } b && Math.Abs(a - b) > 1e-9));
}
