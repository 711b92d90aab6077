using AbstractReview.App.Reviews;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Decisions;

public enum ScoreKind { Calibrated, Mean }

/// <summary>
/// Decides by score: in each area the best go first, as long as their score reaches <see cref="Threshold"/> and there is room within
/// <see cref="Capacity"/>; the rest becomes <see cref="Otherwise"/>. What was decided before stands and takes its room.
/// </summary>
public sealed record DecisionRule
{
    /// <summary>One area; null for every area of the person.</summary>
    public string? Area { get; init; }
    public ScoreKind By { get; init; }
    public DecisionKind Accept { get; init; } = DecisionKind.Oral;
    /// <summary>Lowest score to be accepted, in the call's scale; null for any.</summary>
    public double? Threshold { get; init; }
    /// <summary>Places in each area, 0 and up; null takes each area's oral slots when <see cref="Accept"/> is oral, and no limit otherwise.</summary>
    public int? Capacity { get; init; }
    /// <summary>What becomes of those who do not make it; null leaves them undecided.</summary>
    public DecisionKind? Otherwise { get; init; }
    public string Reason { get; init; } = "";
    /// <summary>Reviews that must be in before the rule touches a submission.</summary>
    public int MinReviews { get; init; } = 1;

    /// <exception cref="RuleBrokenException">There is no such area, or a number is out of range.</exception>
    public IReadOnlyList<DecisionChange> Changes(IEnumerable<StandingView> judged, Conference call)
    {
        if (Area is not null && call.Area(Area) is null) throw new RuleBrokenException("rule.area", $"There is no area “{Area}”.");
        if (Capacity < 0) throw new RuleBrokenException("rule.capacity", "Give 0 or more places.");
        if (Reason.Length > 4000) throw new RuleBrokenException("rule.reason", "At most 4,000 characters are taken here.");
        return judged.Where(s => Area is null || s.AreaCode == Area).GroupBy(s => s.AreaCode).OrderBy(g => g.Key, StringComparer.Ordinal)
            .SelectMany(g => InArea([.. g], RoomIn(call.Area(g.Key)))).ToList();
    }

    private int RoomIn(Area? area)
        => Capacity ?? (Accept == DecisionKind.Oral && area is { OralCapacity: > 0 } ? area.OralCapacity : int.MaxValue);

    private IEnumerable<DecisionChange> InArea(IReadOnlyList<StandingView> standings, int room)
    {
        var left = room - standings.Count(s => s.Decision == Accept && s.State != SubmissionState.Withdrawn);
        foreach (var s in standings.Where(s => s.Decision is null && s.CanBeDecided() && s.Reviews >= Math.Max(1, MinReviews)).OrderByDescending(Score).ThenBy(s => s.Number))
        {
            var makesIt = left > 0 && (Threshold is null || Score(s) >= Threshold);
            if (makesIt) left--;
            if ((makesIt ? Accept : Otherwise) is { } kind && s.Change(kind, Reason.Trim()) is { } change) yield return change;
        }
    }

    private double Score(StandingView s) => (By == ScoreKind.Mean ? s.Mean : s.Calibrated) ?? double.NegativeInfinity;
}

internal static class StandingDecisions
{
    public static bool CanBeDecided(this StandingView standing) => standing.State.May(Verb.Decide);

    /// <summary>The change to this decision; null when it already stands.</summary>
    public static DecisionChange? Change(this StandingView s, DecisionKind kind, string reason)
        => s.Decision == kind && s.DecisionReason == reason ? null
            : new DecisionChange(s.Number, s.Title, s.AreaCode, s.Calibrated, s.Decision, s.Decision is not null && s.PublishedAt is not null, kind, reason);
}
