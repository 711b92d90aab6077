namespace AbstractReview.Matching;

/// <summary>
/// The parts of one pair's affinity, each in [0,1], before weighting. A part that does not apply (no bid, no topics) is null and
/// its weight is shared out among the parts that do.
/// </summary>
public readonly record struct AffinityParts(float Text, float? Topics, float? Bid);

/// <summary>How much each part counts, as the call says. Weights are relative: (2, 1, 1) and (0.5, 0.25, 0.25) are the same.</summary>
public sealed record BlendWeights(double Text, double Topics, double Bid);

/// <summary>A blended affinity and what it is made of: the three shares add up to <see cref="Value"/>.</summary>
public readonly record struct BlendedAffinity(float Value, float FromText, float FromTopics, float FromBid);

/// <summary>Blends text, area and topic overlap, and bids into one affinity in [0,1], and keeps the parts to be shown.</summary>
public sealed class Blend
{
    private readonly BlendWeights _weights;

    /// <exception cref="ArgumentException">A weight is negative or not finite, or all are 0.</exception>
    public Blend(BlendWeights weights)
    {
        if (!(weights.Text >= 0 && weights.Topics >= 0 && weights.Bid >= 0) || !double.IsFinite(weights.Text + weights.Topics + weights.Bid))
            throw new ArgumentException("A weight must be a finite number, 0 or more.", nameof(weights));
        if (weights.Text + weights.Topics + weights.Bid <= 0)
            throw new ArgumentException("At least one weight must be above 0.", nameof(weights));
        _weights = weights;
    }

    /// <summary>The weighted mean of the parts that apply.</summary>
    public BlendedAffinity Of(AffinityParts parts)
    {
        var topics = parts.Topics is null ? 0 : _weights.Topics;
        var bid = parts.Bid is null ? 0 : _weights.Bid;
        var whole = _weights.Text + topics + bid;
        if (whole <= 0) return default;
        var fromText = (float)(_weights.Text / whole * Within(parts.Text));
        var fromTopics = (float)(topics / whole * Within(parts.Topics ?? 0));
        var fromBid = (float)(bid / whole * Within(parts.Bid ?? 0));
        return new BlendedAffinity(Math.Min(1, fromText + fromTopics + fromBid), fromText, fromTopics, fromBid);
    }

    /// <summary>
    /// Overlap of a submission's area and topics with a reviewer's, in [0,1]: half for the area, half for the share of the
    /// submission's topics that the reviewer knows. Without topics the area counts whole.
    /// </summary>
    public static float TopicOverlap(
        string submissionArea, IReadOnlyCollection<string> submissionTopics,
        IReadOnlySet<string> reviewerAreas, IReadOnlySet<string> reviewerTopics)
    {
        var area = reviewerAreas.Contains(submissionArea) ? 1f : 0f;
        return submissionTopics.Count == 0
            ? area
            : (area + submissionTopics.Count(reviewerTopics.Contains) / (float)submissionTopics.Count) / 2;
    }

    /// <summary>A bid on the scale −2 (not mine) … +2 (eager) as a part in [0,1]; 0 (no opinion) is one half.</summary>
    public static float BidPart(int bid) => (Math.Clamp(bid, -2, 2) + 2) / 4f;

    private static float Within(float part) => Math.Clamp(part, 0, 1);
}
