using AbstractReview.App.Reviews;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Decisions;

public enum ScoreKind { Calibrated, Mean }

/// <summary>
/// Decides by score: in each area the best go first, as long as their score reaches <see cref="Threshold"/> and there is room within
/// <see cref="Capacity"/>; those who do not fit become <see cref="Then"/>, as long as there is room for that in the call, and the rest
/// becomes <see cref="Otherwise"/>. What was decided before stands and takes its room, unless the filter asks for a decision to be changed.
/// </summary>
public sealed record DecisionRule
{
    /// <summary>One area; null for every area of the person.</summary>
    public string? Area { get; init; }
    public ScoreKind By { get; init; }
    public DecisionKind Accept { get; init; } = DecisionKind.Oral;
    /// <summary>Lowest score to be accepted, in the call's scale; null for any.</summary>
    public double? Threshold { get; init; }
    /// <summary>Places in each area, 0 and up; null takes the call's for <see cref="Accept"/>.</summary>
    public int? Capacity { get; init; }
    /// <summary>What becomes of those who do not fit, within the call's places for it; null for nothing.</summary>
    public DecisionKind? Then { get; init; }
    /// <summary>Lowest score for <see cref="Then"/>; null for any.</summary>
    public double? ThenThreshold { get; init; }
    /// <summary>What becomes of the rest; null leaves them undecided.</summary>
    public DecisionKind? Otherwise { get; init; }
    public string Reason { get; init; } = "";
    /// <summary>Reviews that must be in before the rule touches a submission.</summary>
    public int MinReviews { get; init; } = 1;
    /// <summary>Leaves those undecided whose interval holds the line between accepted and not: the scores cannot tell.</summary>
    public bool LeaveNear { get; init; }
    /// <summary>Leaves those undecided whose reviews disagree.</summary>
    public bool LeaveDisagreement { get; init; }
    /// <summary>Which submissions the rule is about; order and page are not asked.</summary>
    public StandingFilter Filter { get; init; } = new();

    /// <exception cref="RuleBrokenException">There is no such area, or a number is out of range.</exception>
    internal IReadOnlyList<DecisionChange> Changes(IReadOnlyCollection<StandingView> judged, Conference call)
    {
        Check(call);
        return judged.Where(s => string.IsNullOrEmpty(Area) || s.AreaCode == Area).GroupBy(s => s.AreaCode).OrderBy(g => g.Key, StringComparer.Ordinal)
            .SelectMany(g => InArea([.. g], call.Area(g.Key))).ToList();
    }

    private void Check(Conference call)
    {
        var errors = new List<FieldError>();
        if (!string.IsNullOrEmpty(Area) && call.Area(Area) is null) errors.Add(new("rule.area", $"There is no area “{Area}”."));
        if (Capacity < 0) errors.Add(new("rule.capacity", "Give 0 or more places."));
        if (MinReviews < 0) errors.Add(new("rule.minReviews", "Give 0 or more reviews."));
        if (Threshold is { } t && !double.IsFinite(t)) errors.Add(new("rule.threshold", "Give a score of the call's scale."));
        if (ThenThreshold is { } u && !double.IsFinite(u)) errors.Add(new("rule.thenThreshold", "Give a score of the call's scale."));
        if (Then == Accept) errors.Add(new("rule.then", "Choose another kind for those who do not fit."));
        if (Reason.Length > DecisionRows.ReasonLength) errors.Add(new("rule.reason", DecisionRows.TooLong));
        if (errors.Count > 0) throw new RuleBrokenException(errors);
    }

    private IEnumerable<DecisionChange> InArea(IReadOnlyList<StandingView> standings, Area? area)
    {
        var line = area is null ? null : AreaLine.Of(area, standings);
        var touched = standings.Where(s => Touches(s, line)).OrderByDescending(Score).ThenBy(s => s.Number).ToList();
        var moved = touched.Select(s => s.Number).ToHashSet();
        var firsts = Room(Capacity ?? area?.Places(Accept), Accept, standings, moved);
        var seconds = Then is { } then ? Room(area?.Places(then), then, standings, moved) : 0;
        var boundary = Boundary(touched, firsts);
        foreach (var s in touched)
        {
            var makesIt = firsts > 0 && !(Score(s) < Threshold);
            var makesThen = !makesIt && seconds > 0 && !(Score(s) < ThenThreshold);
            if (makesIt) firsts--;
            else if (makesThen) seconds--;
            if ((LeaveNear && s.Low <= boundary && boundary <= s.High) || (LeaveDisagreement && s.Details.Disagreement)) continue;
            if ((makesIt ? Accept : makesThen ? Then : Otherwise) is { } kind && s.Change(kind, Reason.Trim()) is { } change) yield return change;
        }
    }

    private bool Touches(StandingView s, AreaLine? line)
        => (s.Decision is null || Filter.Decision is not null) && s.CanBeDecided() && s.Reviews >= Math.Max(1, MinReviews) && Filter.Fits(s, line);

    private static int Room(int? places, DecisionKind kind, IReadOnlyList<StandingView> standings, HashSet<int> moved)
        => places is { } all ? all - standings.Count(s => s.Decision == kind && AreaRoom.Takes(s) && !moved.Contains(s.Number)) : int.MaxValue;

    /// <summary>The score between the last one accepted and the first one not; the threshold where that decides.</summary>
    private double? Boundary(List<StandingView> touched, int room)
    {
        var fit = room <= 0 ? 0 : touched.TakeWhile((s, i) => i < room && !(Score(s) < Threshold)).Count();
        if (fit == touched.Count || fit == 0) return Threshold;
        return Threshold is { } t && t > Score(touched[fit]) ? t : (Score(touched[fit - 1]) + Score(touched[fit])) / 2;
    }

    private double Score(StandingView s) => (By == ScoreKind.Mean ? s.Mean : s.Calibrated) ?? double.NegativeInfinity;
}

internal static class StandingDecisions
{
    public static bool CanBeDecided(this StandingView standing) => standing.State.May(Verb.Decide);

    /// <summary>The change to this decision, null taking a pending one back; null when it already stands.</summary>
    public static DecisionChange? Change(this StandingView s, DecisionKind? kind, string reason)
        => s.Decision == kind && (kind is null || s.DecisionReason == reason) ? null
            : new DecisionChange(s.Number, s.Title, s.AreaCode, s.Calibrated, s.Decision, s.Decision is not null && s.PublishedAt is not null, kind, reason)
            {
                Version = s.Version, BeforeReason = s.DecisionReason ?? "", TookRoom = AreaRoom.Takes(s),
            };
}
