namespace AbstractReview.Domain.Conferences;

/// <summary>What may no longer change once authors have begun to rely on it.</summary>
public static class CallLocks
{
    /// <exception cref="RuleBrokenException">The new call changes what was locked when the call opened.</exception>
    public static void Check(Conference standing, Conference proposed, DateTimeOffset now)
    {
        if (now < standing.At(standing.Dates.CallOpens)) return;
        var errors = new List<FieldError>();
        if (proposed.Review.Blind != standing.Review.Blind)
            errors.Add(new("review.blind", $"review.blind is locked since the call opened; it stays {standing.Review.Blind}."));
        foreach (var gone in standing.Areas.Where(a => proposed.Area(a.Code) is null))
            errors.Add(new("areas", $"areas: {gone.Code} cannot be removed once the call is open."));
        if (errors.Count > 0) throw new RuleBrokenException(errors);
    }
}
