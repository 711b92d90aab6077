using AbstractReview.Domain.Conferences;

namespace AbstractReview.Domain.Reviews;

public enum ReviewState { Draft, Submitted }

public enum Recommendation { Oral, Poster, Panel, Reject }

public enum DeclineReason { Conflict, Expertise, Time }

/// <summary>What a reviewer fills in. Scores are keyed by criterion code.</summary>
public sealed record ReviewForm
{
    public IReadOnlyDictionary<string, int> Scores { get; init; } = new Dictionary<string, int>();
    /// <summary>1 up to the number of confidence levels of the call.</summary>
    public int? Confidence { get; init; }
    public Recommendation? Recommendation { get; init; }
    public string CommentsToAuthors { get; init; } = "";
    public string CommentsToCommittee { get; init; } = "";

    /// <summary>What is wrong in a draft: unknown criteria, scores out of range, text past 20,000 characters.</summary>
    public IReadOnlyList<FieldError> CheckDraft(ReviewRules rules)
    {
        var errors = new List<FieldError>();
        foreach (var (code, score) in Scores)
        {
            if (rules.Criteria.All(c => c.Code != code)) errors.Add(new($"scores.{code}", $"There is no criterion “{code}”."));
            else if (score < rules.ScoreMin || score > rules.ScoreMax) errors.Add(new($"scores.{code}", $"Give a score from {rules.ScoreMin} to {rules.ScoreMax}."));
        }

        if (Confidence is { } c0 && (c0 < 1 || c0 > rules.Confidence.Count)) errors.Add(new("confidence", $"Give a confidence from 1 to {rules.Confidence.Count}."));
        if (CommentsToAuthors.Length > 20_000) errors.Add(new("commentsToAuthors", "At most 20,000 characters are taken here."));
        if (CommentsToCommittee.Length > 20_000) errors.Add(new("commentsToCommittee", "At most 20,000 characters are taken here."));
        return errors;
    }

    /// <summary>What is missing before the review can be handed in, on top of <see cref="CheckDraft"/>.</summary>
    public IReadOnlyList<FieldError> CheckComplete(ReviewRules rules)
    {
        var errors = new List<FieldError>(CheckDraft(rules));
        foreach (var criterion in rules.Criteria.Where(c => !Scores.ContainsKey(c.Code)))
            errors.Add(new($"scores.{criterion.Code}", $"Please score “{criterion.Title}”."));
        if (Confidence is null) errors.Add(new("confidence", "Please say how confident you are."));
        if (Recommendation is null) errors.Add(new("recommendation", "Please recommend oral, poster, panel or reject."));
        return errors;
    }

    /// <summary>The weighted mean of the scores, in the call's scale.</summary>
    public double Overall(ReviewRules rules)
        => rules.Criteria.Sum(c => c.Weight * Scores[c.Code]) / rules.Criteria.Sum(c => c.Weight);
}
